#include "server/ops/command_line.hpp"

#include "events/ending/ending.hpp"
#include "server/ops/tls.hpp"

#include <unistd.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <ostream>

namespace server::ops {
namespace {

constexpr int usage_error = 2;
constexpr int failure = 1;

// One line of --help: what it is, what it takes, what it is without, and its other name.
std::string help_line(const setting& s, events::language l) {
    const bool zh = l == events::language::zh;
    std::string line(zh ? s.zh : s.en);
    line += " [";
    if (!s.allowed.empty()) line += s.allowed + "; ";
    line += (zh ? "默认 " : "default ") + s.fallback + "; " + s.environment + "]";
    return line;
}

std::string exit_codes(events::language l) {
    std::string lines = l == events::language::zh ? "退出码：\n" : "Exit codes:\n";
    for (const auto& e : events::endings()) {
        const auto code = std::to_string(static_cast<int>(e.code));
        lines += "  " + code + std::string(code.size() < 4 ? 4 - code.size() : 1, ' ') + std::string(l == events::language::zh ? e.zh : e.en) + '\n';
    }
    return lines;
}

struct parser {
    explicit parser(events::language l)
        : language(l),
          app(pick("opsroomd：运营部的实时房间\n\n"
                   "示例：\n"
                   "  opsroomd --demo                          用演示数据启动，数据在 ./var\n"
                   "  opsroomd --config /etc/opsroom.json      用配置文件启动\n"
                   "  opsroomd demo --data ./year              演练一整年的演示数据\n"
                   "  opsroomd restore --from DIR --data NEW   把备份恢复到新目录\n"
                   "  opsroomd config                          显示每个设置的值及其来源\n"
                   "  opsroomd recover-admin --data ./var      重新设立系统管理员（先停止服务器）\n"
                   "  opsroomd tls self-signed --host ops.lan --out tls\n\n"
                   "优先级：默认值 < 文件 < 环境变量 < 命令行。",
                   "opsroomd: the operations department's live room\n\n"
                   "Examples:\n"
                   "  opsroomd --demo                          with demo data, kept in ./var\n"
                   "  opsroomd --config /etc/opsroom.json      with a configuration file\n"
                   "  opsroomd demo --data ./year              a year of demo data, played\n"
                   "  opsroomd restore --from DIR --data NEW   a data folder from a backup\n"
                   "  opsroomd config                          what each setting is, and where from\n"
                   "  opsroomd recover-admin --data ./var      make an administrator anew (stop the server first)\n"
                   "  opsroomd tls self-signed --host ops.lan --out tls\n\n"
                   "Later wins: default, file, environment, flag."),
              "opsroomd") {
        app.set_help_flag("-h,--help", pick("显示本帮助", "this help"))->group(pick("其他", "Other"));
        app.set_version_flag("--version", "opsroomd " OPSROOM_VERSION, pick("显示版本", "the version"))->group(pick("其他", "Other"));
        app.footer(exit_codes(l));
        app.require_subcommand(0, 1);
        app.get_formatter()->column_width(34);
        if (l == events::language::zh) {
            for (const auto& [en, zh] : {std::pair("Usage", "用法"), std::pair("OPTIONS", "选项"), std::pair("SUBCOMMAND", "子命令")}) {
                app.get_formatter()->label(en, zh);
            }
        }
        app.add_option("--config", file,
                       pick("配置文件（JSON，可带注释）[默认 opsroom.json（若存在）; OPSROOM_CONFIG]",
                            "configuration file (JSON, comments allowed) [default opsroom.json if there is one; OPSROOM_CONFIG]"))
            ->take_last()
            ->type_name("")
            ->group(pick("设置", "Settings"));
        add_settings();
        print = app.add_subcommand("config", pick("显示生效的配置及每个值的来源", "show the configuration and where each value comes from"))
                    ->fallthrough();
        print->group(pick("子命令", "Commands"));
        schema = app.add_subcommand("schema", pick("显示数据模式（JSON）：各类文档及其状态、命令、事件与字段", "show the schema (JSON): kinds of documents, their statuses, commands, events and fields"));
        openapi = app.add_subcommand("openapi", pick("显示 HTTP 接口说明（OpenAPI 3.1）", "show what the HTTP API is (OpenAPI 3.1)"));
        asyncapi = app.add_subcommand("asyncapi", pick("显示实时连接与订阅的说明（AsyncAPI 3.0）", "show what the live connection and feeds are (AsyncAPI 3.0)"));
        for (auto* one : {schema, openapi, asyncapi}) one->group(pick("子命令", "Commands"));
        demo = app.add_subcommand("demo", pick("在空目录 --data 中演练一整年的演示部门（约一分钟内），之后用 opsroomd --demo --data 启动",
                                               "play a year of the demo department into the empty folder --data, in less than a minute; then serve it with opsroomd --demo --data"))
                   ->fallthrough();
        demo->group(pick("子命令", "Commands"));
        demo->add_option("--seed", year.seed, pick("种子：同一种子得到同一年 [默认 1]", "the same seed plays the same year [default 1]"))->take_last()->type_name("");
        demo->add_option("--until", year.until, pick("最后一天 [默认今天]", "its last day, as 2026-02-06 [default today]"))->take_last()->type_name("");
        recover = app.add_subcommand("recover-admin", pick("在服务器本机重新设立系统管理员（须先停止服务器），并给出一次性密码链接；记入日志",
                                                           "on the server's own machine, while it is stopped: make an administrator anew, with a one-time password link; it is recorded"))
                      ->fallthrough();
        recover->group(pick("子命令", "Commands"));
        recover->add_option("--login", admin.login, pick("登录名：已有的在职成员，或新加入者 [默认 admin]", "login of an active member, or of somebody new [default admin]"))->take_last()->type_name("");
        recover->add_option("--name", admin.name, pick("新加入者的姓名 [默认 管理员 Administrator]", "name of somebody new [default 管理员 Administrator]"))->take_last()->type_name("");
        recover->add_option("--department", admin.department, pick("新加入者的部门代码 [默认 operations]", "department of somebody new [default operations]"))->take_last()->type_name("");
        tls = app.add_subcommand("tls", pick("证书", "certificates"))->require_subcommand(1);
        tls->group(pick("子命令", "Commands"));
        make = tls->add_subcommand("self-signed", pick("生成自签名证书 cert.pem 和私钥 key.pem（P-256，825 天）",
                                                       "make a self-signed certificate cert.pem and its key.pem (P-256, 825 days)"));
        make->add_option("--host", hosts, pick("主机名或 IP 地址，可重复", "host name or IP address; may be repeated"))
            ->type_name("")
            ->required();
        make->add_option("--out", folder, pick("目标目录", "folder to write to"))->take_last()->type_name("")->required();
        add_backups();
    }

    void add_backups() {
        auto* backup = app.add_subcommand("backup", pick("备份（服务器未运行时；运行时用 opsroom backup）", "backups, where no server runs (while one does: opsroom backup)"));
        backup->require_subcommand(1)->fallthrough()->group(pick("子命令", "Commands"));
        const auto add = [&](CLI::App* under, errand::kind is, const char* name, std::string about) {
            auto* verb = under->add_subcommand(name, std::move(about))->fallthrough();
            errands.emplace_back(is, verb);
            return verb;
        };
        auto* create = add(backup, errand::backup_create, "create", pick("向目录增加一个备份", "add a backup to a folder"));
        create->add_option("--to", work.folder, pick("备份目录", "the folder of backups"))->take_last()->type_name("")->required();
        create->add_option("--keys-to", work.keys, pick("个人密钥另存的目录", "people's keys go here, apart"))->take_last()->type_name("");
        auto* list = add(backup, errand::backup_list, "list", pick("列出目录中的备份", "the backups in a folder"));
        auto* verify = add(backup, errand::backup_verify, "verify", pick("逐个文件、逐个事件验证备份", "prove a backup, file by file and event by event"));
        auto* restore = add(&app, errand::restore, "restore",
                            pick("把备份恢复到新目录 --data，可到某一位置或时间", "restore a backup into the new folder --data, up to a position or a time"));
        restore->group(pick("子命令", "Commands"));
        add(&app, errand::accept_clock, "accept-clock", pick("确认本机时钟正确：服务器因时钟跳变而停住时使用", "say that this machine's clock is right, where the server holds still as it has jumped"))
            ->group(pick("子命令", "Commands"));
        for (auto* one : {list, verify, restore})
            one->add_option("--from", work.folder, pick("备份目录", "the folder of backups"))->take_last()->type_name("")->required();
        for (auto* one : {verify, restore}) {
            one->add_option("--backup", work.number, pick("备份编号 [默认最新]", "which backup [default the newest]"))->take_last()->type_name("");
            one->add_option("--checkpoint", work.checkpoints, pick("须相符的签名检查点文件，可重复", "file of a signed checkpoint that has to hold; may be repeated"))->type_name("");
        }
        auto* position = restore->add_option("--to-position", work.to_position, pick("保留的最后一个位置", "the last position to keep"))->take_last()->type_name("");
        restore->add_option("--to-time", work.to_time, pick("恢复到此时刻：日期或 RFC 3339（UTC）", "as it was then: a day, or RFC 3339 in UTC"))
            ->take_last()->type_name("")->excludes(position);
        restore->add_option("--keys", work.keys, pick("密钥所在目录 [默认备份时的目录]", "where the keys are [default where they were]"))->take_last()->type_name("");
        restore->add_flag("--without-keys", work.without_keys, pick("不恢复密钥：个人内容与附件无法读取", "without keys: nothing personal and no attachment can be read"));
        restore->add_flag("--quick", work.quick, pick("只核对文件校验和与检查点，不逐个事件验证", "checksums of files and checkpoints only: the events are not hashed again"));
    }

    std::string pick(const char* zh, const char* en) const { return language == events::language::zh ? zh : en; }

    void add_settings() {
        const auto& all = settings();
        values.resize(all.size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto words = help_line(all[i], language);
            auto* option = all[i].is == setting::kind::on_off ? app.add_flag(all[i].flag, values[i], words)
                                                              : app.add_option(all[i].flag, values[i], words);
            if (all[i].is == setting::kind::list) {
                option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::Join)->delimiter(',');
            } else {
                option->take_last();  // so that a script's flags can be overridden by what is added to them
            }
            option->type_name("")->group(pick("设置", "Settings"));
            options.push_back(option);
        }
    }

    sources collect(const std::vector<std::string>& environment) {
        sources from;
        from.environment = environment;
        if (!file.empty()) {
            from.file = file;
        } else if (const auto named = variable(environment, "OPSROOM_CONFIG"); !named.empty()) {
            from.file = named;
        } else {
            from.file = "opsroom.json";
            from.file_may_be_missing = true;
        }
        const auto& all = settings();
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (options[i]->count() == 0) continue;
            std::replace(values[i].begin(), values[i].end(), '\n', ',');  // as repeated ones are joined
            from.flags.push_back({all[i].key, values[i]});
        }
        return from;
    }

    events::language language;
    CLI::App app;
    std::string file;
    std::vector<std::string> values;
    std::vector<CLI::Option*> options;
    CLI::App* print = nullptr;
    CLI::App* schema = nullptr;
    CLI::App* openapi = nullptr;
    CLI::App* asyncapi = nullptr;
    CLI::App* tls = nullptr;
    CLI::App* make = nullptr;
    CLI::App* demo = nullptr;
    CLI::App* recover = nullptr;
    recovery admin{"admin", "管理员 Administrator", "operations"};
    played_year year;
    std::vector<std::pair<errand::kind, CLI::App*>> errands;
    errand work;
    std::vector<std::string> hosts;
    std::string folder;
};

invocation refuse(const parser& p, const config_problem& why, int code, std::ostream& err) {
    err << "opsroomd: " << why.in(p.language) << '\n';
    return {{}, {}, {}, {}, code};
}

invocation self_sign(const parser& p, std::ostream& out, std::ostream& err) {
    const auto result = make_self_signed(p.hosts, p.folder);
    if (!result.made) return refuse(p, result.problem, failure, err);
    out << result.made->certificate.string() << '\n'
        << result.made->key.string() << '\n'
        << "SHA-256 " << result.made->sha256 << '\n'
        << p.pick("启动：", "Start with: ") << "opsroomd --tls-certificate " << result.made->certificate.string() << " --tls-key "
        << result.made->key.string() << '\n';
    return {};
}

// CLI11 says it in English; the kinds that people meet are said in both languages.
config_problem misused(const CLI::ParseError& e) {
    const std::string what = e.what();
    const auto colon = what.find(": ");
    const auto before = what.substr(0, colon);
    const auto after = colon == what.npos ? what : what.substr(colon + 2);
    const auto problem = [&]() -> config_problem {
        if (e.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError))
            return {"不认识的参数：" + after, "unknown argument: " + after};
        if (e.get_exit_code() == static_cast<int>(CLI::ExitCodes::ArgumentMismatch))
            return {before + " 需要一个值", before + " needs a value"};
        if (what == "A subcommand is required") return {"需要一个子命令", "a subcommand is required"};
        if (e.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError)) {
            const auto name = what.substr(0, what.find(' '));
            return {"缺少 " + name, name + " is missing"};
        }
        return {"命令行有误（" + what + "）", what};
    }();
    return {problem.zh + "；用法见 opsroomd --help", problem.en + "; see opsroomd --help"};
}

}  // namespace

invocation read_command_line(const std::vector<std::string>& arguments, const std::vector<std::string>& environment, std::ostream& out,
                             std::ostream& err) {
    parser p(console_language(environment));
    try {
        p.app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::CallForHelp&) {
        out << p.app.help();
        return {};
    } catch (const CLI::CallForVersion& e) {
        out << e.what() << '\n';
        return {};
    } catch (const CLI::ParseError& e) {
        return refuse(p, misused(e), usage_error, err);
    }
    if (p.make->parsed()) return self_sign(p, out, err);
    using shows = invocation::shows;
    for (const auto& [verb, what] : {std::pair(p.schema, shows::schema), std::pair(p.openapi, shows::openapi), std::pair(p.asyncapi, shows::asyncapi)}) {
        if (!verb->parsed()) continue;
        invocation shown;
        shown.show = what;
        shown.language = p.language;
        return shown;
    }
    auto put_together = assemble(p.collect(environment));
    if (put_together.problem) return refuse(p, *put_together.problem, usage_error, err);
    for (const auto& w : put_together.result.warnings) err << "opsroomd: " << w.in(p.language) << '\n';
    if (p.demo->parsed()) return {std::move(put_together.result), p.year, {}};
    if (p.recover->parsed()) return {std::move(put_together.result), {}, p.admin};
    for (const auto& [is, verb] : p.errands) {
        if (!verb->parsed()) continue;
        p.work.is = is;
        p.work.settings = put_together.result.print();
        return {std::move(put_together.result), {}, {}, std::move(p.work)};
    }
    if (!p.print->parsed()) return {std::move(put_together.result)};
    out << put_together.result.print();
    return {};
}

std::string_view version() { return OPSROOM_VERSION; }

std::vector<std::string> process_environment() {
    std::vector<std::string> all;
    for (char** at = environ; at && *at; ++at) all.emplace_back(*at);
    return all;
}

}  // namespace server::ops
