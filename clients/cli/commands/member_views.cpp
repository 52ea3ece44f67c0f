#include "clients/cli/address.hpp"
#include "clients/cli/commands/commands.hpp"
#include "clients/cli/feeds.hpp"
#include "clients/cli/labels.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/terminal.hpp"

#include <fmt/format.h>

#include <iostream>

namespace cli {
namespace {

std::string name_or_erased(const context& about, const json& row) {
    return text_at(row, "status") == "erased" ? about.say({"（已抹除）", "(erased)"}) : text_at(row, "name");
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
        {{"状态", "STATUS"}, "status", [l](const json& r) { return state_cell(l, text_at(r, "status")); }, false, false},
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
                        {{"状态", "status"}, state_cell(about.with.language, text_at(row, "status"))},
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
    bool from_stdin = false;
};

void set_password(context& about, const password_options& given) {
    const auto me = about.names().me();
    const auto whose = given.member.empty() ? me : about.names().person(given.member);
    json body = json::object();
    if (whose == me) {
        // With --password-stdin the present one is the first line, the new one the second.
        if (given.from_stdin) {
            std::string current;
            std::getline(std::cin, current);
            body["current"] = current;
        } else if (stdin_is_terminal()) {
            body["current"] = ask_secretly(about.say({"当前密码：", "Present password: "}));
        }
    }
    body["password"] = new_password(about, given.from_stdin);
    about.server().put(fmt::format("/api/v1/members/{}/password", whose), body);
    if (!about.with.quiet) about.out << about.say({"密码已更改\n", "the password is changed\n"});
}

}  // namespace

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
    auto* change = t.verb(noun, "password", {"更改密码：自己的，或（管理员）别人的", "change a password: yours, or as AD anyone's"},
                          "opsroom member password\nprintf '%s\\n' \"$NEW\" | opsroom member password @li.na --password-stdin",
                          [password](context& about) { set_password(about, *password); });
    t.option(change, "MEMBER", password->member, "", {"谁；不给则为自己", "who; yourself if left out"});
    t.flag(change, "--password-stdin", password->from_stdin,
           {"从标准输入读：自己的为当前密码、新密码各一行，别人的为新密码一行", "read it: for yourself the present one and the new one, a line each; for others the new one"});
}

}  // namespace cli
