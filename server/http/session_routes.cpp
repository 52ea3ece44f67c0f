// Signing in and out, passwords, personal access tokens.

#include "server/http/router.hpp"

#include "events/codec/json_write.hpp"

namespace server::http {
namespace {

using boost::asio::awaitable;
using events::codec::write_json;

struct credentials {
    std::string login;
    std::string password;
    std::optional<std::string> label;
    std::optional<std::uint32_t> days;
};
BOOST_DESCRIBE_STRUCT(credentials, (), (login, password, label, days))

struct new_password {
    std::string password;
    std::optional<std::string> current;
};
BOOST_DESCRIBE_STRUCT(new_password, (), (password, current))

struct token_order {
    std::string label;
    std::optional<std::uint32_t> days;
};
BOOST_DESCRIBE_STRUCT(token_order, (), (label, days))

constexpr std::uint32_t token_days_default = 90;

/// Reads the body, or says what is wrong with it.
template <class T>
std::optional<wire::problem> read_body(const call& c, T& out) {
    if (!c.request.content_type.starts_with("application/json")) return wire::make(415, wire::problems::not_json);
    const auto root = c.on.bodies.parse(c.request.body);
    if (!root) return wire::make(400, wire::problems::malformed_json);
    if (const auto fault = events::codec::read_json(*root, out)) return wire::from_fault(fault);
    return std::nullopt;
}

wire::problem from_identity(identity::error why, std::chrono::seconds retry_after = {}) {
    using identity::error;
    const auto status = [&] {
        switch (why) {
            case error::bad_credentials: case error::expired: case error::unknown: return 401;
            case error::throttled: return 429;
            case error::busy: return 503;
            case error::login_taken: case error::too_many_tokens: case error::no_account: return 409;
            case error::bad_login: case error::bad_password: case error::bad_label: case error::bad_lifetime: return 422;
            default: return 500;
        }
    }();
    auto p = wire::make(status, identity::explain(why));
    if (retry_after.count() > 0) p.retry_after_seconds = static_cast<int>(retry_after.count());
    return p;
}

std::string token_json(const identity::token& t, std::string_view secret) {
    std::string out = R"({"id":)";
    write_json(out, t.id);
    out += R"(,"label":)";
    write_json(out, t.label);
    out += R"(,"created":)";
    write_json(out, t.created);
    out += R"(,"expires":)";
    write_json(out, t.expires);
    if (!secret.empty()) {
        out += R"(,"token":)";
        write_json(out, secret);
    }
    out += '}';
    return out;
}

/// The member behind a login and a password that is right, who is still here.
awaitable<std::variant<events::member_id, wire::problem>> check(const call& c, const credentials& given) {
    std::optional<boost::system::result<events::member_id, identity::login_refusal>> checked;
    co_await on_worker(c.all(), [&] { checked = c.all().accounts.verify(given.login, given.password, c.request.peer); });
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

awaitable<response> log_in(call c) {
    credentials given;
    if (const auto no = read_body(c, given)) co_return refuse(*no, c.language());
    auto who = co_await check(c, given);
    if (const auto* no = std::get_if<wire::problem>(&who)) co_return refuse(*no, c.language());
    const auto member = std::get<events::member_id>(who);
    std::optional<boost::system::result<identity::new_session, identity::error>> made;
    co_await on_worker(c.all(), [&] { made = c.all().accounts.start_session(member); });
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
    r.headers.emplace_back("Cache-Control", "no-store");
    co_return r;
}

awaitable<response> who_am_i(call c) {
    auto about = c.all().read.member(c.member(), c.member());
    if (auto* d = std::get_if<wire::document>(&about)) {
        d->body.pop_back();
        d->body += R"(,"position":)" + std::to_string(d->at.value) + '}';
    }
    co_return respond(c, std::move(about));
}

awaitable<response> log_out(call c) {
    const auto who = c.who->principal;
    co_await on_worker(c.all(), [&] {
        if (who.by == identity::credential::session) c.all().accounts.end_session(who.member, who.id);
        else (void)c.all().accounts.revoke_token(who.member, who.id);
    });
    auto r = json({}, 204);
    r.headers.emplace_back("Set-Cookie", cookie(c, "", 0));
    co_return r;
}

awaitable<response> issue(const call& c, events::member_id who, const std::string& label, std::uint32_t days) {
    std::optional<boost::system::result<identity::new_token, identity::error>> made;
    const int lasting = static_cast<int>(std::min<std::uint32_t>(days, 1'000'000));
    co_await on_worker(c.all(), [&] { made = c.all().accounts.issue_token(who, label, lasting); });
    if (!*made) co_return refuse(from_identity(made->error()), c.language());
    auto out = token_json((**made).about, (**made).secret);
    out.pop_back();
    out += R"(,"member":)" + std::to_string(who.value) + '}';
    auto r = json(std::move(out), 201);
    r.headers.emplace_back("Cache-Control", "no-store");
    co_return r;
}

awaitable<response> log_in_for_token(call c) {
    credentials given;
    if (const auto no = read_body(c, given)) co_return refuse(*no, c.language());
    auto who = co_await check(c, given);
    if (const auto* no = std::get_if<wire::problem>(&who)) co_return refuse(*no, c.language());
    co_return co_await issue(c, std::get<events::member_id>(who), given.label.value_or("opsroom"), given.days.value_or(token_days_default));
}

awaitable<response> make_token(call c) {
    token_order order;
    if (const auto no = read_body(c, order)) co_return refuse(*no, c.language());
    co_return co_await issue(c, c.member(), order.label, order.days.value_or(token_days_default));
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
    co_await on_worker(c.all(), [&] { done = c.all().accounts.revoke_token(c.member(), *id); });
    if (!*done) co_return refuse(wire::make(404, wire::problems::not_found), c.language());
    co_return json({}, 204);
}

awaitable<response> set_password(call c) {
    const auto id = number(c.parts[0]);
    new_password given;
    if (const auto no = read_body(c, given)) co_return refuse(*no, c.language());
    const events::member_id whose{id.value_or(0)};
    catch_views_up(c);
    const auto login = c.all().read.views().read([&](const auto& v, events::position) -> std::optional<std::string> {
        const auto* row = v.directory.row(whose);
        return row && row->who.active ? row->login : std::nullopt;
    });
    const auto asker = c.all().read.person(c.member());
    const bool own = whose == c.member();
    if (!own && !asker->has("AD")) co_return refuse(wire::make(403, wire::problems::forbidden), c.language());
    if (!login) co_return refuse(wire::make(404, wire::problems::not_found), c.language());
    std::optional<wire::problem> no;
    const auto keep = own && c.who->principal.by == identity::credential::session ? c.who->principal.id : 0;
    co_await on_worker(c.all(), [&] {
        if (own) {
            const auto right = c.all().accounts.verify(whose, given.current.value_or(""), c.request.peer);
            if (!right) {
                no = from_identity(right.error().why, right.error().retry_after);
                return;
            }
        }
        const auto set = c.all().accounts.set_password(whose, *login, given.password, keep);
        if (!set) no = from_identity(set.error());
    });
    if (no) co_return refuse(*no, c.language());
    co_return json({}, 204);
}

}  // namespace

std::vector<route> session_routes() {
    return {
        {method::post, "/api/v1/session", log_in, needs::nobody},
        {method::get, "/api/v1/session", who_am_i},
        {method::del, "/api/v1/session", log_out},
        {method::post, "/api/v1/session/token", log_in_for_token, needs::nobody},
        {method::post, "/api/v1/tokens", make_token},
        {method::get, "/api/v1/tokens", list_tokens},
        {method::del, "/api/v1/tokens/{}", revoke_token},
        {method::put, "/api/v1/members/{}/password", set_password},
    };
}

}  // namespace server::http
