#pragma once
// One feed, followed for as long as it takes: a lost connection is made again and resumed where it stopped.

#include "clients/cli/context.hpp"
#include "opsroom/room.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

namespace cli {

class feed_reader {
public:
    /// With `after`, every event past that position and no snapshot, but for a log that was restored meanwhile: that begins anew.
    /// The first connection is made here and throws `failure` where it cannot be; later losses are told on stderr, from another thread.
    feed_reader(context& about, const std::string& feed, std::optional<std::uint64_t> after);

    /// The next frame of the feed (snapshot, events, subscribed, presence, typing), if one comes in time. Throws
    /// `failure` where the feed is over for good: refused, ended, or the login is.
    std::optional<json> next(std::chrono::milliseconds at_most);

private:
    void connection(const problem* lost);

    context& about_;
    std::mutex mutex_;  ///< of all up to room_
    std::condition_variable tried_;
    bool was_up_ = false;
    bool is_up_ = false;
    std::optional<problem> lost_;  ///< the first connection
    room room_;
    reader reader_;
};

/// Shows what `draw` makes; with `watch`, again after every change of the feed, until interrupted.
void show(context& about, bool watch, const std::string& feed, const std::function<std::string()>& draw);

}  // namespace cli
