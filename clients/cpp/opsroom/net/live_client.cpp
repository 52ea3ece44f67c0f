#include "opsroom/net/live_client.hpp"

#include "opsroom/net/link.hpp"

#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>

#include <deque>

namespace opsroom {

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
    bool open = false;  ///< the handshake is done
    bool reading = false;
    bool woken = false;
    json hello;
    std::optional<live_closed> gone;

    impl(const address& server, const trust& whom) : stream(io, server, whom) {}

    void upgrade(const address& server, const asker& by) {
        websocket::response_type reply;
        stream.next_layer().expires_never();
        auto limits = websocket::stream_base::timeout::suggested(beast::role_type::client);
        limits.handshake_timeout = connect_limit;
        // Pings notice a dead network, and keep a quiet socket from being closed as idle.
        limits.idle_timeout = std::chrono::seconds(45);
        limits.keep_alive_pings = true;
        stream.set_option(limits);
        stream.set_option(websocket::stream_base::decorator([&](websocket::request_type& request) {
            request.set(http::field::user_agent, by.agent);
            request.set(http::field::sec_websocket_protocol, "opsroom.v1.json");
            request.set(http::field::accept_language, by.language);
            if (!by.token.empty()) request.set(http::field::authorization, "Bearer " + by.token);
        }));
        stream.read_message_max(largest_message);
        stream.auto_fragment(false);
        stream.text(true);
        const auto error =
            wait(io, [&](auto handler) { stream.async_handshake(reply, server.authority(), "/api/v1/live", handler); });
        open = !error;
        if (open) return;
        if (error == websocket::error::upgrade_declined) {
            const auto said = parse_json(reply.body());
            if (said.is_object() && said.contains("code")) throw problem(said);
            const auto status = reply.result_int();
            throw problem("odd_answer", "服务器拒绝了实时连接（HTTP " + std::to_string(status) + "）",
                          "the server declines the live connection (HTTP " + std::to_string(status) + ")", status);
        }
        throw unreachable(server, error);
    }

    ~impl() {
        if (open && !gone) {
            // A polite goodbye, for which nobody waits long.
            stream.async_close(websocket::close_code::normal, [](error_code) {});
            io.restart();
            io.run_for(std::chrono::milliseconds(200));
        }
        stream.next_layer().close();
        // Handlers that are still out hold references into this object.
        io.restart();
        io.run_for(std::chrono::milliseconds(200));
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

live_client::live_client(const address& server, const trust& whom, const asker& by) : impl_(std::make_unique<impl>(server, whom)) {
    auto& me = *impl_;
    me.upgrade(server, by);
    me.read_on();
    const auto line = receive(connect_limit);
    if (line) me.hello = parse_json(*line);
    if (text_at(me.hello, "type") != "hello") throw live_closed(0, "服务器没有应答", "the server says nothing");
}

const json& live_client::hello() const { return impl_->hello; }

live_client::~live_client() = default;

void live_client::send(std::string_view message) {
    auto& me = *impl_;
    if (me.gone) throw *me.gone;
    const auto error =
        wait(me.io, [&](auto handler) { me.stream.async_write(asio::buffer(message.data(), message.size()), handler); });
    if (error) me.lost(error);
    if (error) throw *me.gone;
}

void live_client::wake() {
    asio::post(impl_->io, [me = impl_.get()] { me->woken = true; });
}

std::optional<std::string> live_client::receive(std::chrono::milliseconds at_most) {
    auto& me = *impl_;
    const auto until = std::chrono::steady_clock::now() + at_most;
    while (me.waiting.empty()) {
        if (me.gone) throw *me.gone;
        if (std::exchange(me.woken, false)) break;
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

}  // namespace opsroom
