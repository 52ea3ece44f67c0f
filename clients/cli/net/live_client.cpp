#include "clients/cli/net/live_client.hpp"

#include "clients/cli/json.hpp"
#include "clients/cli/net/link.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>

#include <fmt/format.h>

#include <deque>

namespace cli {

using namespace net;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;

namespace {

constexpr std::size_t largest_message = std::size_t{64} << 20;  // a snapshot of a whole board
constexpr std::size_t most_waiting = 4096;                      // lines

/// What a close code means (server/wire/README.md).
text why_closed(unsigned code) {
    switch (code) {
        case 1009: return {"消息太大", "a message was too large"};
        case 1011: return {"所要的内容无法读取", "what was asked for can't be read"};
        case 1012: return {"服务器正在重启", "the server is restarting"};
        case 4001: return {"登录已失效", "the login has ended"};
        case 4008: return {"接收太慢", "it was read too slowly"};
        default: return {"服务器关闭了连接", "the server closed the connection"};
    }
}

}  // namespace

struct live_client::impl {
    asio::io_context io{1};
    websocket::stream<link> stream;
    beast::flat_buffer buffer;
    std::deque<std::string> waiting;
    bool reading = false;
    std::optional<live_closed> gone;

    impl(const address& server, const trust& whom) : stream(io, server, whom) {}

    void upgrade(const address& server, const std::string& token, const std::string& language) {
        websocket::response_type reply;
        stream.next_layer().expires_never();
        auto limits = websocket::stream_base::timeout::suggested(beast::role_type::client);
        limits.handshake_timeout = connect_limit;
        // Pings notice a dead network, and keep a quiet socket from being closed as idle.
        limits.idle_timeout = std::chrono::seconds(45);
        limits.keep_alive_pings = true;
        stream.set_option(limits);
        stream.set_option(websocket::stream_base::decorator([&](websocket::request_type& request) {
            request.set(http::field::user_agent, "opsroom-cli");
            request.set(http::field::sec_websocket_protocol, "opsroom.v1.json");
            request.set(http::field::accept_language, language);
            if (!token.empty()) request.set(http::field::authorization, "Bearer " + token);
        }));
        stream.read_message_max(largest_message);
        stream.auto_fragment(false);
        stream.text(true);
        const auto error =
            wait(io, [&](auto handler) { stream.async_handshake(reply, server.authority(), "/api/v1/live", handler); });
        if (!error) return;
        if (error == websocket::error::upgrade_declined) {
            const auto problem = parse_json(reply.body());
            if (problem.is_object() && problem.contains("code")) throw failure::from_problem(problem);
            const auto status = reply.result_int();
            throw failure(exit_code_of(status), fmt::format("服务器拒绝了实时连接（HTTP {}）", status),
                          fmt::format("the server declines the live connection (HTTP {})", status));
        }
        throw unreachable(server, error);
    }

    void lost(const error_code& error) {
        if (gone) return;
        if (error == websocket::error::closed) {
            const unsigned code = stream.reason().code;
            gone.emplace(code, std::string(why_closed(code).zh), std::string(why_closed(code).en));
        } else {
            gone.emplace(0U, in_words(error, language::zh), in_words(error, language::en));
        }
    }

    void take(std::string_view message) {
        while (!message.empty()) {
            const auto end = message.find('\n');
            const auto line = message.substr(0, end);
            if (!line.empty()) waiting.emplace_back(line);
            message.remove_prefix(end == std::string_view::npos ? message.size() : end + 1);
        }
    }

    void read_on() {
        if (reading || gone || waiting.size() >= most_waiting) return;
        reading = true;
        stream.async_read(buffer, [this](error_code error, std::size_t) {
            reading = false;
            if (error) return lost(error);
            const auto bytes = buffer.cdata();
            take({static_cast<const char*>(bytes.data()), bytes.size()});
            buffer.clear();
            read_on();
        });
    }
};

live_client::live_client(const address& server, const trust& whom, const std::string& token, const std::string& language)
    : impl_(std::make_unique<impl>(server, whom)) {
    auto& me = *impl_;
    me.upgrade(server, token, language);
    me.read_on();
}

live_client::~live_client() {
    auto& me = *impl_;
    if (!me.gone) {
        // A polite goodbye, for which nobody waits long.
        me.stream.async_close(websocket::close_code::normal, [](error_code) {});
        me.io.restart();
        me.io.run_for(std::chrono::milliseconds(200));
    }
    me.stream.next_layer().close();
    // Handlers that are still out hold references into this object.
    me.io.restart();
    me.io.run_for(std::chrono::milliseconds(200));
}

void live_client::send(std::string_view message) {
    auto& me = *impl_;
    if (me.gone) throw *me.gone;
    const auto error =
        wait(me.io, [&](auto handler) { me.stream.async_write(asio::buffer(message.data(), message.size()), handler); });
    if (error) me.lost(error);
    if (error) throw *me.gone;
}

std::optional<std::string> live_client::receive(std::chrono::milliseconds at_most) {
    auto& me = *impl_;
    const auto until = std::chrono::steady_clock::now() + at_most;
    while (me.waiting.empty()) {
        if (me.gone) throw *me.gone;
        me.read_on();
        me.io.restart();
        const auto left = until - std::chrono::steady_clock::now();
        if (left <= left.zero() || me.io.run_one_for(left) == 0) break;
    }
    if (me.waiting.empty()) {
        if (me.gone) throw *me.gone;
        return std::nullopt;
    }
    auto out = std::move(me.waiting.front());
    me.waiting.pop_front();
    return out;
}

}  // namespace cli
