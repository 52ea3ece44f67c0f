#pragma once
// A snapshot now and then while the engine runs, so that a start after a crash costs the end of the log and not all of it.
//
// Each is made from the one before and the log, by a thread of its own in a state of its own, which is gone afterwards:
// nothing that commands or readers wait for is touched. That costs as much memory again for as long as it takes.

#include "events/keys/keyring.hpp"
#include "events/log/log.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

namespace server::engine {

struct snapshot_options {
    std::uint64_t every_events = 0;            ///< 0: none while running
    std::chrono::milliseconds pause{300'000};  ///< from one to the next, at least
    std::chrono::milliseconds look_every{1'000};
};

/// What became of one.
struct snapshot_report {
    events::position at;
    std::size_t bytes = 0;
    std::chrono::milliseconds took{};
    std::string failed;  ///< why it was not kept; nothing is lost by that
};

class snapshots {
public:
    snapshots(events::log& log, events::keyring& keys, std::chrono::minutes utc_offset, snapshot_options how,
              std::function<void(const snapshot_report&)> tell)
        : log_(log), keys_(keys), utc_offset_(utc_offset), how_(how), tell_(std::move(tell)) {}

    /// The last one that there is stands at `last`.
    void start(events::position last);

    /// Gives up one that is being made. None is kept once this returns.
    void stop() { thread_ = {}; }

private:
    void run(const std::stop_token& stop, events::position last);
    snapshot_report make(const std::stop_token& stop, events::position at);

    events::log& log_;
    events::keyring& keys_;
    std::chrono::minutes utc_offset_;
    snapshot_options how_;
    std::function<void(const snapshot_report&)> tell_;  // on the thread below
    std::jthread thread_;
};

}  // namespace server::engine
