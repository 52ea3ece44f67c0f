#include "server/sign_in.hpp"

#include "events/ending/ending.hpp"
#include "server/demo/demo.hpp"
#include "server/ops/command_line.hpp"
#include "server/ops/logging.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <cstdio>
#include <stdexcept>

namespace server {

identity::options identity_options(const ops::config& c) {
    identity::options o;
    o.session_lifetime = std::chrono::days(c.session_days);
    o.session_limit = std::chrono::days(c.session_days_max);
    o.link_lifetime = std::chrono::hours(c.link_hours);
    o.token_days_max = static_cast<int>(c.token_days_max);
    o.password_bytes_min = c.password_bytes_min;
    o.hash_passes = c.password_hash_passes;
    o.hash_memory_kib = c.password_hash_memory_kib;
    return o;
}

// The demo's password is printed in its README: a folder made with --demo is not to be served to others as if it were not.
void refuse_published_passwords(const ops::config& config, identity::accounts& accounts) {
    if (config.demo) return;
    const auto who = accounts.with_published(demo::password);
    if (who.empty()) return;
    std::string logins;
    constexpr std::size_t shown = 5;
    for (std::size_t i = 0; i < who.size() && i < shown; ++i) logins += (i ? ", " : "") + accounts.login_of(who[i]);
    if (who.size() > shown) logins += ", …";
    const auto count = std::to_string(who.size());
    if (!boost::asio::ip::make_address(config.listen_address).is_loopback())
        throw events::cannot_go_on(events::ending::failed,
                                   {count + " 个账号（" + logins + "）仍在使用公开的演示密码，拒绝在 " + config.listen_address +
                                        " 上提供服务。请先只在 127.0.0.1 上启动并逐一改密码或重设；确为演示请加 --demo",
                                    count + " accounts (" + logins + ") still have the demo's published password: not served on " + config.listen_address +
                                        ". Start on 127.0.0.1 first and change or reset them; add --demo where it is a demo"});
    ops::log_warning("accounts still have the demo's published password", {{"count", who.size()}, {"logins", logins}});
}

// identity.db can be lost without the log: then all is there, and nobody can sign in.
void say_who_can_sign_in(const ops::config& config, const identity::accounts& accounts, const wire::documents& read) {
    if (!accounts.members().empty()) return;
    const auto people = read.views().read([](const core::views::views& v, events::position) {
        return std::count_if(v.directory.rows().begin(), v.directory.rows().end(), [](const auto& r) { return r.who.active && r.login; });
    });
    if (people == 0) return;
    const bool zh = ops::console_language(ops::process_environment()) == events::language::zh;
    ops::log_error("nobody can sign in: identity.db is new or was lost", {{"members", people}, {"file", config.data + "/identity.db"}});
    std::fprintf(stderr, zh ? "opsroomd：没有任何账号（identity.db 缺失或是新的），%lld 位成员都不能登录。请停止后运行：opsroomd recover-admin --data %s，再由管理员给每人一个一次性链接\n"
                            : "opsroomd: there is no account (identity.db is new or was lost), and none of %lld members can sign in. Stop, run: opsroomd recover-admin --data "
                              "%s, and have the administrator give everyone a one-time link\n",
                 static_cast<long long>(people), config.data.c_str());
}

void print_demo_logins(const identity::accounts& accounts, const wire::documents& read) {
    constexpr int shown = 20;
    std::printf("\n演示账号 / demo logins, 密码 / password: %.*s\n", static_cast<int>(demo::password.size()), demo::password.data());
    read.views().read([&, left = shown](const core::views::views& v, events::position) mutable {
        for (const auto& row : v.directory.rows()) {
            if (!row.who.active || !row.login || accounts.login_of(row.who.id).empty() || left-- <= 0) continue;
            std::string roles;
            for (const auto& r : row.who.roles) roles += (roles.empty() ? "" : " ") + r.code;
            std::printf("  %-12s %-6s %s\n", row.login->c_str(), roles.c_str(), row.name.value_or("").c_str());
        }
    });
}

}  // namespace server
