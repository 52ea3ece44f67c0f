// Who you are: login, logout, whoami, and the tokens that programs use.

#include "clients/cli/commands/commands.hpp"
#include "clients/cli/labels.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/terminal.hpp"
#include "clients/cli/when.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace cli {
namespace {

/// At most what a server can be set to allow.
constexpr range token_days{1, 3650};

struct login_options {
    std::string login;
    bool password_stdin = false;
    std::uint64_t days = 0;
};

std::string this_machine() {
    char name[256] = {};
    return ::gethostname(name, sizeof name - 1) == 0 ? std::string("opsroom @ ") + name : "opsroom";
}

failure no_terminal() {
    return {exit_code::usage, "这里没有终端可供输入：请用 --login 与 --password-stdin", "there is no terminal to ask on: use --login and --password-stdin"};
}

/// For checking sealed packages without the server. One that changes is said aloud: a server doesn't change its log's key.
void keep_log_key(context& about, const std::string& url) {
    const auto key = about.server().log_key();
    if (key.empty()) return;
    const auto before = about.store.keep_log_key(url, key);
    if (before.empty() || before == key) return;
    std::cerr << "opsroom: "
              << (about.with.zh() ? fmt::format("注意：{} 的日志签名密钥变了。原为 {}，现为 {}；请向管理员核实", url, before, key)
                                  : fmt::format("take care: the key that the log of {} is signed with has changed. It was {}, it is {}: ask an administrator", url, before, key))
              << '\n';
}

/// Whoever resets somebody's password is known to them (D11).
void say_of_resets(context& about) {
    for (const auto& r : list_at(about.server().get("/api/v1/session"), "resets"))
        std::cerr << "opsroom: "
                  << (about.with.zh() ? fmt::format("注意：您的密码曾于 {} 由 {} 重设（{}）。知悉后运行 opsroom member noted", shown_time(text_at(r, "at")), about.names().name_of(number_at(r, "by").value_or(0)), text_at(r, "reason"))
                                      : fmt::format("take care: your password was reset at {} by {} ({}). Once you have taken note: opsroom member noted", shown_time(text_at(r, "at")), about.names().name_of(number_at(r, "by").value_or(0)), text_at(r, "reason")))
                  << '\n';
}

void login(context& about, login_options given) {
    const auto url = about.server_url();
    if (given.login.empty()) {
        if (!stdin_is_terminal()) throw no_terminal();
        given.login = ask(about.say({"登录名：", "Login: "}));
    }
    std::string password;
    if (given.password_stdin) std::getline(std::cin, password);
    else if (stdin_is_terminal()) password = ask_secretly(about.say({"密码：", "Password: "}));
    else throw no_terminal();
    if (given.login.starts_with('@')) given.login.erase(0, 1);

    auto server = about.stranger();
    json asked{{"login", given.login}, {"password", password}, {"label", this_machine()}};
    if (given.days) asked["days"] = given.days;
    // Where somebody has logged in before, strangers who guess can't lock them out.
    const auto before = about.store.find(url);
    if (before && before->login == given.login && !before->device.empty()) asked["device"] = before->device;
    const auto reply = server.post("/api/v1/session/token", asked);
    const auto token = text_at(reply, "token");
    if (token.empty()) throw failure::from_problem(reply);
    auto ca = about.with.ca;
    // Kept for other folders to use as well.
    if (!ca.empty()) ca = std::filesystem::absolute(ca).string();
    const auto device = text_at(reply, "device");
    about.store.keep({url, given.login, token, number_at(reply, "id").value_or(0), ca, !device.empty() ? device : before ? before->device : std::string()});
    say_of_resets(about);
    keep_log_key(about, url);
    if (about.with.quiet) return;
    about.out << (about.with.zh() ? fmt::format("已登录 {}，身份 @{}\n", url, given.login)
                                  : fmt::format("logged in to {} as @{}\n", url, given.login));
}

void logout(context& about) {
    const auto url = about.server_url();
    const auto kept = about.store.find(url);
    if (!kept) throw failure(exit_code::unauthenticated, "本来就没有登录 " + url, "not logged in to " + url + " anyway");
    if (kept->token_id != 0) {
        try {
            about.server().remove(fmt::format("/api/v1/tokens/{}", kept->token_id));
        } catch (const failure& refused) {
            // What matters is that it is gone from here; a token that the server no longer takes is gone there too.
            if (refused.kind() != exit_code::unauthenticated && refused.kind() != exit_code::not_found)
                std::cerr << "opsroom: " << about.say({"令牌在服务器上仍有效：", "the token is still good at the server: "})
                          << refused.in(about.with.language) << '\n';
        }
    }
    about.store.forget(url);
    if (!about.with.quiet) about.out << about.say({"已退出 ", "logged out of "}) << url << '\n';
}

void whoami(context& about) {
    const auto me = about.server().get("/api/v1/session");
    about.out << shown_thing(about, me,
                             {{{"服务器", "server"}, {about.server_url()}},
                              {{"编号", "id"}, {raw(at_or_null(me, "id"))}},
                              {{"姓名", "name"}, {text_at(me, "name"), paint::bold}},
                              {{"登录名", "login"}, {text_at(me, "login")}},
                              {{"部门", "department"}, {text_at(me, "department")}},
                              {{"角色", "roles"}, {raw(at_or_null(me, "roles"))}},
                              {{"语言", "language"}, {text_at(me, "language")}}});
}

std::vector<shown_column> token_columns() {
    const auto plain = [](const char* key) {
        return [key](const json& r) { return cell{raw(at_or_null(r, key))}; };
    };
    const auto time = [](const char* key) {
        return [key](const json& r) { return cell{shown_time(text_at(r, key))}; };
    };
    return {{{"编号", "ID"}, "id", plain("id"), true, false},
            {{"用途", "LABEL"}, "label", plain("label")},
            {{"上次使用", "USED"}, "used", time("used"), false, false},
            {{"失效", "EXPIRES"}, "expires", time("expires"), false, false}};
}

std::vector<shown_column> session_columns() {
    const auto plain = [](const char* key) {
        return [key](const json& r) { return cell{raw(at_or_null(r, key))}; };
    };
    const auto time = [](const char* key) {
        return [key](const json& r) { return cell{shown_time(text_at(r, key))}; };
    };
    return {{{"编号", "ID"}, "id", plain("id"), true, false},
            {{"地址", "ADDRESS"}, "address", plain("address")},
            {{"程序", "PROGRAM"}, "agent", plain("agent")},
            {{"开始", "BEGAN"}, "created", time("created"), false, false},
            {{"上次使用", "USED"}, "used", time("used"), false, false},
            {{"最晚", "AT MOST"}, "limit", time("limit"), false, false}};
}

}  // namespace

void add_account_commands(tree& t) {
    auto given = std::make_shared<login_options>();
    auto* in = t.verb(&t.root(), "login", {"登录，并记住这台服务器", "log in, and remember the server"},
                      "opsroom login --server http://127.0.0.1:8080 --login chen.wei\n"
                      "opsroom login --server https://room.example:8443 --ca room.pem\n"
                      "printf '%s\\n' \"$PASSWORD\" | opsroom login --login chen.wei --password-stdin",
                      [given](context& about) { login(about, *given); });
    t.option(in, "--login", given->login, "NAME", {"登录名；不给则询问", "login; asked for if left out"});
    t.flag(in, "--password-stdin", given->password_stdin, {"从标准输入的第一行读密码", "read the password from the first line of stdin"});
    t.number(in, "--days", given->days, "N", token_days, {"多少天后需要重新登录（默认 90，以服务器允许的为限）", "days until it has to be done again (90, or as many as the server allows)"});
    t.verb(&t.root(), "logout", {"退出，并让令牌失效", "log out, and end the token"}, "opsroom logout", logout);
    t.verb(&t.root(), "whoami", {"我是谁", "who am I"}, "opsroom whoami\nopsroom whoami -o json", whoami);
}

void add_session_commands(tree& t) {
    auto* noun = t.noun("session", {"浏览器中的登录会话", "where you are logged in with a browser"}, "opsroom session list\nopsroom session end 12\nopsroom session end-all");
    t.verb(noun, "list", {"我的会话", "your sessions"}, "opsroom session list",
           [](context& about) { about.out << shown_list(about, about.server().list("/api/v1/sessions"), session_columns()); });
    auto which = std::make_shared<std::uint64_t>(0);
    auto* end = t.verb(noun, "end", {"结束一个会话", "end one of them"}, "opsroom session end 12", [which](context& about) {
        about.server().remove(fmt::format("/api/v1/sessions/{}", *which));
        if (!about.with.quiet) about.out << about.say({"会话已结束\n", "the session is ended\n"});
    });
    t.required(t.number(end, "SESSION", *which, "", any_number, {"会话编号", "the session's id"}));
    t.verb(noun, "end-all", {"结束全部会话", "end all of them"}, "opsroom session end-all", [](context& about) {
        about.server().remove("/api/v1/sessions");
        if (!about.with.quiet) about.out << about.say({"会话已全部结束\n", "they are all ended\n"});
    });
}

void add_token_commands(tree& t) {
    auto* noun = t.noun("token", {"程序使用的访问令牌", "access tokens for programs"},
                        "opsroom token create nightly-report --days 30\nopsroom token list\nopsroom token revoke 3");
    t.verb(noun, "list", {"我的令牌", "my tokens"}, "opsroom token list",
           [](context& about) { about.out << shown_list(about, about.server().list("/api/v1/tokens"), token_columns()); });

    struct create_options {
        std::string label;
        std::uint64_t days = 0;
        bool password_stdin = false;
    };
    auto wanted = std::make_shared<create_options>();
    auto* create = t.verb(noun, "create", {"发一个令牌；只显示这一次", "issue a token; it is shown this once"},
                          "opsroom token create nightly-report --days 30\nexport OPSROOM_TOKEN=$(opsroom token create ci -q --password-stdin < password)",
                          [wanted](context& about) {
                              std::string password;
                              if (wanted->password_stdin) std::getline(std::cin, password);
                              else if (stdin_is_terminal()) password = ask_secretly(about.say({"密码：", "Password: "}));
                              else throw no_terminal();
                              json order{{"label", wanted->label}, {"password", password}};
                              if (wanted->days) order["days"] = wanted->days;
                              const auto made = about.server().post("/api/v1/tokens", order);
                              if (about.with.quiet && about.with.format == format::table) about.out << text_at(made, "token") << '\n';
                              else about.out << shown_thing(about, made, {{{"编号", "id"}, {raw(at_or_null(made, "id"))}},
                                                                          {{"用途", "label"}, {text_at(made, "label")}},
                                                                          {{"失效", "expires"}, {shown_time(text_at(made, "expires"))}},
                                                                          {{"令牌", "token"}, {text_at(made, "token"), paint::bold}}});
                          });
    t.required(t.option(create, "LABEL", wanted->label, "", {"用途", "what it is for"}));
    t.number(create, "--days", wanted->days, "N", token_days, {"有效天数（默认 90）", "days that it is good for (90)"});
    t.flag(create, "--password-stdin", wanted->password_stdin, {"从标准输入的第一行读自己的密码", "read your password from the first line of stdin"});

    auto which = std::make_shared<std::uint64_t>(0);
    auto* revoke = t.verb(noun, "revoke", {"让令牌失效", "end a token"}, "opsroom token revoke 3", [which](context& about) {
        about.server().remove(fmt::format("/api/v1/tokens/{}", *which));
        if (!about.with.quiet) about.out << about.say({"令牌已失效\n", "the token is ended\n"});
    });
    t.required(t.number(revoke, "TOKEN", *which, "", any_number, {"令牌编号", "the token's id"}));
}

}  // namespace cli
