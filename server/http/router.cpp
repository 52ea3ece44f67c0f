#include "server/http/router.hpp"

#include "core/kernel/text.hpp"
#include "server/engine/refusals.hpp"
#include "server/http/framing.hpp"
#include "server/http/hosts.hpp"
#include "server/ops/logging.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <charconv>

namespace server::http {
namespace {

namespace asio = boost::asio;

constexpr auto depends_on = "Authorization, Cookie, Accept-Language";

/// Whether the path is of the route's form; fills in what stood for each {name}.
bool matches(std::string_view form, std::string_view path, std::vector<std::string_view>& parts) {
    parts.clear();
    while (!form.empty() || !path.empty()) {
        if (form.empty() && path == "/") return true;  // as spreadsheets put it behind the address that was typed
        const auto form_end = std::min(form.find('/', 1), form.size());
        const auto path_end = std::min(path.find('/', 1), path.size());
        const auto f = form.substr(0, form_end);
        const auto p = path.substr(0, path_end);
        if (f.starts_with("/{")) {
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

/// Work in a lane, and the coroutine that waits for it: woken on its own thread.
struct errand {
    explicit errand(const asio::any_io_executor& on) : home(on), woken(on, asio::steady_timer::time_point::max()) {}

    asio::any_io_executor home;
    asio::steady_timer woken;
    bool over = false;  // on that thread
    std::exception_ptr failed;
};

asio::awaitable<void> run_errand(services& all, shares::lane which, std::uint64_t whose, std::function<void()> slow, bool in_any_case) {
    const auto one = std::make_shared<errand>(co_await asio::this_coro::executor);
    // A named function: g++ 12 would free the frame of one within the expression twice.
    std::function<void()> work = [one, slow = std::move(slow)] {
        try {
            slow();
        } catch (...) {
            one->failed = std::current_exception();
        }
        asio::post(one->home, [one] {
            one->over = true;
            one->woken.cancel();
        });
    };
    const auto let = all.lanes.submit(which, whose, std::move(work), in_any_case);
    if (let != shares::admission::let_in) throw no_place{let};
    while (!one->over) {
        boost::system::error_code cancelled;
        co_await one->woken.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
    if (one->failed) std::rethrow_exception(one->failed);
}

response refuse_place(const no_place& no, events::language reader) {
    return refuse(no.why == shares::admission::share_taken ? wire::make(429, wire::problems::share_taken) : wire::make(503, wire::problems::busy), reader);
}

/// The accounts' file had no room.
bool is_full(const std::exception& e) {
    const auto* known = dynamic_cast<const boost::system::system_error*>(&e);
    return known && known->code() == identity::make_error_code(identity::error::no_room);
}

/// Of what one person is shown at a position, in their language, on a day: what is late today was not yesterday. Minutes that go on
/// each turn at a second of their own: what shows them is known by what it says.
std::string tag_of(const call& c, const wire::document& d) {
    const auto shown = d.moves ? '-' + std::to_string(core::text::digest(d.body)) : std::string();
    // Of another history the same position is something else.
    return '"' + c.all().read.history().substr(0, 8) + '-' + std::to_string(d.at.value) + '-' + std::to_string(c.member().value) + '-' + (c.language() == events::language::zh ? "zh" : "en") + '-' +
           std::to_string(std::chrono::sys_days(c.all().read.today()).time_since_epoch().count()) + shown + '"';
}

wire::problem unclear_query(const std::string& name) {
    auto p = wire::make(400, wire::problems::bad_query);
    p.errors.push_back({"?" + name, "此参数出现了两次，或不是 UTF-8 文字：请只给一次", "this is there twice, or is no UTF-8 text: give it once"});
    return p;
}

bool changes_something(method m) { return m == method::post || m == method::put || m == method::del; }

}  // namespace

const std::vector<subject>& subjects() {
    static const std::vector<subject> all{
        {{"登录与令牌", "Signing in"}, session_routes()},     {{"密码", "Passwords"}, password_routes()},
        {{"命令", "Commands"}, command_routes()},            {{"成员、任务与频道", "People, tasks and channels"}, reading_routes()},
        {{"流程与档案", "Flows and dossiers"}, flow_routes()}, {{"附件", "Attachments"}, attachment_routes()},
        {{"归档包", "Packages"}, package_routes()},           {{"搜索", "Search"}, search_routes()},
        {{"数据与指标", "Data and metrics"}, data_routes()},
        {{"数据导出", "Data for other programs"}, data_export_routes()},
        {{"数据查询", "Queries in SQL"}, data_sql_routes()},
        {{"数据获取", "Data that are fetched"}, data_pull_routes()},
        {{"报告工作簿", "Reports as workbooks"}, report_routes()},
        {{"日志与证明", "The log and its proofs"}, log_routes()}, {{"备份", "Backups"}, backup_routes()},
        {{"订阅", "Feeds"}, feed_routes()},                  {{"运维", "Operations"}, operation_routes()},
        {{"接口说明", "About the API"}, api_routes()},
    };
    return all;
}

namespace {

const std::vector<const route*>& routes() {
    static const auto all = [] {
        std::vector<const route*> list;
        for (const auto& of : subjects())
            for (const auto& one : of.routes) list.push_back(&one);
        return list;
    }();
    return all;
}

}  // namespace

events::language preferred_language(const request& asked) {
    return prefers_chinese(asked.accept_language) ? events::language::zh : events::language::en;
}

extern const core::refusal needs_tls{"needs_tls", "S4.2.2", "用户名与令牌只能经 TLS，或在本机使用。请改用 https 地址。", "A login and a token are taken over TLS, or from this machine, alone. Use the https address."};

namespace {

/// A password would be known to every spreadsheet that it was typed into: a token is taken, which can be revoked by itself.
boost::system::result<identity::principal, identity::error> by_basic(const services& all, const std::pair<std::string, std::string>& given) {
    auto found = all.accounts.find_token(given.second);
    if (found && all.read.with_login(given.first) != found->member) return identity::error::unknown;
    return found;
}

bool is_this_machine(const std::string& peer) {
    boost::system::error_code none;
    const auto address = asio::ip::make_address(peer, none);
    return !none && (address.is_loopback() || (address.is_v6() && address.to_v6().is_v4_mapped() && asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).is_loopback()));
}

}  // namespace

std::variant<caller, wire::problem> authenticate(services& all, const request& asked, credentials_taken taken) {
    const auto basic = taken == credentials_taken::basic_too ? basic_of(asked.authorization) : std::nullopt;
    if (basic && !asked.secure && !is_this_machine(asked.peer)) return wire::make(403, needs_tls);
    auto found = [&]() -> boost::system::result<identity::principal, identity::error> {
        if (basic) return by_basic(all, *basic);
        if (const auto token = bearer_of(asked.authorization)) return all.accounts.find_token(std::string(*token));
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
    // Names of hosts and schemes are the same in capitals.
    const auto own = in_small_letters((asked.secure ? "https://" : "http://") + asked.host);
    const auto& allowed = config.allowed_origins;
    if (in_small_letters(asked.origin) == own || std::find(allowed.begin(), allowed.end(), asked.origin) != allowed.end()) return std::nullopt;
    return wire::make(403, wire::problems::foreign_origin);
}

// Without blocking the shard: who only reads is not to hold up who writes.
asio::awaitable<void> wait_for_views(shard& on, events::position told) {
    constexpr std::chrono::microseconds a_little{200};
    constexpr int times_max = 100;  // they are at most a batch behind
    for (int i = 0; i < times_max && on.all.read.views().position() < told; ++i) {
        asio::steady_timer pause(on.io, a_little);
        boost::system::error_code cancelled;
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
}

asio::awaitable<std::optional<response>> slow_down(shard& on, shares::rates::kind of, std::uint64_t whose, events::language reader, double n,
                                                   std::chrono::milliseconds patience) {
    constexpr std::chrono::milliseconds penalty{100};
    const auto told = on.all.rates.take(of, whose, n, std::chrono::steady_clock::now(), patience);
    if (told.taken && told.wait.count() == 0) co_return std::nullopt;
    asio::steady_timer pause(on.io, told.taken ? told.wait : penalty);
    boost::system::error_code cancelled;
    co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    if (told.taken) co_return std::nullopt;
    auto p = wire::make(429, wire::problems::rate_limited);
    p.retry_after_seconds = static_cast<int>(std::chrono::ceil<std::chrono::seconds>(told.wait).count());
    co_return refuse(p, reader);
}

asio::awaitable<response> dispatch(shard& on, const request& asked) {
    if (auto no = co_await slow_down(on, shares::rates::address_requests, shares::share_of_address(asked.peer), preferred_language(asked)))
        co_return std::move(*no);
    call c{on, asked, std::nullopt, {}, preferred_language(asked)};
    if (const auto no = check_host(on.all.config, asked)) co_return refuse(*no, c.language());
    const route* chosen = nullptr;
    std::string allowed;
    for (const auto* one : routes()) {
        const auto& r = *one;
        std::vector<std::string_view> parts;
        if (!matches(r.address, asked.path, parts)) continue;
        if (r.method == asked.method || (r.method == method::get && asked.method == method::head)) {
            chosen = one;
            c.parts = std::move(parts);
            break;
        }
        allowed += allowed.empty() ? "" : ", ";
        allowed += name_of(r.method);
        if (r.method == method::get) allowed += ", HEAD";
    }
    if (asked.method == method::other) co_return refuse(wire::make(501, wire::problems::unknown_method), c.language());
    if (chosen && !asked.bad_query.empty()) co_return refuse(unclear_query(asked.bad_query), c.language());
    if (asked.method == method::options && (asked.path == "*" || !allowed.empty())) {
        response r;
        r.status = 204;
        r.headers.emplace_back("Allow", asked.path == "*" ? "GET, HEAD, POST, PUT, DELETE, OPTIONS" : allowed + ", OPTIONS");
        co_return r;
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
        co_return refuse(wire::make(503, wire::problems::starting), c.language());
    }
    if (chosen->who == needs::login) {
        const bool basic_too = chosen->is.takes_basic;
        auto who = authenticate(on.all, asked, basic_too ? credentials_taken::basic_too : credentials_taken::usual);
        if (const auto* no = std::get_if<wire::problem>(&who)) {
            auto r = refuse(*no, c.language());
            if (basic_too && no->status == 401) r.headers.emplace_back("WWW-Authenticate", "Basic realm=\"opsroom\", charset=\"UTF-8\"");
            co_return r;
        }
        c.who = std::get<caller>(who);
    }
    if (chosen->when == tense::present && asked.query.contains("as_of"))
        co_return refuse(wire::make(400, wire::problems::present_only), c.language());
    const auto language = c.language();
    const auto whose = c.member();
    if (c.who)
        if (auto no = co_await slow_down(on, shares::rates::requests, whose.value, language)) co_return std::move(*no);
    c.told = on.all.engine.log().head();
    if (chosen->method == method::get && on.all.read.views().position() < c.told) co_await wait_for_views(on, c.told);
    std::optional<no_place> no;
    wire::problem failed;
    try {
        auto answer = co_await chosen->handle(std::move(c));
        answer.whose = whose;
        co_return answer;
    } catch (const no_place& full) {
        no = full;
    } catch (const std::exception& e) {
        ops::log_error("a request failed", {{"address", chosen->address}, {"why", e.what()}});
        // What is wrong with the disk, or with one place on it, is said to who asked for it.
        failed = wire::from_refusal(is_full(e) ? engine::disk_full : engine::refusal_of(e));
    }
    if (no) co_return refuse_place(*no, language);
    co_return refuse(failed, language);
}

void catch_views_up(const call& c) {
    constexpr std::chrono::milliseconds at_most{20};  // they are at most a batch behind
    c.all().read.views().wait_for(c.told, at_most);
}

response respond(const call& c, wire::reading&& what) {
    if (const auto* no = std::get_if<wire::problem>(&what)) return refuse(*no, c.language());
    auto& d = std::get<wire::document>(what);
    const auto tag = tag_of(c, d);
    auto r = json(std::move(d.body));
    r.headers.emplace_back("ETag", tag);
    r.headers.emplace_back("Vary", depends_on);
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

std::uint64_t share_of(const call& c) { return c.who ? c.member().value : shares::share_of_address(c.request.peer); }

asio::awaitable<void> on_lane(services& all, shares::lane which, std::uint64_t whose, std::function<void()> slow) {
    co_await run_errand(all, which, whose, std::move(slow), false);
}

asio::awaitable<void> on_lane(const call& c, shares::lane which, std::function<void()> slow) {
    co_await run_errand(c.all(), which, share_of(c), std::move(slow), false);
}

asio::awaitable<void> on_lane_again(services& all, shares::lane which, std::uint64_t whose, std::function<void()> slow) {
    co_await run_errand(all, which, whose, std::move(slow), true);
}


std::optional<wire::problem> read_moment(const call& c, std::optional<wire::moment>& as_of) {
    const auto found = c.request.query.find("as_of");
    if (found == c.request.query.end()) return std::nullopt;
    const auto& read = c.all().read;
    auto parsed = wire::parse_moment(found->second, read.log(), read.set_backs(), read.utc_offset(), read.now());
    if (auto* no = std::get_if<wire::problem>(&parsed)) return *no;
    as_of = std::get<wire::moment>(parsed);
    return std::nullopt;
}

}  // namespace server::http
