#pragma once
// The socket: JSON objects both ways. Blocking; one thread. What has come in meanwhile waits here, up to a bound past
// which no more is read from the network.

#include "clients/cli/address.hpp"
#include "clients/cli/language.hpp"
#include "clients/cli/net/tls.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace cli {

/// The socket is gone. `code` is the close code, 0 where there was none.
class live_closed : public std::runtime_error {
public:
    live_closed(unsigned code, std::string zh, const std::string& en) : std::runtime_error(en), code(code), zh_(std::move(zh)) {}
    unsigned code;
    std::string in(language l) const { return l == language::zh ? zh_ : what(); }

private:
    std::string zh_;
};

class live_client {
public:
    /// Connects and upgrades. Throws `failure`: unavailable, or what the server's refusal says.
    live_client(const address& server, const trust& whom, const std::string& token, const std::string& language);
    ~live_client();

    /// Sends one message. Throws `live_closed`.
    void send(std::string_view message);

    /// The next object (one line), waiting for it at most so long. Throws `live_closed`.
    std::optional<std::string> receive(std::chrono::milliseconds at_most);

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace cli
