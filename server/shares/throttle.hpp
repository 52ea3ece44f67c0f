#pragma once
// Work that nobody waits for (the index of the search, snapshots of the past) rests while the process is busy with what people
// wait for. A low priority alone does not do that: on a machine with few cores it still takes a third of them, and what holds a
// lock that others need is put off in the middle of it. So it rests by itself, between pieces, where it holds nothing.
//
// One for each thread, and used by that thread alone.

#include <chrono>
#include <stop_token>

namespace server::shares {

/// What was spent since the last look.
struct spent {
    std::chrono::nanoseconds own;   ///< CPU time of the thread
    std::chrono::nanoseconds all;   ///< of the process
    std::chrono::nanoseconds wall;
};

/// How long the thread rests, so that it took no more than a tenth of one core; not at all where the others take less than half of
/// the cores that there are. At most a second.
std::chrono::nanoseconds rest_after(const spent& s, unsigned cores);

class throttle {
public:
    throttle();
    /// To be called on the thread between two pieces of work, as often as it likes. Rests, or returns at once; ends early with `stop`.
    void rest(const std::stop_token& stop);

private:
    using clock = std::chrono::steady_clock;
    unsigned cores_;
    clock::time_point since_ = clock::now();
    std::chrono::nanoseconds own_{-1}, all_{};  // at `since_`; before the first look: none
};

}  // namespace server::shares
