// A wall clock that is wrong by as many seconds as a file says (OPSROOM_OTHER_CLOCK), for a process that it is loaded into
// (LD_PRELOAD). The time since boot is as ever.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int clock_gettime(clockid_t which, struct timespec* at) {
    static int (*real)(clockid_t, struct timespec*);
    static _Thread_local int reading;
    if (!real) real = (int (*)(clockid_t, struct timespec*))dlsym(RTLD_NEXT, "clock_gettime");
    const int failed = real(which, at);
    if (failed || which != CLOCK_REALTIME || reading) return failed;
    reading = 1;
    const char* file = getenv("OPSROOM_OTHER_CLOCK");
    FILE* from = file ? fopen(file, "r") : NULL;
    long seconds = 0;
    if (from) {
        if (fscanf(from, "%ld", &seconds) == 1) at->tv_sec += seconds;
        fclose(from);
    }
    reading = 0;
    return 0;
}
