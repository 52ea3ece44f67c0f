#pragma once
// Which handler answers which address.

#include "events/codec/json_read.hpp"
#include "server/http/framing.hpp"
#include "server/http/message.hpp"
#include "server/http/services.hpp"
#include "server/openapi/operation.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace server::http {

/// What a handler is given. `who` is set for every route that needs a login, which all but a few do.
struct call {
    shard& on;
    const http::request& request;
    std::optional<caller> who;
    std::vector<std::string_view> parts;  ///< what stood for each {name} in the route's address

    services& all() const { return on.all; }
    events::member_id member() const { return who ? who->principal.member : events::member_id{}; }
    events::language language() const { return who ? who->language : preferred; }

    events::language preferred = events::language::en;  ///< of the browser
    events::position told = {};                         ///< who asks may have been told of everything up to here
};

using handler = std::function<boost::asio::awaitable<response>(call)>;

enum class needs { nobody, login };

/// Which moments an address can be asked about: whoever asks one for `as_of=` that has the present alone is told so.
enum class tense { present, any };

struct route {
    http::method method;
    std::string address;  ///< "/api/v1/tasks/{id}"
    handler handle;
    openapi::operation is;
    needs who = needs::login;
    tense when = tense::present;
};

/// What is read with `as_of=` too: its handler ends in respond_as_of(), or takes the moment with read_moment().
inline route dated(std::string address, handler handle, openapi::operation is) {
    return {http::method::get, std::move(address), std::move(handle), std::move(is).tagged(), needs::login, tense::any};
}

/// Whoever asks a little too fast waits, up to `patience`; whoever goes on gets this answer, and that not at once either.
boost::asio::awaitable<std::optional<response>> slow_down(shard& on, shares::rates::kind of, std::uint64_t whose, events::language reader, double n = 1,
                                                          std::chrono::milliseconds patience = std::chrono::milliseconds(50));

/// Answers anything; never throws.
boost::asio::awaitable<response> dispatch(shard& on, const request& asked);

/// Who asks, by bearer token or session cookie; where a route takes it, by HTTP Basic too, over TLS or from this machine.
enum class credentials_taken { usual, basic_too };
extern const core::refusal needs_tls;  ///< of who uses Basic from elsewhere in the clear
std::variant<caller, wire::problem> authenticate(services& all, const request& asked, credentials_taken taken = credentials_taken::usual);

/// Nothing where the request's origin is this server's own or an allowed one.
std::optional<wire::problem> check_origin(const ops::config& config, const request& asked);

events::language preferred_language(const request& asked);

/// All that there are, by subject, in the order in which they are tried.
struct subject {
    events::wording says;
    std::vector<route> routes;
};
const std::vector<subject>& subjects();

// The routes, folder by subject.
std::vector<route> session_routes();
std::vector<route> password_routes();
std::vector<route> command_routes();
std::vector<route> reading_routes();
std::vector<route> flow_routes();
std::vector<route> attachment_routes();
std::vector<route> package_routes();
std::vector<route> search_routes();
std::vector<route> data_routes();
std::vector<route> data_export_routes();
std::vector<route> data_sql_routes();
std::vector<route> data_pull_routes();
std::vector<route> report_routes();
std::vector<route> log_routes();
std::vector<route> backup_routes();
std::vector<route> feed_routes();
std::vector<route> operation_routes();
std::vector<route> api_routes();

/// A file of the web page; nothing where there is none.
std::optional<response> static_page(const request& asked);

// Helpers of the handlers.

/// Who was just told of an event finds it in what they ask next: waits, for a moment, until the views have it too.
void catch_views_up(const call& c);

/// Whose share of a lane it takes.
std::uint64_t share_of(const call& c);

/// A finished reading as a response: 200 with ETag, 304, or the problem.
response respond(const call& c, wire::reading&& what);

/// A query parameter as a number; `fallback` where it is not there; nothing where it is not a number within the bounds.
std::optional<std::uint64_t> number(const request& asked, const std::string& name, std::uint64_t fallback, std::uint64_t least, std::uint64_t most);
std::optional<std::uint64_t> number(std::string_view text);
wire::problem bad_query(const std::string& name, const std::string& expected);

/// The body as a T, or what is wrong with it.
template <class T>
std::optional<wire::problem> read_body(const call& c, T& out) {
    if (!is_media_type(c.request.content_type, "application/json")) return wire::make(415, wire::problems::not_json);
    const auto root = c.on.bodies.parse(c.request.body);
    if (!root) return wire::make(400, wire::problems::malformed_json);
    if (const auto fault = events::codec::read_json(*root, out)) return wire::from_fault(fault);
    return std::nullopt;
}

/// What identity refuses, as a problem.
wire::problem from_identity(identity::error why, std::chrono::seconds retry_after = {});

inline identity::origin origin_of(const call& c) { return {c.request.peer, c.request.device, c.request.agent}; }

/// Has the engine do something as whoever asks, and waits until it is durable.
boost::asio::awaitable<std::variant<engine::done, wire::problem>> carry_out(const call& c, events::stream_id target, core::any_command what);
/// The same with a command that is made here, whoever it is by.
boost::asio::awaitable<std::variant<engine::done, wire::problem>> carry_out(const call& c, engine::client_command whole);

/// The id that a request gives what it asks for (Idempotency-Key), or a new one; nothing where that is none.
std::optional<events::uuid> id_of(const call& c);

/// What a lane had no place for: dispatch() says so to whoever asked.
struct no_place {
    shares::admission why;
};

/// Runs `slow` in a lane, in `whose` share; the shard goes on meanwhile. Throws what `slow` throws, and no_place.
boost::asio::awaitable<void> on_lane(services& all, shares::lane which, std::uint64_t whose, std::function<void()> slow);
/// In the share of whoever asks.
boost::asio::awaitable<void> on_lane(const call& c, shares::lane which, std::function<void()> slow);
/// The next part of a response that was let in before.
boost::asio::awaitable<void> on_lane_again(services& all, shares::lane which, std::uint64_t whose, std::function<void()> slow);

/// A list: of the present, or with `as_of=` as it was then, which a lane of its own makes. `read` is called once, there or here.
using reads = std::function<wire::reading(const wire::documents&)>;
boost::asio::awaitable<response> respond_as_of(call c, reads read);

/// `as_of=`: the moment asked for, if any; a problem where it is no good.
std::optional<wire::problem> read_moment(const call& c, std::optional<wire::moment>& as_of);

}  // namespace server::http
