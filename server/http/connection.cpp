// One HTTP/1.1 connection: request after request, until it becomes a WebSocket or ends.

#include "server/http/compression.hpp"
#include "server/http/conditions.hpp"
#include "server/http/framing.hpp"
#include "server/http/link.hpp"
#include "server/http/hosts.hpp"
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

#include <array>
#include <cstdio>
#include <ctime>

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

/// Of a header that is a list: all that there are of it, as one.
std::string joined(const beast_request& from, beast::http::field name) {
    std::string out;
    const auto [first, last] = from.equal_range(name);
    for (auto at = first; at != last; ++at) (out += out.empty() ? "" : ", ").append(at->value().data(), at->value().size());
    return out;
}

template <class Message>
head head_of(const Message& from) {
    head h;
    h.version = from.version();
    h.method = {from.method_string().data(), from.method_string().size()};
    h.target = {from.target().data(), from.target().size()};
    for (const auto& f : from) h.fields.emplace_back(std::string_view(f.name_string().data(), f.name_string().size()), std::string_view(f.value().data(), f.value().size()));
    return h;
}

request to_request(const ops::config& config, beast_request&& from, const std::string& peer, bool secure) {
    using beast::http::field;
    const auto text = [&](auto name) { return std::string(from[name]); };
    // A proxy may add a line of its own rather than to the one that was there.
    std::string forwarded;
    for (auto [line, last] = from.equal_range("X-Forwarded-For"); line != last; ++line)
        forwarded += (forwarded.empty() ? "" : ",") + std::string(line->value());
    request r;
    r.method = to_method(from.method());
    // What it is sent to has been looked at: fault_in().
    const auto to = read_target({from.target().data(), from.target().size()}).value_or(address{{}, "/"});
    r.bad_query = split_target(to.path, r.path, r.query);
    r.peer = client_behind(config, peer, forwarded);
    r.host = to.host.empty() ? text(field::host) : to.host;
    r.origin = text(field::origin);
    r.authorization = text(field::authorization);
    r.session = cookie_value(text(field::cookie), "opsroom_session");
    r.device = cookie_value(text(field::cookie), "opsroom_device");
    r.agent = text(field::user_agent);
    r.idempotency_key = text("Idempotency-Key");
    r.if_none_match = joined(from, field::if_none_match);
    r.if_match = joined(from, field::if_match);
    r.if_range = text(field::if_range);
    r.range = text(field::range);
    r.last_event_id = text("Last-Event-ID");
    r.accept_language = joined(from, field::accept_language);
    r.accept_encoding = joined(from, field::accept_encoding);
    r.content_type = text(field::content_type);
    r.secure = secure || (is_trusted_proxy(config, peer) && text("X-Forwarded-Proto") == "https");
    r.body = std::move(from.body());
    return r;
}

/// Chunks for what has no length yet; the bytes alone where it has one, or where they end with the connection (HTTP/1.0).
class stream_writer final : public body_writer {
public:
    stream_writer(link& to, bool chunked) : to_(to), chunked_(chunked) {}

    asio::awaitable<bool> write(std::string_view part) override {
        to_.expires_after(std::chrono::seconds(30));
        written_ += part.size();
        if (chunked_) {
            auto [failed, n] = co_await asio::async_write(to_, beast::http::make_chunk(asio::buffer(part)), as_result);
            co_return !failed;
        }
        auto [failed, n] = co_await asio::async_write(to_, asio::buffer(part), as_result);
        co_return !failed;
    }

    std::uint64_t written() const { return written_; }

private:
    link& to_;
    bool chunked_;
    std::uint64_t written_ = 0;
};

/// "Sun, 06 Nov 1994 08:49:37 GMT"; the same text for a second.
const std::string& date_now() {
    thread_local std::time_t of = -1;
    thread_local std::string text;
    if (const auto now = std::time(nullptr); now != of) {
        of = now;
        std::tm at{};
        gmtime_r(&of, &at);
        constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
        constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        char out[40];
        std::snprintf(out, sizeof out, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[static_cast<std::size_t>(at.tm_wday)], at.tm_mday,
                      months[static_cast<std::size_t>(at.tm_mon)], at.tm_year + 1900, at.tm_hour, at.tm_min, at.tm_sec);
        text = out;
    }
    return text;
}

template <class Fields>
void set_common(Fields& out, const response& r, bool secure) {
    using beast::http::field;
    out.set(field::date, date_now());
    out.set(field::content_type, r.content_type);
    for (const auto& [name, value] : r.headers) {
        if (name == "Set-Cookie") out.insert(field::set_cookie, value);  // there may be more than one
        else out.set(name, value);
    }
    out.set("X-Content-Type-Options", "nosniff");
    out.set("Referrer-Policy", "same-origin");
    out.set("X-Frame-Options", "DENY");
    out.set("Content-Security-Policy", std::string("default-src 'self'; img-src 'self' data:; style-src 'self'") + (r.styles_itself ? " 'unsafe-inline'" : "") +
                                           "; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    if (secure) out.set(field::strict_transport_security, "max-age=31536000");
}

/// False where the connection has to end.
asio::awaitable<bool> send_response(link& to, response r, bool head_only, bool keep_alive, unsigned version) {
    namespace bh = beast::http;
    if (r.stream || r.file) {
        const bool chunked = !r.file && version >= 11;
        bh::response<bh::empty_body> head{static_cast<bh::status>(r.status), version};
        set_common(head, r, to.secure());
        if (r.file) head.content_length(r.file->part.count);
        else if (chunked) head.chunked(true);
        keep_alive = keep_alive && (r.file || chunked);
        head.keep_alive(keep_alive);
        bh::response_serializer<bh::empty_body> serializer{head};
        auto [failed, n] = co_await bh::async_write_header(to, serializer, as_result);
        if (failed) co_return false;
        if (head_only) co_return keep_alive;
        stream_writer writer(to, chunked);
        if (r.file) {
            co_await r.file->send(writer, r.file->part);
            // Less than was said would leave the client waiting: it sees the connection end instead.
            co_return keep_alive && writer.written() == r.file->part.count;
        }
        co_await r.stream(writer);
        if (!chunked) co_return false;
        auto [failed_end, m] = co_await asio::async_write(to, bh::make_chunk_last(), as_result);
        co_return !failed_end && keep_alive;
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
    if (const auto no = check_host(on.all.config, plain)) return no;
    if (plain.path != "/api/v1/live") return wire::make(404, wire::problems::not_found);
    if (const auto no = check_origin(on.all.config, plain)) return no;
    if (on.all.health.phase() != ops::phase::ready) return wire::make(503, wire::problems::starting);
    auto found = authenticate(on.all, plain);
    if (const auto* no = std::get_if<wire::problem>(&found)) return *no;
    who = std::get<caller>(found);
    return refuse_handshake(asked);
}

/// Who has not shown who they are may say as much as signing in takes: of anybody else's body nothing is read.
std::optional<wire::problem> refuse_body(shard& on, beast::http::request_parser<beast::http::string_body>& coming, const std::string& peer, bool secure) {
    constexpr std::uint64_t stranger_bytes_max = 64UL * 1024;
    const auto length = coming.content_length();
    if (length && *length <= stranger_bytes_max) return std::nullopt;
    if (on.all.health.phase() == ops::phase::starting) return wire::make(503, wire::problems::starting);
    beast_request header;
    header.base() = coming.get().base();
    const auto who = authenticate(on.all, to_request(on.all.config, std::move(header), peer, secure));
    const auto* no = std::get_if<wire::problem>(&who);
    if (!no) return std::nullopt;
    if (length) return *no;
    coming.body_limit(stranger_bytes_max);  // how much comes in chunks is not known yet
    return std::nullopt;
}

/// What of an answer waits to be taken counts as its asker's. Small ones are not worth it.
class waiting_bytes {
public:
    waiting_bytes(shares::backlog& all, const response& r) : all_(all) {
        constexpr std::size_t small = 16UL * 1024, part = 256UL * 1024;  // of a stream
        bytes_ = r.stream || r.file ? part : r.body.size();
        if (bytes_ <= small || !r.whose) {
            bytes_ = 0;
            return;
        }
        of_ = all_.of(r.whose.value);
        room_ = all_.has_room(*of_, bytes_);
        if (!room_) bytes_ = 0;
        all_.add(*of_, bytes_);
    }
    ~waiting_bytes() {
        if (of_) all_.subtract(*of_, bytes_);
    }
    waiting_bytes(const waiting_bytes&) = delete;
    waiting_bytes& operator=(const waiting_bytes&) = delete;

    bool has_room() const { return room_; }

private:
    shares::backlog& all_;
    std::shared_ptr<shares::backlog::person> of_;
    std::size_t bytes_ = 0;
    bool room_ = true;
};

response refuse_room(events::member_id whose, const wire::documents& read) {
    return refuse(wire::make(429, wire::problems::share_taken), read.language_of(whose));
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

constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";

/// What to say of a request that could not be read; nothing where nobody is there to hear it.
std::optional<wire::problem> problem_of(const beast::error_code& failed) {
    using bh = beast::http::error;
    if (failed == bh::body_limit) return wire::make(413, wire::problems::too_large);
    if (failed == bh::header_limit || failed == bh::buffer_overflow) return wire::make(431, wire::problems::headers_too_large);
    if (failed == bh::bad_version) return wire::make(505, wire::problems::wrong_version);
    if (failed == bh::bad_content_length || failed == bh::bad_transfer_encoding || failed == bh::multiple_content_length)
        return wire::make(400, wire::problems::ambiguous_length);
    const bool malformed = failed.category() == make_error_code(bh::end_of_stream).category() && failed != bh::end_of_stream && failed != bh::partial_message;
    return malformed ? std::optional(wire::make(400, wire::problems::malformed_request)) : std::nullopt;
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
        auto [failed, n] = co_await bh::async_read_header(stream, buffer, parser, as_result);
        auto no = failed ? problem_of(failed) : fault_in(head_of(parser.get()));
        if (!failed && !no && !parser.is_done()) no = refuse_body(on, parser, peer, stream.secure());
        if (!failed && !no && !parser.is_done()) {
            if (waits_to_continue(head_of(parser.get()))) {
                auto [cut_off, m] = co_await asio::async_write(stream, asio::buffer(go_on), as_result);
                if (cut_off) break;
            }
            auto [cut_off, m] = co_await bh::async_read(stream, buffer, parser, as_result);
            failed = cut_off;
            if (failed) no = problem_of(failed);
        }
        if (no) {
            const bool chinese = !failed && prefers_chinese(head_of(parser.get())["accept-language"]);
            co_await send_response(stream, refuse(*no, chinese ? events::language::zh : events::language::en), false, false, 11);
            co_await read_away(stream);
        }
        if (failed || no) break;
        auto message = parser.release();
        const bool keep_alive = message.keep_alive();
        const auto version = message.version();
        if (beast::websocket::is_upgrade(message)) {
            beast_request header;
            header.base() = message.base();
            const auto plain = to_request(config, std::move(message), peer, stream.secure());
            caller who;
            if (auto no = co_await slow_down(on, shares::rates::address_requests, shares::share_of_address(plain.peer), preferred_language(plain))) {
                if (!co_await send_response(stream, std::move(*no), false, keep_alive, version)) break;
                continue;
            }
            if (const auto no = refuse_upgrade(on, header, plain, who)) {
                if (!co_await send_response(stream, refuse(*no, preferred_language(plain)), false, keep_alive, version)) break;
                continue;
            }
            auto place = on.all.person_connections.take(who.principal.member.value);
            if (!place) {
                auto full = refuse(wire::make(429, wire::problems::too_many_connections), who.language);
                if (!co_await send_response(stream, std::move(full), false, keep_alive, version)) break;
                continue;
            }
            stream.hold(std::move(*place));
            stream.expires_never();
            become_socket(on, std::move(stream), who.principal, std::move(header));
            co_return;
        }
        const bool head_only = message.method() == bh::verb::head;
        const auto plain = to_request(config, std::move(message), peer, stream.secure());
        stream.expires_never();
        auto answer = co_await dispatch(on, plain);
        settle_conditions(plain, preferred_language(plain), answer);
        settle_coding(plain, answer);
        const waiting_bytes held(on.all.backlog, answer);
        if (!held.has_room()) answer = refuse_room(answer.whose, on.all.read);
        const bool draining = on.all.health.phase() == ops::phase::draining;
        stream.expires_after(std::chrono::seconds(config.idle_seconds));
        if (!co_await send_response(stream, std::move(answer), head_only, keep_alive && !draining, version)) break;
    }
    stream.shut_down();
}

void start(shard& on, link stream) {
    auto peer = stream.peer();
    if (peer.empty()) return;
    on.enter();
    asio::co_spawn(on.io, serve(on, std::move(stream), std::move(peer)), [&on](const std::exception_ptr& failed) {
        on.leave();
        if (failed) ops::log_error("a connection failed");
    });
}

}  // namespace

void serve_plain(shard& on, asio::ip::tcp::socket&& socket, std::optional<shares::places::place> place) {
    link stream(std::move(socket));
    if (place) stream.hold(std::move(*place));
    start(on, std::move(stream));
}

void serve_tls(shard& on, asio::ip::tcp::socket&& socket, asio::ssl::context& tls, std::optional<shares::places::place> place) {
    link stream(std::move(socket), tls);
    if (place) stream.hold(std::move(*place));
    start(on, std::move(stream));
}

}  // namespace server::http
