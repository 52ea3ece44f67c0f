#pragma once
// A blocking WebSocket client (RFC 6455) over plain sockets: the polite calls for whoever has something to say
// to the server, and raw frames for whoever wants to see what it does with bad ones. One thread at a time.

#include "tests/support/http_client.hpp"
#include "tests/support/tcp.hpp"
#include "tests/support/ws_frames.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace support {

/// The server answered the handshake with something other than an upgrade.
struct handshake_refused : std::runtime_error {
    explicit handshake_refused(http_response answer);
    http_response answer;
};

/// A handshake, with everything about it changeable.
struct handshake {
    std::string method = "GET";
    std::string target = "/api/v1/live";
    std::string version = "HTTP/1.1";
    std::string upgrade = "websocket";  ///< empty: the header is left out; so below
    std::string connection = "Upgrade";
    std::string key = "dGhlIHNhbXBsZSBub25jZQ==";
    std::string socket_version = "13";
    std::string protocol = "opsroom.v1.json";
    std::vector<std::string> headers;   ///< further ones: "Authorization: Bearer …"
};

struct ws_message {
    bool closed = false;      ///< the server said goodbye, with `close_code`; nothing comes after it
    std::uint16_t code = 0;   ///< 1006 where it hung up without a close frame
    std::string text;         ///< or the close's reason
};

class ws_client {
public:
    /// Throws handshake_refused and connection_lost.
    static ws_client connect(std::uint16_t port, const handshake& how);
    /// With a personal access token.
    static ws_client connect(std::uint16_t port, std::string_view token);

    /// One text message.
    void send(std::string_view text);
    void send(const ws_frame& frame);
    void send_raw(std::string_view bytes) { connection_.write(bytes); }

    /// The next message, put together from its fragments; pings are answered on the way. Nothing when the time is
    /// over. Throws connection_lost where the peer reset.
    std::optional<ws_message> receive(std::chrono::milliseconds at_most);

    /// The next frame, whatever it is. Nothing when the time is over or the peer has closed.
    std::optional<ws_frame> receive_frame(std::chrono::milliseconds at_most);

    /// Says goodbye and waits for the server to do so too.
    void close(std::uint16_t code = 1000);

    const http_response& upgrade() const { return upgrade_; }
    tcp& connection() { return connection_; }

private:
    ws_client(tcp connection, http_response upgrade) : connection_(std::move(connection)), upgrade_(std::move(upgrade)) {}

    tcp connection_;
    http_response upgrade_;
    frame_reader frames_;
    std::string message_;  ///< fragments so far
    bool ended_ = false;
};

/// What Sec-WebSocket-Accept has to be for a key.
std::string accept_for(std::string_view key);

}  // namespace support
