#include "server/recover.hpp"

#include "core/member/member.hpp"
#include "events/ending/ending.hpp"
#include "events/keys/file_keyring.hpp"
#include "events/rocksdb/rocksdb_log.hpp"
#include "server/demo/runner.hpp"
#include "server/sign_in.hpp"
#include "server/wire/documents.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <stdexcept>

namespace server {
namespace {

namespace fs = std::filesystem;
using core::member;

// Commands of this kind among those from inside the process.
constexpr std::uint8_t command_series = 9;
constexpr std::string_view why = "opsroomd recover-admin";

struct words {
    bool chinese;
    std::string operator()(const std::string& zh, const std::string& en) const { return chinese ? zh : en; }
};

events::instant system_now() { return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()); }

/// Who they are, with the role; joined where nobody has that login.
events::member_id made_administrator(demo::runner& act, const wire::documents& read, const ops::recovery& who) {
    const auto known = read.with_login(who.login);
    if (!known) {
        member::join joins{who.name, who.login, std::nullopt, {who.department}, {{"AD"}}, events::language::zh};
        return {act.run<member>(events::the_system, std::nullopt, std::move(joins)).stream.number};
    }
    const auto person = read.person(known);
    if (!person || !person->active)
        throw events::cannot_go_on(events::ending::failed, {"登录名 " + who.login + " 属于已离开的成员：请用 --login 另选一个",
                                                           "the login " + who.login + " is that of somebody who has left: choose another with --login"});
    auto roles = person->roles;
    if (!person->has("AD")) roles.push_back({"AD"});
    act.run<member>(events::the_system, stream_of(known), member::set_roles{roles});
    return known;
}

}  // namespace

int recover_admin(const ops::config& config, const ops::recovery& who) {
    const words say{ops::console_language(ops::process_environment()) == events::language::zh};
    const fs::path data = config.data;
    if (!fs::exists(data / "log"))
        throw events::cannot_go_on(events::ending::failed, {"数据目录 " + data.string() + " 中没有日志：请用 --data 指定",
                                                           "there is no log in the data folder " + data.string() + ": name it with --data"});
    auto opened = events::rocksdb_log::open(data);
    if (!opened) throw opened.error().ended();
    auto& log = **opened;
    events::file_keyring keys(data / "keys" / "people");
    identity::accounts accounts(data / "identity.db", system_now, identity_options(config));
    engine::engine room(log, keys, system_now,
                        {[](unsigned, std::vector<engine::addressed_answer>&& all) {
                             for (const auto& a : all) a.to->answered(a.command, a.what);
                         },
                         [](const engine::committed_batch&) {}},
                        {.utc_offset = std::chrono::minutes(config.utc_offset_minutes)});
    const wire::documents read(room.views(), log, keys, system_now, std::chrono::minutes(config.utc_offset_minutes));
    room.load();
    room.start();
    demo::runner act(room, command_series, log.head().value + 1);
    const auto admin = made_administrator(act, read, who);
    act.run<member>(events::the_system, stream_of(admin), member::reset_password{std::string(why)});
    room.stop();
    log.wait_indexed(log.head(), std::chrono::seconds(60));
    const auto link = accounts.reset(admin, who.login);
    if (!link) throw std::runtime_error(std::string(identity::explain(link.error()).in(say.chinese ? events::language::zh : events::language::en)));
    const auto hours = std::to_string(config.link_hours);
    std::printf("%s\n\n  login   %s\n  secret  %s\n\n%s\n",
                say("系统管理员已设立，并已记入日志。一次性密码（仅显示这一次，" + hours + " 小时内有效）：",
                    "The administrator was made, and it is in the log. One-time secret (shown this once, good for " + hours + " hours):").c_str(),
                who.login.c_str(), link->secret.c_str(),
                say("启动服务器后设定密码：opsroom member redeem " + link->secret + "\n或在浏览器中打开 <服务器地址>/#/password/" + link->secret,
                    "Start the server, then choose a password: opsroom member redeem " + link->secret + "\nor open <the server's address>/#/password/" + link->secret).c_str());
    return 0;
}

}  // namespace server
