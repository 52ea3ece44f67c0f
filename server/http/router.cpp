#include "server/http/router.hpp"

#include "server/ops/logging.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <charconv>

namespace server::http {
namespace {

namespace asio = boost::asio;

const std::vector<route>& routes() {
    static const auto all = [] {
        std::vector<route> list;
        for (auto* some : {session_routes, command_routes, reading_routes, flow_routes, attachment_routes, package_routes, search_routes, log_routes, feed_routes, operation_routes}) {
            auto part = some();
            list.insert(list.end(), part.begin(), part.end());
        }
        return list;
    }();
    return all;
}

/// Whether the path is of the route's form; fills in what stood for its {}.
bool matches(std::string_view form, std::string_view path, std::vector<std::string_view>& parts) {
    parts.clear();
    while (!form.empty() || !path.empty()) {
        const auto form_end = std::min(form.find('/', 1), form.size());
        const auto path_end = std::min(path.find('/', 1), path.size());
        const auto f = form.substr(0, form_end);
        const auto p = path.substr(0, path_end);
        if (f == "/{}") {
            if (p.size() < 2) return false;
            parts.push_back(p.substr(1));
        } else if (f != p) {
            return false;
        }
        form.remove_prefix(form_end);
        path.remove_prefix(path_end);
    }
    return true;
}

std::string_view name_of(method m) {
    switch (m) {
        case method::get: return "GET";
        case method::head: return "HEAD";
        case method::post: return "POST";
        case method::put: return "PUT";
        case method::del: return "DELETE";
        case method::options: return "OPTIONS";
        case method::other: break;
    }
    return "";
}

// A free function with its parameter by value: g++ 12 frees the frame of a capturing lambda twice here.
asio::awaitable<void> run(std::function<void()> slow) {
    slow();
    co_return;
}

bool changes_something(method m) { return m == method::post || m == method::put || m == method::del; }

}  // namespace

events::language preferred_language(const request& asked) {
    return asked.accept_language.starts_with("zh") ? events::language::zh : events::language::en;
}

std::variant<caller, wire::problem> authenticate(services& all, const request& asked) {
    constexpr std::string_view bearer = "Bearer ";
    auto found = [&]() -> boost::system::result<identity::principal, identity::error> {
        if (asked.authorization.starts_with(bearer)) return all.accounts.find_token(asked.authorization.substr(bearer.size()));
        if (!asked.session.empty()) return all.accounts.find_session(asked.session);
        return identity::error::unknown;
    }();
    if (!found) return wire::make(401, found.error() == identity::error::expired ? wire::problems::token_expired : wire::problems::unauthenticated);
    const auto who = all.read.person(found->member);
    if (!who || !who->active) return wire::make(401, wire::problems::session_ended);
    return caller{*found, all.read.language_of(found->member)};
}

std::optional<wire::problem> check_origin(const ops::config& config, const request& asked) {
    if (asked.origin.empty()) return std::nullopt;  // not a browser
    const auto own = (asked.secure ? "https://" : "http://") + asked.host;
    const auto& allowed = config.allowed_origins;
    if (asked.origin == own || std::find(allowed.begin(), allowed.end(), asked.origin) != allowed.end()) return std::nullopt;
    return wire::make(403, wire::problems::foreign_origin);
}

asio::awaitable<response> dispatch(shard& on, const request& asked) {
    call c{on, asked, std::nullopt, {}, preferred_language(asked)};
    const route* chosen = nullptr;
    std::string allowed;
    for (const auto& r : routes()) {
        std::vector<std::string_view> parts;
        if (!matches(r.address, asked.path, parts)) continue;
        if (r.method == asked.method || (r.method == method::get && asked.method == method::head)) {
            chosen = &r;
            c.parts = std::move(parts);
            break;
        }
        allowed += allowed.empty() ? "" : ", ";
        allowed += name_of(r.method);
    }
    if (!chosen && (asked.method == method::get || asked.method == method::head) && !asked.path.starts_with("/api/"))
        if (auto page = static_page(asked)) co_return std::move(*page);
    if (!chosen) {
        if (allowed.empty()) co_return refuse(wire::make(404, wire::problems::not_found), c.language());
        auto no = refuse(wire::make(405, wire::problems::method_not_allowed), c.language());
        no.headers.emplace_back("Allow", allowed);
        co_return no;
    }
    if (changes_something(asked.method))
        if (const auto no = check_origin(on.all.config, asked)) co_return refuse(*no, c.language());
    if (on.all.health.phase() == ops::phase::starting && asked.path.starts_with("/api/")) {
        auto no = wire::make(503, wire::problems::starting);
        no.retry_after_seconds = 1;
        co_return refuse(no, c.language());
    }
    if (chosen->who == needs::login) {
        auto who = authenticate(on.all, asked);
        if (const auto* no = std::get_if<wire::problem>(&who)) co_return refuse(*no, c.language());
        c.who = std::get<caller>(who);
    }
    if (chosen->when == tense::present && asked.query.contains("as_of"))
        co_return refuse(wire::make(400, wire::problems::present_only), c.language());
    const auto language = c.language();
    try {
        co_return co_await chosen->handle(std::move(c));
    } catch (const std::exception& e) {
        ops::log_error("a request failed", {{"address", chosen->address}, {"why", e.what()}});
    }
    co_return refuse(wire::make(500, wire::problems::busy), language);
}

void catch_views_up(const call& c) {
    constexpr std::chrono::milliseconds at_most{20};  // they are at most a batch behind
    c.all().read.views().wait_for(c.all().engine.log().head(), at_most);
}

response respond(const call& c, wire::reading&& what) {
    if (const auto* no = std::get_if<wire::problem>(&what)) return refuse(*no, c.language());
    auto& d = std::get<wire::document>(what);
    const auto tag = '"' + std::to_string(d.at.value) + '"';
    if (c.request.if_none_match == tag) {
        response r;
        r.status = 304;
        r.headers.emplace_back("ETag", tag);
        return r;
    }
    auto r = json(std::move(d.body));
    r.headers.emplace_back("ETag", tag);
    r.headers.emplace_back("Cache-Control", "private, no-cache");
    return r;
}

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc{} || end != text.data() + text.size() || n > INT64_MAX) return std::nullopt;
    return n;
}

std::optional<std::uint64_t> number(const request& asked, const std::string& name, std::uint64_t fallback, std::uint64_t least, std::uint64_t most) {
    const auto found = asked.query.find(name);
    if (found == asked.query.end()) return fallback;
    const auto n = number(found->second);
    return n && *n >= least && *n <= most ? n : std::nullopt;
}

wire::problem bad_query(const std::string& name, const std::string& expected) {
    auto p = wire::make(400, wire::problems::bad_query);
    p.errors.push_back({"?" + name, "应为 " + expected, "this has to be " + expected});
    return p;
}

asio::awaitable<void> on_worker(services& all, std::function<void()> slow) {
    co_await asio::co_spawn(all.workers.get_executor(), run(std::move(slow)), asio::use_awaitable);
}

std::optional<wire::problem> read_moment(const call& c, std::optional<wire::moment>& as_of) {
    const auto found = c.request.query.find("as_of");
    if (found == c.request.query.end()) return std::nullopt;
    const auto& read = c.all().read;
    auto parsed = wire::parse_moment(found->second, read.log(), read.utc_offset(), read.now());
    if (auto* no = std::get_if<wire::problem>(&parsed)) return *no;
    as_of = std::get<wire::moment>(parsed);
    return std::nullopt;
}

}  // namespace server::http
