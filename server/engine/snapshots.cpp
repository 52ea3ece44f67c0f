#include "server/engine/snapshots.hpp"

#include "events/ending/threads.hpp"
#include "server/engine/loader.hpp"

#include <sys/resource.h>

#include <condition_variable>
#include <mutex>

namespace server::engine {
namespace {

constexpr int niceness = 10;

}  // namespace

void snapshots::start(events::position last) {
    if (how_.every_events > 0) thread_ = events::start_thread("keeping snapshots", [this, last](const std::stop_token& stop) { run(stop, last); });
}

void snapshots::run(const std::stop_token& stop, events::position last) {
    // Of this thread alone: it takes what others leave of the cores.
    ::setpriority(PRIO_PROCESS, 0, niceness);
    using clock = std::chrono::steady_clock;
    auto not_before = clock::now();
    std::mutex mutex;
    std::condition_variable_any stopped;
    while (!stop.stop_requested()) {
        // The log is looked at rather than waited on: a waiter would be woken by every append.
        const auto head = log_.head();
        if (head.value - last.value >= how_.every_events && clock::now() >= not_before) {
            const auto report = make(stop, head);
            if (stop.stop_requested()) return;
            if (report.failed.empty()) last = report.at;
            not_before = clock::now() + how_.pause;
            if (tell_) tell_(report);
        }
        std::unique_lock hold(mutex);
        stopped.wait_for(hold, stop, how_.look_every, [] { return false; });
    }
}

snapshot_report snapshots::make(const std::stop_token& stop, events::position at) {
    const auto began = std::chrono::steady_clock::now();
    snapshot_report report;
    report.at = at;
    try {
        decider state(log_, keys_, utc_offset_);
        shared_views views;
        loader all(log_, keys_, state, views);
        if (all.load_up_to(at, stop)) report.bytes = all.keep_snapshot();
    } catch (const std::exception& why) {
        report.failed = why.what();
    }
    report.took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
    return report;
}

}  // namespace server::engine
