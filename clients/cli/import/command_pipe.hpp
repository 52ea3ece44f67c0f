#pragma once
// Many commands over one socket, several of them under way at once. A lost connection is made again and what was not
// answered is sent again: the ids see to it that nothing is done twice.

#include "clients/cli/context.hpp"

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

namespace cli {

class command_pipe {
public:
    using on_ack = std::function<void(const json& ack)>;
    /// Whether the refusal is dealt with. One that is not ends the command line's command.
    using on_refused = std::function<bool(const failure&)>;

    /// At most this many are under way.
    static constexpr std::size_t window = 64;

    explicit command_pipe(context& about);

    /// Sends it; first waits for an answer where the window is full. Throws `failure` when a command is refused.
    void send(command c, on_ack then, on_refused otherwise = {});

    /// Until the next answer has been handled.
    void wait();

    /// Until all have been answered.
    void drain();

    bool idle() const { return under_way_.empty(); }

private:
    struct pending {
        cli::command command;
        on_ack then;
        on_refused otherwise;
        std::uint64_t order;
        int tries = 0;
    };

    void connect();
    void reconnect(const live_closed& why);
    void put(const pending& p);
    void by_http(const pending& p);
    void handle(const json& frame);

    context& about_;
    std::unique_ptr<live_client> socket_;
    std::size_t message_bytes_max_ = 64UL * 1024;
    std::unordered_map<std::string, pending> under_way_;  ///< by command id
    std::uint64_t order_ = 0;
};

}  // namespace cli
