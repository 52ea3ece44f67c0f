// Feeds as Server-Sent Events, for clients that have no WebSocket.

#include "server/http/router.hpp"

#include "server/ws/live.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace server::http {
namespace {

using boost::asio::awaitable;

constexpr std::chrono::seconds heartbeat{20};

/// `"key":VALUE` at the top of a line of ours: up to the next comma or quote.
std::string_view value_of(std::string_view line, std::string_view key) {
    const auto at = line.substr(0, 200).find(key);
    if (at == line.npos) return {};
    const auto rest = line.substr(at + key.size());
    return rest.substr(0, rest.find_first_of(",\"}"));
}

/// Whether a line says how far its reader has come. `hello` says where the log stands: what is between the two is still to come.
bool is_progress(std::string_view type) { return type == "snapshot" || type == "events" || type == "subscribed"; }

/// What `id:` says: a position, and of which history.
struct resume_point {
    std::optional<events::position> after;
    std::string history;
};

constexpr char after_history = ':';

resume_point read_id(std::string_view text) {
    resume_point at;
    const auto mark = text.rfind(after_history);
    if (const auto n = number(text.substr(mark == text.npos ? 0 : mark + 1))) at.after = events::position{*n};
    if (mark != text.npos) at.history = text.substr(0, mark);
    return at;
}

std::string as_event(std::string_view line, std::string_view history) {
    const auto type = value_of(line, R"("type":")");
    std::string out = "event: ";
    out += type;
    if (const auto id = value_of(line, R"("position":)"); is_progress(type) && !id.empty()) {
        out += "\nid: ";
        out += history;
        out += after_history;
        out += id;
    }
    out += "\ndata: ";
    out += line;
    out += "\n\n";
    return out;
}

awaitable<void> follow(body_writer& to, shard& on, identity::principal who, wire::feed feed, resume_point from) {
    boost::asio::steady_timer woken(on.io);
    bool closing = false;
    const auto live = std::make_shared<ws::live>(on.around, who, [&woken] { woken.cancel(); },
                                                 [&](ws::close_code) {
                                                     closing = true;
                                                     woken.cancel();
                                                 });
    on.lives.insert(live.get());
    // However this ends.
    struct leaving {
        shard& on;
        ws::live& one;
        ~leaving() {
            on.lives.erase(&one);
            one.gone();
        }
    } const leaves{on, *live};
    live->start(true);
    // They were let in before the response began, and could not be put out until here.
    if (!on.all.accounts.stands(who)) {
        live->finish(ws::close_code::session_ended);
    } else if (const auto no = live->follow(feed, from.after, from.history)) {
        live->send(feeds::make_frame(wire::ended_line(feed, *no, live->reader())));
        closing = true;
    }
    bool listening = true;
    while (listening) {
        std::string part;
        for (const auto& frame : live->take(64UL * 1024)) part += as_event(*frame, on.all.read.history());
        if (!part.empty()) {
            listening = co_await to.write(part);
            continue;
        }
        if (closing) break;
        woken.expires_after(heartbeat);
        boost::system::error_code cancelled;
        co_await woken.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cancelled));
        // A comment: proves to both sides that the other one is there.
        if (!cancelled) listening = co_await to.write(": \n\n");
    }
}

awaitable<response> feed(call c) {
    std::string name(c.parts[0]);
    if (c.parts.size() > 1) name += '/' + std::string(c.parts[1]);
    const auto f = wire::parse_feed(name);
    if (!f) co_return refuse(wire::make(404, wire::problems::bad_feed), c.language());
    if (const auto no = c.all().read.may_subscribe(*f, c.member())) co_return refuse(*no, c.language());
    response r;
    r.content_type = "text/event-stream";
    r.headers.emplace_back("Cache-Control", "no-store");
    r.stream = [&on = c.on, who = c.who->principal, feed = *f, from = read_id(c.request.last_event_id)](body_writer& to) {
        return follow(to, on, who, feed, from);
    };
    co_return r;
}

/// Whoever asks for the socket's address without asking for a socket.
awaitable<response> live_address(call c) { co_return refuse(wire::make(426, wire::problems::bad_handshake), c.language()); }

}  // namespace

std::vector<route> feed_routes() {
    using openapi::operation;
    const auto followed = [](operation is) {
        return std::move(is).more("Server-Sent Events：event 为消息类型，data 为消息，id 为“历史:位置”；Last-Event-ID 续接。消息见 /api/asyncapi.json。",
                                  "Server-Sent Events: `event` is the message's type, `data` the message, `id` HISTORY:POSITION; Last-Event-ID resumes. The messages are in /api/asyncapi.json.")
            .answers_as("text/event-stream", "text").part("name", "text", "订阅的名称", "The feed's name").refuses(403, wire::problems::forbidden).refuses(404, wire::problems::bad_feed).refuses(404, wire::problems::not_found);
    };
    return {
        {method::get, "/api/v1/live", live_address,
         operation("实时连接（WebSocket）", "The live connection (WebSocket)").more("子协议 opsroom.v1.json；消息见 /api/asyncapi.json。", "Subprotocol opsroom.v1.json; its messages are in /api/asyncapi.json.")
             .answers({}, 101).refuses(426, wire::problems::bad_handshake), needs::nobody},
        {method::get, "/api/v1/feeds/{name}", feed, followed(operation("订阅", "A feed"))},
        {method::get, "/api/v1/feeds/{name}/{id}", feed, followed(operation("订阅其中一个", "A feed of one")).part("id", "text", "编号", "Its number")},
    };
}

}  // namespace server::http
