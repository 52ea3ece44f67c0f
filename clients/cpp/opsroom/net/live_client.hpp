#pragma once
// The socket: JSON objects both ways. Blocking; one thread, but for `wake`. What has come in meanwhile waits here, up to a
// bound past which no more is read from the network.

#include "opsroom/address.hpp"
#include "opsroom/json.hpp"
#include "opsroom/net/http_client.hpp"
#include "opsroom/words.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace opsroom {

/// The socket is gone. `code` is the close code, 0 where there was none.
class live_closed : public std::runtime_error {
public:
    static constexpr unsigned session_ended = 4001;

    live_closed(unsigned code, std::string zh, const std::string& en) : std::runtime_error(en), code(code), zh_(std::move(zh)) {}
    unsigned code;
    std::string in(language l) const { return l == language::zh ? zh_ : what(); }

private:
    std::string zh_;
};

class live_client {
public:
    /// Connects, upgrades and is greeted. Throws `problem` (unreachable, or what the server's refusal says) and `live_closed`.
    live_client(const address& server, const trust& whom, const asker& by);
    ~live_client();

    /// How it was greeted: {"position","history","max_message_bytes",…}.
    const json& hello() const;

    /// Sends one message. Throws `live_closed`.
    void send(std::string_view message);

    /// The next object (one line), waiting for it at most so long, or until it is woken. Throws `live_closed`.
    std::optional<std::string> receive(std::chrono::milliseconds at_most);

    /// From any thread: `receive` returns, the one under way or else the next.
    void wake();

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace opsroom
