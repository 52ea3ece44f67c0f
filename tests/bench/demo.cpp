// How long the demo year takes, from the command to the folder that can be served: the real program, as anybody runs it.

#include "events/rocksdb/rocksdb_log.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/figure.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

extern char** environ;

namespace {

constexpr double goal_seconds = 60;

/// Its output goes to standard error.
void run(const std::filesystem::path& program, std::vector<std::string> arguments) {
    std::vector<char*> argv;
    for (auto& a : arguments) argv.push_back(a.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
    pid_t child = 0;
    const int failed = ::posix_spawn(&child, program.c_str(), &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed) throw std::runtime_error("cannot start " + program.string());
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw std::runtime_error("the demo was not played");
}

}  // namespace

void bench::demo(const std::filesystem::path& in) {
    const auto folder = in / "demo";
    std::filesystem::remove_all(folder);
    const auto program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "opsroomd";
    const auto start = clock_type::now();
    run(program, {program.string(), "demo", "--data", folder.string(), "--seed", "1", "--until", "2026-02-06"});
    const auto seconds = seconds_since(start);
    rusage used{};
    ::getrusage(RUSAGE_CHILDREN, &used);
    std::uint64_t events = 0;
    {
        auto log = events::rocksdb_log::open(folder);
        if (!log) throw std::runtime_error(log.error().message(events::language::en));
        events = (*log)->head().value;
    }
    const auto cpu = static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    figure("demo").value(seconds, "s").at_most(seconds, goal_seconds).with("events", static_cast<double>(events)).with("cpu_s", cpu);
    std::filesystem::remove_all(folder);
}
