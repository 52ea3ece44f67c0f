#include "clients/cli/client.hpp"
#include "clients/cli/commands/commands.hpp"
#include "clients/cli/feeds.hpp"
#include "clients/cli/labels.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/terminal.hpp"
#include "clients/cli/when.hpp"

#include <fmt/format.h>

#include <iostream>

namespace cli {
namespace {

std::string name_or_erased(const context& about, const json& row) {
    if (text_at(row, "status") == "erased") return about.say({"（已抹除）", "(erased)"});
    return at_or_null(row, "name").is_string() ? text_at(row, "name") : about.say({"（密钥丢失）", "(key lost)"});
}

std::string at_login(const json& row) {
    const auto login = text_at(row, "login");
    return login.empty() ? login : "@" + login;
}

std::vector<shown_column> member_columns(const context& about) {
    const auto l = about.with.language;
    return {
        {{"编号", "ID"}, "id", [](const json& r) { return cell{raw(at_or_null(r, "id"))}; }, true, false},
        {{"姓名", "NAME"}, "name", [&about](const json& r) { return cell{name_or_erased(about, r)}; }},
        {{"登录名", "LOGIN"}, "login", [](const json& r) { return cell{at_login(r), paint::dim}; }},
        {{"部门", "DEPARTMENT"}, "department", [](const json& r) { return cell{text_at(r, "department")}; }},
        {{"角色", "ROLES"}, "roles", [](const json& r) { return cell{raw(at_or_null(r, "roles"))}; }},
        {{"语言", "LANG"}, "language", [](const json& r) { return cell{text_at(r, "language")}; }, false, false},
        {{"状态", "STATUS"}, "status", [l](const json& r) { return state_cell(l, "member", text_at(r, "status")); }, false, false},
    };
}

struct list_options {
    std::string department;
    std::string role;
    std::string as_of;
    bool all = false;
    bool watch = false;
};

std::string listed(context& about, const list_options& only) {
    json rows = json::array();
    for (const auto& each : about.server().list(at_moment("/api/v1/members", only.as_of))) {
        const auto& roles = list_at(each, "roles");
        const bool plays = only.role.empty() || std::find(roles.begin(), roles.end(), only.role) != roles.end();
        const bool there = only.all || text_at(each, "status") == "active";
        if (there && plays && (only.department.empty() || text_at(each, "department") == only.department)) rows.push_back(each);
    }
    return shown_list(about, rows, member_columns(about));
}

std::string shown(context& about, const std::string& who, const std::string& as_of) {
    const auto row = about.server().get(at_moment(fmt::format("/api/v1/members/{}", about.names().person(who)), as_of));
    return shown_thing(about, row,
                       {{{"编号", "id"}, {raw(at_or_null(row, "id"))}},
                        {{"姓名", "name"}, {name_or_erased(about, row), paint::bold}},
                        {{"登录名", "login"}, {at_login(row)}},
                        {{"来源身份", "external"}, {text_at(row, "external")}},
                        {{"部门", "department"}, {text_at(row, "department")}},
                        {{"角色", "roles"}, {raw(at_or_null(row, "roles"))}},
                        {{"语言", "language"}, {text_at(row, "language")}},
                        {{"状态", "status"}, state_cell(about.with.language, "member", text_at(row, "status"))},
                        {{"版本", "version"}, {raw(at_or_null(row, "version"))}}});
}

std::string new_password(context& about, bool from_stdin) {
    std::string out;
    if (from_stdin) {
        std::getline(std::cin, out);
        return out;
    }
    if (!stdin_is_terminal())
        throw failure(exit_code::usage, "这里没有终端可供输入：请用 --password-stdin", "there is no terminal to ask on: use --password-stdin");
    out = ask_secretly(about.say({"新密码：", "New password: "}));
    if (ask_secretly(about.say({"再输一次：", "Once more: "})) != out)
        throw failure(exit_code::invalid, "两次输入不一致", "the two are not the same");
    return out;
}

struct password_options {
    std::string member;
    std::string reason;
    bool from_stdin = false;
};

/// What an administrator hands to whom it is for.
void reset_password(context& about, const password_options& given) {
    const auto whose = about.names().person(given.member);
    const auto made = about.server().post(fmt::format("/api/v1/members/{}/password-link", whose), {{"reason", given.reason}});
    if (about.with.quiet && about.with.format == format::table) {
        about.out << text_at(made, "secret") << '\n';
        return;
    }
    about.out << shown_thing(about, made, {{{"登录名", "login"}, {text_at(made, "login")}},
                                           {{"链接", "link"}, {text_at(made, "link"), paint::bold}},
                                           {{"一次性密码", "secret"}, {text_at(made, "secret")}},
                                           {{"失效", "expires"}, {shown_time(text_at(made, "expires"))}}});
}

std::string asked_secret(context& about, const std::string& typed) {
    // Of a link what comes last.
    const auto slash = typed.rfind('/');
    const auto secret = slash == typed.npos ? typed : typed.substr(slash + 1);
    if (secret.empty()) throw failure(exit_code::usage, "请给出一次性链接或其中的密码", "give the one-time link, or the secret in it");
    return secret;
}

void set_password(context& about, const password_options& given) {
    json body = json::object();
    // With --password-stdin the present one is the first line, the new one the second.
    if (given.from_stdin) {
        std::string current;
        std::getline(std::cin, current);
        body["current"] = current;
    } else if (stdin_is_terminal()) {
        body["current"] = ask_secretly(about.say({"当前密码：", "Present password: "}));
    }
    body["password"] = new_password(about, given.from_stdin);
    about.server().put("/api/v1/members/me/password", body);
    // It ends every other session and token, so also the one that this was done with.
    if (!about.with.quiet) about.out << about.say({"密码已更改，其他会话和全部令牌已失效；请重新登录：opsroom login\n",
                                                   "the password is changed; every session and token has ended: log in again with opsroom login\n"});
}

void redeem(context& about, const password_options& given) {
    const auto secret = asked_secret(about, given.member);
    auto server = about.stranger();
    const auto done = server.post("/api/v1/password", {{"secret", secret}, {"password", new_password(about, given.from_stdin)}});
    if (!about.with.quiet) about.out << (about.with.zh() ? fmt::format("密码已设定，登录名 {}\n", text_at(done, "login")) : fmt::format("the password is set; your login is {}\n", text_at(done, "login")));
}

std::string change_in_words(context& about, const json& change) {
    std::string text;
    for (const auto& role : list_at(change, "roles")) text += (text.empty() ? "" : ",") + role.get<std::string>();
    if (const auto d = text_at(change, "department"); !d.empty()) text += d;
    if (const auto who = number_at(change, "person")) text += *who ? about.names().name_of(*who) : std::string("–");
    for (const auto* key : {"from", "until", "reason"})
        if (const auto t = text_at(change, key); !t.empty()) text += (text.empty() ? "" : " · ") + t;
    return text;
}

std::vector<shown_column> change_columns(context& about) {
    return {{{"成员", "MEMBER"}, "member", [&about](const json& r) { return cell{about.names().name_of(number_at(r, "member").value_or(0))}; }},
            {{"编号", "NUMBER"}, "number", [](const json& r) { return cell{raw(at_or_null(r, "number"))}; }, true, false},
            {{"变动", "CHANGE"}, "kind", [](const json& r) { return cell{text_at(at_or_null(r, "change"), "kind")}; }},
            {{"内容", "TO"}, "change", [&about](const json& r) { return cell{change_in_words(about, at_or_null(r, "change"))}; }},
            {{"提出者", "BY"}, "by", [&about](const json& r) { return cell{about.names().name_of(number_at(r, "by").value_or(0))}; }},
            {{"时间", "SINCE"}, "since", [](const json& r) { return cell{shown_time(text_at(r, "since"))}; }, false, false}};
}

}  // namespace

void say_what_waits(context& about, std::uint64_t member) {
    if (about.with.quiet) return;
    std::size_t waits = 0;
    try {
        const auto me = about.names().me();
        for (const auto& c : about.server().list("/api/v1/changes"))
            waits += number_at(c, "by") == me && (member == 0 || number_at(c, "member") == member);
    } catch (const failure&) {
        return;  // who has just left asks no more
    }
    if (waits == 0) return;
    std::cerr << "opsroom: "
              << (about.with.zh() ? fmt::format("有 {} 项变动须由第二人确认后才生效（D11）：opsroom member changes", waits)
                                  : fmt::format("{} {} for a second person to confirm (D11): opsroom member changes", waits, waits == 1 ? "change waits" : "changes wait"))
              << '\n';
}

void add_member_views(tree& t, CLI::App* noun) {
    auto only = std::make_shared<list_options>();
    auto* list = t.verb(noun, "list", {"人员名单", "who is here"},
                        "opsroom member list\nopsroom member list --role SP --watch\nopsroom member list --all -o csv",
                        [only](context& about) { show(about, only->watch, "directory", [&] { return listed(about, *only); }); });
    t.option(list, "--department", only->department, "CODE", {"只看这个部门", "of this department"});
    t.option(list, "--role", only->role, "CODE", {"只看有这个角色的人", "who have this role"});
    t.flag(list, "-a,--all", only->all, {"也包括已离开和已抹除的人", "also those who left or are erased"});
    t.dated(list, only->as_of);
    t.watchable(list, only->watch);

    auto who = std::make_shared<std::string>();
    auto as_of = std::make_shared<std::string>();
    auto watch = std::make_shared<bool>(false);
    auto* one = t.verb(noun, "show", {"一个人", "one person"}, "opsroom member show @chen.wei\nopsroom member show me --as-of 2026-11-01",
                       [=](context& about) { show(about, *watch, "directory", [&] { return shown(about, *who, *as_of); }); });
    t.required(t.option(one, "MEMBER", *who, "", {"谁", "who"}));
    t.dated(one, *as_of);
    t.watchable(one, *watch);

    auto password = std::make_shared<password_options>();
    auto* change = t.verb(noun, "password", {"更改自己的密码", "change your password"},
                          "opsroom member password\nprintf '%s\\n' \"$OLD\" \"$NEW\" | opsroom member password --password-stdin",
                          [password](context& about) { set_password(about, *password); });
    t.flag(change, "--password-stdin", password->from_stdin, {"从标准输入读：当前密码、新密码各一行", "read the present one and the new one from stdin, a line each"});

    auto reset = std::make_shared<password_options>();
    auto* give = t.verb(noun, "reset", {"（管理员）重设密码：本人用一次性链接自己设定；新成员也用它", "as AD: reset a password; they choose one by a one-time link, as newcomers do"},
                        "opsroom member reset @li.na \"Lost her phone\"", [reset](context& about) { reset_password(about, *reset); });
    t.required(t.option(give, "MEMBER", reset->member, "", {"谁", "who"}));
    t.required(t.option(give, "REASON", reset->reason, "", {"原因", "why"}));

    auto link = std::make_shared<password_options>();
    auto* choose = t.verb(noun, "redeem", {"用一次性链接设定密码", "choose a password by a one-time link"},
                          "opsroom member redeem http://127.0.0.1:8080/#/password/…\nprintf '%s\\n' \"$NEW\" | opsroom member redeem \"$SECRET\" --password-stdin",
                          [link](context& about) { redeem(about, *link); });
    t.required(t.option(choose, "LINK", link->member, "", {"链接，或其中的一次性密码", "the link, or the secret in it"}));
    t.flag(choose, "--password-stdin", link->from_stdin, {"从标准输入读新密码", "read the new password from stdin"});

    t.verb(noun, "changes", {"待第二人确认的变动（D11）", "changes that wait for a second person (D11)"}, "opsroom member changes",
           [](context& about) { about.out << shown_list(about, about.server().list("/api/v1/changes"), change_columns(about)); });
}

}  // namespace cli
