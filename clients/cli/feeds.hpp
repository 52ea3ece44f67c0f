#pragma once
// One feed, followed for as long as it takes: a lost connection is made again and resumed where it stopped.

#include "clients/cli/context.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace cli {

class feed_reader {
public:
    /// With `after`, every event past that position and no snapshot, but for a log that was restored meanwhile: that begins anew. The first connection is made here and throws
    /// `failure` where it cannot be; later ones are tried again with growing pauses, told on stderr.
    feed_reader(context& about, std::string feed, std::optional<std::uint64_t> after);
    ~feed_reader();

    /// The next frame of the feed (snapshot, events, subscribed, presence, typing), if one comes in time. Throws
    /// `failure` where the feed is over for good: refused, ended, or the login is.
    std::optional<json> next(std::chrono::milliseconds at_most);

    /// Where the log stood when the connection was made.
    std::uint64_t position_at_hello() const { return hello_; }

private:
    void connect();
    void reconnect(const std::string& why);
    std::optional<json> judge(json frame);

    context& about_;
    std::string feed_;
    std::optional<std::uint64_t> after_;
    std::string history_;  ///< in which `after_` was told: the server's log may be another after a restore
    std::unique_ptr<live_client> socket_;
    std::uint64_t hello_ = 0;
};

/// Shows what `draw` makes; with `watch`, again after every change of the feed, until interrupted.
void show(context& about, bool watch, const std::string& feed, const std::function<std::string()>& draw);

}  // namespace cli
