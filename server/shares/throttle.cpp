#include "server/shares/throttle.hpp"

#include <algorithm>
#include <condition_variable>
#include <ctime>
#include <mutex>
#include <thread>

namespace server::shares {
namespace {

using std::chrono::nanoseconds;
using namespace std::chrono_literals;

constexpr int of_a_core = 10;               // a tenth
constexpr nanoseconds piece_least = 2ms;    // it is not looked more often
constexpr nanoseconds rest_most = 1s;

nanoseconds cpu_time(clockid_t of) {
    timespec t{};
    ::clock_gettime(of, &t);
    return std::chrono::seconds(t.tv_sec) + nanoseconds(t.tv_nsec);
}

}  // namespace

nanoseconds rest_after(const spent& s, unsigned cores) {
    const bool are_busy = 2 * (s.all - s.own) > s.wall * cores;
    if (s.wall <= 0ns || !are_busy) return 0ns;
    return std::clamp<nanoseconds>(s.own * of_a_core - s.wall, 0ns, rest_most);
}

throttle::throttle() : cores_(std::max(1u, std::thread::hardware_concurrency())) {}

void throttle::rest(const std::stop_token& stop) {
    const auto own = cpu_time(CLOCK_THREAD_CPUTIME_ID);
    if (own_ >= 0ns && own - own_ < piece_least) return;
    const auto all = cpu_time(CLOCK_PROCESS_CPUTIME_ID);
    if (own_ >= 0ns) {
        const auto pause = rest_after({own - own_, all - all_, clock::now() - since_}, cores_);
        if (pause > 0ns) {
            std::mutex mutex;
            std::condition_variable_any stopped;
            std::unique_lock hold(mutex);
            stopped.wait_for(hold, stop, pause, [] { return false; });
        }
    }
    // What it did nothing in counts as well: who begins anew is not owed a rest for it.
    own_ = own;
    all_ = cpu_time(CLOCK_PROCESS_CPUTIME_ID);
    since_ = clock::now();
}

}  // namespace server::shares
