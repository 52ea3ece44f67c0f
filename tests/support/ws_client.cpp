#include "tests/support/ws_client.hpp"

#include "events/bytes/base64.hpp"

#include <openssl/evp.h>

namespace support {

handshake_refused::handshake_refused(http_response said)
    : std::runtime_error("the server refused the WebSocket: " + std::to_string(said.status) + ' ' + said.body), answer(std::move(said)) {}

std::string accept_for(std::string_view key) {
    const auto keyed = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    char digest[20];
    EVP_Digest(keyed.data(), keyed.size(), reinterpret_cast<unsigned char*>(digest), nullptr, EVP_sha1(), nullptr);
    return events::bytes::to_base64({digest, sizeof digest});
}

ws_client ws_client::connect(std::uint16_t port, const handshake& how) {
    auto connection = tcp::connect(port);
    auto request = how.method + ' ' + how.target + ' ' + how.version + "\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\n";
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) request += std::string(name) + ": " + value + "\r\n";
    };
    add("Upgrade", how.upgrade);
    add("Connection", how.connection);
    add("Sec-WebSocket-Key", how.key);
    add("Sec-WebSocket-Version", how.socket_version);
    add("Sec-WebSocket-Protocol", how.protocol);
    for (const auto& header : how.headers) request += header + "\r\n";
    connection.write(request + "\r\n");

    std::string rest;
    auto answer = read_head(connection, rest);
    if (answer.status != 101) {
        const auto length = answer.headers.find("content-length");
        const auto size = length == answer.headers.end() ? 0 : std::stoul(length->second);
        while (rest.size() < size && connection.read(rest, std::chrono::seconds(5)) == tcp::got::bytes) {}
        answer.body = rest;
        throw handshake_refused(std::move(answer));
    }
    ws_client made(std::move(connection), std::move(answer));
    made.frames_.buffer() = std::move(rest);
    return made;
}

ws_client ws_client::connect(std::uint16_t port, std::string_view token) {
    handshake how;
    how.headers.push_back("Authorization: Bearer " + std::string(token));
    return connect(port, how);
}

void ws_client::send(std::string_view text) {
    std::string bytes;
    append_text(bytes, text);
    connection_.write(bytes);
}

void ws_client::send(const ws_frame& frame) {
    std::string bytes;
    append_frame(bytes, frame);
    connection_.write(bytes);
}

std::optional<ws_frame> ws_client::receive_frame(std::chrono::milliseconds at_most) {
    const auto until = std::chrono::steady_clock::now() + at_most;
    for (;;) {
        if (auto frame = frames_.next()) return frame;
        if (ended_) return std::nullopt;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        const auto got = connection_.read(frames_.buffer(), std::max(left, std::chrono::milliseconds(0)));
        if (got == tcp::got::end) ended_ = true;
        if (got == tcp::got::nothing && left.count() <= 0) return std::nullopt;
    }
}

std::optional<ws_message> ws_client::receive(std::chrono::milliseconds at_most) {
    const auto until = std::chrono::steady_clock::now() + at_most;
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        auto frame = receive_frame(std::max(left, std::chrono::milliseconds(0)));
        if (!frame && ended_) return ws_message{true, 1006, {}};
        if (!frame) return std::nullopt;
        switch (frame->code) {
            case opcode::ping: send(ws_frame{opcode::pong, std::move(frame->payload)}); break;
            case opcode::pong: break;
            case opcode::close: return ws_message{true, close_code(frame->payload), frame->payload.size() > 2 ? frame->payload.substr(2) : ""};
            default:
                message_ += frame->payload;
                if (frame->fin) return ws_message{false, 0, std::exchange(message_, {})};
        }
    }
}

void ws_client::close(std::uint16_t code) {
    send(ws_frame{opcode::close, close_payload(code)});
    for (int i = 0; i < 1000; ++i) {
        const auto m = receive(std::chrono::seconds(5));
        if (!m || m->closed) break;
    }
    connection_.close();
}

}  // namespace support
