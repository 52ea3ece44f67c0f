// Signing in and out, sessions, personal access tokens.

#include "server/http/framing.hpp"
#include "server/http/router.hpp"

#include "events/codec/json_write.hpp"
#include "server/openapi/shape_of.hpp"
#include "server/wire/json_object.hpp"

namespace server::http {
namespace {

using boost::asio::awaitable;
using events::codec::write_json;

struct credentials {
    std::string login;
    std::string password;
    std::optional<std::string> label;
    std::optional<std::uint32_t> days;
    std::optional<std::string> device;  ///< what it was told when it last logged in: programs keep no cookies
};
BOOST_DESCRIBE_STRUCT(credentials, (), (login, password, label, days, device))

struct token_order {
    std::string label;
    std::optional<std::uint32_t> days;
    std::string password;  ///< again: whoever sits at somebody else's session makes nothing that outlasts it
};
BOOST_DESCRIBE_STRUCT(token_order, (), (label, days, password))

constexpr std::uint32_t token_days_default = 90;

std::string token_json(const identity::token& t, std::string_view secret) {
    std::string out = R"({"id":)";
    write_json(out, t.id);
    out += R"(,"label":)";
    write_json(out, t.label);
    out += R"(,"created":)";
    write_json(out, t.created);
    out += R"(,"expires":)";
    write_json(out, t.expires);
    if (t.used != events::instant{}) {
        out += R"(,"used":)";
        write_json(out, t.used);
    }
    if (!secret.empty()) {
        out += R"(,"token":)";
        write_json(out, secret);
    }
    out += '}';
    return out;
}

identity::origin where_from(const call& c, const credentials& given) {
    auto from = origin_of(c);
    if (given.device) from.device = *given.device;
    return from;
}

/// The member behind a login and a password that is right, who is still here.
awaitable<std::variant<events::member_id, wire::problem>> check(const call& c, const credentials& given) {
    std::optional<boost::system::result<events::member_id, identity::login_refusal>> checked;
    co_await on_lane(c, shares::lane::sign_in, [&] { checked = c.all().accounts.verify(given.login, given.password, where_from(c, given)); });
    if (!*checked) co_return from_identity(checked->error().why, checked->error().retry_after);
    const auto who = c.all().read.person(**checked);
    if (!who || !who->active) co_return from_identity(identity::error::bad_credentials);
    co_return **checked;
}

std::string name_of(const call& c, events::member_id who) {
    return c.all().read.views().read([&](const auto& v, events::position) {
        const auto* row = v.directory.row(who);
        return row && row->name ? *row->name : std::string();
    });
}

std::string cookie(const call& c, std::string_view secret, std::int64_t seconds) {
    std::string text = "opsroom_session=";
    text += secret;
    text += "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(seconds);
    if (c.request.secure) text += "; Secure";
    return text;
}

/// Says nothing of who it is, and outlives the session: where somebody has signed in before, strangers can't lock them out.
std::string device_cookie(const call& c, std::string_view secret) {
    std::string text = "opsroom_device=";
    text += secret;
    text += "; Path=/api/v1; HttpOnly; SameSite=Strict; Max-Age=15552000";
    if (c.request.secure) text += "; Secure";
    return text;
}

awaitable<response> log_in(call c) {
    credentials given;
    if (const auto no = read_body(c, given)) co_return refuse(*no, c.language());
    auto who = co_await check(c, given);
    if (const auto* no = std::get_if<wire::problem>(&who)) co_return refuse(*no, c.language());
    const auto member = std::get<events::member_id>(who);
    std::optional<boost::system::result<identity::new_session, identity::error>> made;
    co_await on_lane(c, shares::lane::sign_in, [&] { made = c.all().accounts.start_session(member, where_from(c, given)); });
    if (!*made) co_return refuse(from_identity(made->error()), c.language());
    const auto& session = **made;
    std::string out = R"({"member":)";
    write_json(out, member);
    out += R"(,"name":)";
    write_json(out, name_of(c, member));
    out += R"(,"expires":)";
    write_json(out, session.who.expires);
    out += '}';
    auto r = json(std::move(out));
    r.headers.emplace_back("Set-Cookie", cookie(c, session.secret, std::int64_t{c.all().config.session_days} * 86'400));
    if (!session.device.empty()) r.headers.emplace_back("Set-Cookie", device_cookie(c, session.device));
    r.headers.emplace_back("Cache-Control", "no-store");
    co_return r;
}

/// Of resets of their password that they have not taken note of.
std::string resets_of(const call& c) {
    std::string out = R"(,"resets":)";
    c.all().read.views().read([&](const auto& v, events::position) {
        const auto* row = v.directory.row(c.member());
        write_json(out, row ? row->resets : std::vector<core::views::told_reset>());
    });
    return out;
}

awaitable<response> who_am_i(call c) {
    auto about = c.all().read.member(c.member(), c.member());
    if (auto* d = std::get_if<wire::document>(&about)) {
        d->body.pop_back();
        d->body += R"(,"position":)" + std::to_string(d->at.value) + resets_of(c) + '}';
    }
    co_return respond(c, std::move(about));
}

awaitable<response> log_out(call c) {
    const auto who = c.who->principal;
    co_await on_lane(c, shares::lane::sign_in, [&] {
        if (who.by == identity::credential::session) c.all().accounts.end_session(who.member, who.id);
        else (void)c.all().accounts.revoke_token(who.member, who.id);
    });
    auto r = json({}, 204);
    r.headers.emplace_back("Set-Cookie", cookie(c, "", 0));
    co_return r;
}

awaitable<response> issue(const call& c, events::member_id who, const std::string& label, std::uint32_t days, identity::origin from) {
    std::optional<boost::system::result<identity::new_token, identity::error>> made;
    const int lasting = static_cast<int>(std::min<std::uint32_t>(days, 1'000'000));
    co_await on_lane(c, shares::lane::sign_in, [&] { made = c.all().accounts.issue_token(who, label, lasting, from); });
    if (!*made) co_return refuse(from_identity(made->error()), c.language());
    auto out = token_json((**made).about, (**made).secret);
    out.pop_back();
    out += R"(,"member":)" + std::to_string(who.value);
    if (!(**made).device.empty()) {
        out += R"(,"device":)";
        write_json(out, (**made).device);
    }
    out += '}';
    auto r = json(std::move(out), 201);
    r.headers.emplace_back("Cache-Control", "no-store");
    co_return r;
}

std::uint32_t days_of(const call& c, const std::optional<std::uint32_t>& asked) {
    return asked.value_or(std::min(token_days_default, c.all().config.token_days_max));
}

awaitable<response> log_in_for_token(call c) {
    credentials given;
    if (const auto no = read_body(c, given)) co_return refuse(*no, c.language());
    auto who = co_await check(c, given);
    if (const auto* no = std::get_if<wire::problem>(&who)) co_return refuse(*no, c.language());
    co_return co_await issue(c, std::get<events::member_id>(who), given.label.value_or("opsroom"), days_of(c, given.days), where_from(c, given));
}

awaitable<response> make_token(call c) {
    token_order order;
    if (const auto no = read_body(c, order)) co_return refuse(*no, c.language());
    std::optional<boost::system::result<void, identity::login_refusal>> right;
    co_await on_lane(c, shares::lane::sign_in, [&] { right = c.all().accounts.verify(c.member(), order.password, origin_of(c)); });
    if (!*right) co_return refuse(from_identity(right->error().why, right->error().retry_after), c.language());
    co_return co_await issue(c, c.member(), order.label, days_of(c, order.days), origin_of(c));
}

std::string session_json(const identity::session& s, bool current) {
    std::string out;
    {
        wire::json_object o(out);
        o.put("id", s.id).put("created", s.created).put("used", s.used).put("expires", s.expires).put("limit", s.limit);
        o.put("address", s.address).put("agent", s.agent).put("current", current);
    }
    return out;
}

awaitable<response> list_sessions(call c) {
    std::string out = R"({"items":[)";
    const auto& mine = c.who->principal;
    for (const auto& s : c.all().accounts.sessions_of(c.member())) {
        if (out.back() != '[') out += ',';
        out += session_json(s, mine.by == identity::credential::session && mine.id == s.id);
    }
    out += R"(],"next":null})";
    co_return json(std::move(out));
}

awaitable<response> end_session(call c) {
    const auto id = number(c.parts[0]);
    bool there = false;
    if (id) co_await on_lane(c, shares::lane::sign_in, [&] { there = c.all().accounts.end_session(c.member(), *id); });
    if (!there) co_return refuse(wire::make(404, wire::problems::not_found), c.language());
    co_return json({}, 204);
}

awaitable<response> end_other_sessions(call c) {
    const auto& mine = c.who->principal;
    co_await on_lane(c, shares::lane::sign_in, [&] {
        c.all().accounts.end_other_sessions(mine.member, mine.by == identity::credential::session ? mine.id : 0);
    });
    co_return json({}, 204);
}

awaitable<response> list_tokens(call c) {
    std::string out = R"({"items":[)";
    for (const auto& t : c.all().accounts.tokens_of(c.member())) {
        if (out.back() != '[') out += ',';
        out += token_json(t, {});
    }
    out += R"(],"next":null})";
    co_return json(std::move(out));
}

awaitable<response> revoke_token(call c) {
    const auto id = number(c.parts[0]);
    if (!id) co_return refuse(wire::make(404, wire::problems::not_found), c.language());
    std::optional<boost::system::result<void, identity::error>> done;
    co_await on_lane(c, shares::lane::sign_in, [&] { done = c.all().accounts.revoke_token(c.member(), *id); });
    if (!*done) co_return refuse(wire::make(404, wire::problems::not_found), c.language());
    co_return json({}, 204);
}

}  // namespace

std::vector<route> session_routes() {
    using openapi::operation;
    using openapi::shape_of;
    using identity::explain, identity::error;
    const auto signs_in = [](operation is) {
        return std::move(is).refuses(401, explain(error::bad_credentials)).refuses(409, explain(error::no_account)).refuses(429, wire::problems::rate_limited).refuses(429, explain(error::throttled));
    };
    const auto makes_token = [&](operation is) {
        return signs_in(std::move(is).answers("NewToken", 201)).refuses(409, explain(error::too_many_tokens)).refuses(422, wire::problems::bad_fields)
            .refuses(422, explain(error::bad_label)).refuses(422, explain(error::bad_lifetime));
    };
    return {
        {method::post, "/api/v1/session", log_in,
         signs_in(operation("登录", "Log in").more("会话在 cookie opsroom_session 中。", "The session lies in the cookie opsroom_session.").takes(shape_of<credentials>()).answers("SignedIn")), needs::nobody},
        {method::get, "/api/v1/session", who_am_i, operation("我是谁", "Who one is").answers("Me").tagged()},
        {method::del, "/api/v1/session", log_out, operation("退出登录", "Log out").more("以令牌调用时撤销该令牌。", "Called with a token, it ends that token.").done()},
        {method::post, "/api/v1/session/token", log_in_for_token,
         makes_token(operation("登录并取得令牌", "Log in and issue a token").more("供不保存 cookie 的程序使用；device 为新程序的标识，下次带上。", "For programs that keep no cookies; `device` is what a new one is known by, to be given the next time.")
                         .takes(shape_of<credentials>())), needs::nobody},
        {method::post, "/api/v1/tokens", make_token, makes_token(operation("新建访问令牌", "Issue a personal access token").takes(shape_of<token_order>()))},
        {method::get, "/api/v1/tokens", list_tokens, operation("自己的访问令牌", "One's tokens").answers("{ items: Token[], next: null }")},
        {method::del, "/api/v1/tokens/{id}", revoke_token, operation("撤销访问令牌", "Revoke a token").done()},
        {method::get, "/api/v1/sessions", list_sessions, operation("自己的登录", "Where one is logged in").answers("{ items: Session[], next: null }")},
        {method::del, "/api/v1/sessions", end_other_sessions, operation("结束其他登录", "End all other sessions").done()},
        {method::del, "/api/v1/sessions/{id}", end_session, operation("结束一处登录", "End a session").done()},
    };
}

}  // namespace server::http
