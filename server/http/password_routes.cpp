// Passwords: one's own, and the one-time link of somebody who has none or has lost it (D11).

#include "server/http/router.hpp"

#include "events/codec/json_write.hpp"
#include "server/openapi/shape_of.hpp"
#include "server/ops/logging.hpp"
#include "server/wire/json_object.hpp"

namespace server::http {
namespace {

using boost::asio::awaitable;

struct new_password {
    std::string password;
    std::optional<std::string> current;
};
BOOST_DESCRIBE_STRUCT(new_password, (), (password, current))

struct reset_order {
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(reset_order, (), (reason))

struct redemption {
    std::string secret;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(redemption, (), (secret, password))

constexpr core::refusal theirs_alone{"password_is_theirs", "D11", "密码由本人设定。系统管理员可以给出一次性链接：POST /api/v1/members/{id}/password-link（命令行 opsroom member reset）。",
                                     "A password is its owner's to choose. An administrator gives them a one-time link: POST "
                                     "/api/v1/members/{id}/password-link (on the command line, opsroom member reset).", core::obstacle::who};

struct named {
    std::string login;
    std::string name;
};

std::optional<named> names_of(const call& c, events::member_id who) {
    return c.all().read.views().read([&](const auto& v, events::position) -> std::optional<named> {
        const auto* row = v.directory.row(who);
        if (!row || !row->who.active || !row->login) return std::nullopt;
        return named{*row->login, row->name.value_or(std::string())};
    });
}

events::member_id whose(const call& c) {
    if (c.parts[0] == "me") return c.member();
    return {number(c.parts[0]).value_or(0)};
}

awaitable<response> set_password(call c) {
    new_password given;
    if (const auto no = read_body(c, given)) co_return refuse(*no, c.language());
    if (whose(c) != c.member()) co_return refuse(wire::make(403, theirs_alone), c.language());
    catch_views_up(c);
    const auto names = names_of(c, c.member());
    if (!names) co_return refuse(wire::make(404, wire::problems::not_found), c.language());
    std::optional<wire::problem> no;
    const auto keep = c.who->principal.by == identity::credential::session ? c.who->principal.id : 0;
    co_await on_lane(c, shares::lane::sign_in, [&] {
        const auto right = c.all().accounts.verify(c.member(), given.current.value_or(""), origin_of(c));
        if (!right) {
            no = from_identity(right.error().why, right.error().retry_after);
            return;
        }
        const auto set = c.all().accounts.set_password(c.member(), names->login, given.password, {.keep = keep, .name = names->name});
        if (!set) no = from_identity(set.error());
    });
    if (no) co_return refuse(*no, c.language());
    co_return json({}, 204);
}

/// An event first, so that it is known whatever happens then; and where that is refused nothing else has happened.
awaitable<response> give_link(call c) {
    reset_order order;
    if (const auto no = read_body(c, order)) co_return refuse(*no, c.language());
    const auto who = whose(c);
    const auto language = c.language();
    // Named, as g++ 12 would free the command of an expression twice.
    const core::any_command reset{core::member::command(core::member::reset_password{order.reason})};
    const auto done = co_await carry_out(c, stream_of(who), reset);
    if (const auto* no = std::get_if<wire::problem>(&done)) co_return refuse(*no, language);
    catch_views_up(c);
    const auto names = names_of(c, who);
    if (!names) co_return refuse(wire::make(404, wire::problems::not_found), language);
    std::optional<boost::system::result<identity::one_time_link, identity::error>> made;
    co_await on_lane(c, shares::lane::sign_in, [&] { made = c.all().accounts.reset(who, names->login); });
    if (!*made) co_return refuse(from_identity(made->error()), language);
    ops::log_warning("a password was reset", {{"member", who.value}, {"by", c.member().value}, {"position", std::get<engine::done>(done).position.value}});
    const auto& link = **made;
    std::string out;
    {
        wire::json_object o(out);
        o.put("member", who).put("login", names->login).put("secret", link.secret).put("expires", link.expires);
        // Behind the #: it is not sent to any server, and so in nobody's log.
        o.put("link", (c.request.secure ? "https://" : "http://") + c.request.host + "/#/password/" + link.secret);
    }
    auto r = json(std::move(out), 201);
    r.headers.emplace_back("Cache-Control", "no-store");
    co_return r;
}

awaitable<response> redeem_link(call c) {
    redemption given;
    if (const auto no = read_body(c, given)) co_return refuse(*no, c.language());
    std::optional<boost::system::result<events::member_id, identity::error>> whose;
    co_await on_lane(c, shares::lane::sign_in, [&] { whose = c.all().accounts.owner_of_link(given.secret); });
    if (!*whose) co_return refuse(from_identity(whose->error()), c.language());
    const auto names = names_of(c, **whose);
    if (!names) co_return refuse(from_identity(identity::error::bad_link), c.language());
    std::optional<boost::system::result<events::member_id, identity::error>> done;
    co_await on_lane(c, shares::lane::sign_in, [&] { done = c.all().accounts.redeem(given.secret, given.password, names->name); });
    if (!*done) co_return refuse(from_identity(done->error()), c.language());
    std::string out;
    wire::json_object(out).put("member", **done).put("login", names->login).put("name", names->name);
    auto r = json(std::move(out));
    r.headers.emplace_back("Cache-Control", "no-store");
    co_return r;
}

}  // namespace

wire::problem from_identity(identity::error why, std::chrono::seconds retry_after) {
    using identity::error;
    const auto status = [&] {
        switch (why) {
            case error::bad_credentials: case error::expired: case error::unknown: return 401;
            case error::bad_link: return 403;
            case error::throttled: return 429;
            case error::busy: return 503;
            case error::no_room: return 507;
            case error::login_taken: case error::too_many_tokens: case error::no_account: return 409;
            case error::bad_login: case error::bad_password: case error::common_password: case error::bad_label: case error::bad_lifetime: return 422;
            default: return 500;
        }
    }();
    auto p = wire::make(status, identity::explain(why));
    if (retry_after.count() > 0) p.retry_after_seconds = static_cast<int>(retry_after.count());
    return p;
}

std::vector<route> password_routes() {
    using openapi::operation;
    using openapi::shape_of;
    using identity::explain, identity::error;
    const auto chooses = [](operation is) {
        return std::move(is).refuses(422, wire::problems::bad_fields).refuses(422, explain(error::bad_password)).refuses(422, explain(error::common_password)).refuses(429, wire::problems::rate_limited)
            .refuses(429, explain(error::throttled));
    };
    return {
        {method::put, "/api/v1/members/{id}/password", set_password,
         chooses(operation("修改自己的密码", "Change one's password").more("同时结束其他登录和全部令牌。", "It ends every other session and all tokens.").part("id", "text", "自己的编号，或 me", "One's own number, or `me`")
                     .takes(shape_of<new_password>()).done().refuses(401, explain(error::bad_credentials)).refuses(403, theirs_alone).refuses(409, explain(error::no_account)))},
        {method::post, "/api/v1/members/{id}/password-link", give_link,
         operation("给出设定密码的一次性链接（AD）", "Give a one-time link to choose a password by (AD)").more("同时结束此人的密码、会话与令牌。", "It ends their password, sessions and tokens.")
             .part("id", "text", "成员编号", "The member's number").takes(shape_of<reset_order>()).answers("OneTimeLink", 201)
             .refuses(403, wire::problems::forbidden).refuses(409, explain(error::no_account)).refuses(409, explain(error::login_taken))},
        {method::post, "/api/v1/password", redeem_link,
         chooses(operation("凭一次性链接设定密码", "Choose a password by a one-time link").takes(shape_of<redemption>()).answers("{ member: id, login: text, name: text }").refuses(403, explain(error::bad_link))), needs::nobody},
    };
}

}  // namespace server::http
