// One HTTP/1.1 connection: request after request, until it becomes a WebSocket or ends.

#include "server/http/link.hpp"
#include "server/http/listener.hpp"
#include "server/http/router.hpp"
#include "server/http/services.hpp"
#include "server/http/upgrade.hpp"
#include "server/http/url.hpp"
#include "server/ops/logging.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

namespace server::http {
namespace {

namespace beast = boost::beast;
namespace asio = boost::asio;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t header_bytes_max = 16UL * 1024;

method to_method(beast::http::verb v) {
    switch (v) {
        case beast::http::verb::get: return method::get;
        case beast::http::verb::head: return method::head;
        case beast::http::verb::post: return method::post;
        case beast::http::verb::put: return method::put;
        case beast::http::verb::delete_: return method::del;
        case beast::http::verb::options: return method::options;
        default: return method::other;
    }
}

request to_request(beast_request&& from, std::string peer, bool secure) {
    using beast::http::field;
    const auto text = [&](auto name) { return std::string(from[name]); };
    request r;
    r.method = to_method(from.method());
    split_target({from.target().data(), from.target().size()}, r.path, r.query);
    r.peer = std::move(peer);
    r.host = text(field::host);
    r.origin = text(field::origin);
    r.authorization = text(field::authorization);
    r.session = cookie_value(text(field::cookie), "opsroom_session");
    r.idempotency_key = text("Idempotency-Key");
    r.if_none_match = text(field::if_none_match);
    r.last_event_id = text("Last-Event-ID");
    r.accept_language = text(field::accept_language);
    r.accept_encoding = text(field::accept_encoding);
    r.content_type = text(field::content_type);
    r.secure = secure;
    r.body = std::move(from.body());
    return r;
}

class chunked_writer final : public body_writer {
public:
    explicit chunked_writer(link& to) : to_(to) {}

    asio::awaitable<bool> write(std::string_view part) override {
        to_.expires_after(std::chrono::seconds(30));
        auto [failed, n] = co_await asio::async_write(to_, beast::http::make_chunk(asio::buffer(part)), as_result);
        co_return !failed;
    }

private:
    link& to_;
};

template <class Fields>
void set_common(Fields& out, const response& r, bool secure) {
    using beast::http::field;
    out.set(field::content_type, r.content_type);
    for (const auto& [name, value] : r.headers) out.set(name, value);
    out.set("X-Content-Type-Options", "nosniff");
    out.set("Referrer-Policy", "same-origin");
    out.set("X-Frame-Options", "DENY");
    out.set("Content-Security-Policy",
            "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
            "base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    if (secure) out.set(field::strict_transport_security, "max-age=31536000");
}

/// False where the connection has to end.
asio::awaitable<bool> send_response(link& to, response r, bool head_only, bool keep_alive, unsigned version) {
    namespace bh = beast::http;
    if (r.stream) {
        bh::response<bh::empty_body> head{static_cast<bh::status>(r.status), version};
        set_common(head, r, to.secure());
        head.chunked(true);
        head.keep_alive(keep_alive);
        bh::response_serializer<bh::empty_body> serializer{head};
        auto [failed, n] = co_await bh::async_write_header(to, serializer, as_result);
        if (failed) co_return false;
        if (!head_only) {
            chunked_writer writer(to);
            co_await r.stream(writer);
            auto [failed_end, m] = co_await asio::async_write(to, bh::make_chunk_last(), as_result);
            if (failed_end) co_return false;
        }
        co_return keep_alive;
    }
    const std::string_view body = r.still.empty() ? std::string_view(r.body) : r.still;
    bh::response<bh::span_body<const char>> out{static_cast<bh::status>(r.status), version};
    set_common(out, r, to.secure());
    out.keep_alive(keep_alive);
    if (r.status == 204 || r.status == 304) out.erase(bh::field::content_type);
    else out.content_length(body.size());
    if (!head_only && r.status != 304) out.body() = {body.data(), body.size()};
    auto [failed, n] = co_await bh::async_write(to, out, as_result);
    co_return !failed && keep_alive;
}

/// Why the connection may not become a WebSocket, or who it then is.
std::optional<wire::problem> refuse_upgrade(shard& on, const beast_request& asked, const request& plain, caller& who) {
    if (plain.path != "/api/v1/live") return wire::make(404, wire::problems::not_found);
    if (const auto no = check_origin(on.all.config, plain)) return no;
    if (on.all.health.phase() != ops::phase::ready) return wire::make(503, wire::problems::starting);
    auto found = authenticate(on.all, plain);
    if (const auto* no = std::get_if<wire::problem>(&found)) return *no;
    who = std::get<caller>(found);
    return refuse_handshake(asked);
}

/// Reads on for a moment without looking, so that the refusal is not lost: a client that is still sending would see
/// its connection broken before it had read why.
asio::awaitable<void> read_away(link& from) {
    constexpr std::size_t bytes_max = 16UL * 1024 * 1024;
    std::vector<char> nowhere(64UL * 1024);
    from.expires_after(std::chrono::seconds(2));
    for (std::size_t read = 0; read < bytes_max;) {
        auto [failed, n] = co_await from.async_read_some(asio::buffer(nowhere), as_result);
        if (failed) break;
        read += n;
    }
}

asio::awaitable<void> serve(shard& on, link stream, std::string peer) {
    namespace bh = beast::http;
    const auto& config = on.all.config;
    stream.expires_after(std::chrono::seconds(config.handshake_seconds));
    if (!co_await stream.shake_hands()) co_return;
    beast::flat_buffer buffer;
    bool first = true;
    for (;;) {
        bh::request_parser<bh::string_body> parser;
        parser.header_limit(header_bytes_max);
        parser.body_limit(config.body_bytes_max);
        stream.expires_after(std::chrono::seconds(first ? config.handshake_seconds : config.idle_seconds));
        first = false;
        auto [failed, n] = co_await bh::async_read(stream, buffer, parser, as_result);
        if (failed) {
            const bool large = failed == bh::error::body_limit || failed == bh::error::header_limit || failed == bh::error::buffer_overflow;
            const bool malformed = failed.category() == make_error_code(bh::error::end_of_stream).category() &&
                                   failed != bh::error::end_of_stream && failed != bh::error::partial_message;
            if (large || malformed) {
                const auto no = large ? wire::make(413, wire::problems::too_large) : wire::make(400, wire::problems::malformed_request);
                co_await send_response(stream, refuse(no, events::language::en), false, false, 11);
                co_await read_away(stream);
            }
            break;
        }
        auto message = parser.release();
        const bool keep_alive = message.keep_alive();
        const auto version = message.version();
        if (beast::websocket::is_upgrade(message)) {
            beast_request header;
            header.base() = message.base();
            const auto plain = to_request(std::move(message), peer, stream.secure());
            caller who;
            if (const auto no = refuse_upgrade(on, header, plain, who)) {
                if (!co_await send_response(stream, refuse(*no, preferred_language(plain)), false, keep_alive, version)) break;
                continue;
            }
            stream.expires_never();
            become_socket(on, std::move(stream), who.principal, std::move(header));
            co_return;
        }
        const bool head_only = message.method() == bh::verb::head;
        const auto plain = to_request(std::move(message), peer, stream.secure());
        stream.expires_never();
        auto answer = co_await dispatch(on, plain);
        const bool draining = on.all.health.phase() == ops::phase::draining;
        stream.expires_after(std::chrono::seconds(config.idle_seconds));
        if (!co_await send_response(stream, std::move(answer), head_only, keep_alive && !draining, version)) break;
    }
    stream.shut_down();
}

void start(shard& on, link stream) {
    auto peer = stream.peer();
    if (peer.empty()) return;
    ++on.connections;
    asio::co_spawn(on.io, serve(on, std::move(stream), std::move(peer)), [&on](const std::exception_ptr& failed) {
        --on.connections;
        if (failed) ops::log_error("a connection failed");
    });
}

}  // namespace

void serve_plain(shard& on, asio::ip::tcp::socket&& socket) { start(on, link(std::move(socket))); }

void serve_tls(shard& on, asio::ip::tcp::socket&& socket, asio::ssl::context& tls) { start(on, link(std::move(socket), tls)); }

}  // namespace server::http
