// Backups: made, listed and proven by the running server; restored by its program, as no server runs on what is restored.

#include "clients/cli/client.hpp"
#include "clients/cli/commands/commands.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/server_program.hpp"
#include "clients/cli/terminal.hpp"
#include "clients/cli/when.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <iostream>

namespace cli {
namespace {

constexpr std::uint64_t mebi = 1u << 20;

struct backup_options {
    std::string folder;
    std::optional<std::uint64_t> number;
};

struct restore_options {
    std::string from, data, keys, time;
    std::optional<std::uint64_t> number, position;
    std::vector<std::string> checkpoints;
    bool without_keys = false, quick = false;
};

std::string address_of(const char* path, const backup_options& given) {
    auto out = fmt::format("{}?folder={}", path, percent_encoded(given.folder));
    if (given.number) out += fmt::format("&number={}", *given.number);
    return out;
}

/// The last line of what the server tells while it works.
json outcome_of(context& about, const std::string& path, text doing) {
    progress bar(about.say(doing), 0, about.with.quiet);
    json verdict;
    about.server().post_stream(path, [&](const json& line) {
        if (line.contains("ok")) verdict = line;
        else bar.show(number_at(line, "done").value_or(0), 0);
    });
    bar.finish();
    if (verdict.is_null())
        throw failure(exit_code::unavailable, "连接中断：服务器会继续，稍后用 opsroom backup list 查看", "the connection was cut: the server goes on, see opsroom backup list later");
    if (!flag_at(verdict, "ok")) throw failure::from_problem(at_or_null(verdict, "problem"));
    return verdict;
}

void create(context& about, const backup_options& given) {
    const auto verdict = outcome_of(about, address_of("/api/v1/backups", given), {"备份", "backing up"});
    const auto& made = at_or_null(verdict, "backup");
    for (const auto& who : list_at(verdict, "keys_destroyed"))
        std::cerr << "opsroom: " << (about.with.zh() ? fmt::format("成员 {} 已被抹除：其密钥已从此备份目录销毁", raw(who)) : fmt::format("member {} was erased: their key was destroyed in this folder of backups", raw(who))) << '\n';
    for (const auto& sha256 : list_at(verdict, "damaged"))
        std::cerr << "opsroom: " << (about.with.zh() ? fmt::format("附件 {} 已损坏，未备份", raw(sha256)) : fmt::format("the attachment {} is damaged, and was left out", raw(sha256))) << '\n';
    about.out << shown_thing(about, made,
                             {{{"结果", "result"}, {about.say({"备份完成", "backed up"}), paint::green}},
                              {{"编号", "number"}, {raw(at_or_null(made, "number"))}},
                              {{"目录", "folder"}, {text_at(made, "folder")}},
                              {{"到位置", "up to"}, {raw(at_or_null(made, "position"))}},
                              {{"大小", "size"}, {fmt::format("{} MiB", number_at(made, "bytes").value_or(0) / mebi)}},
                              {{"密钥", "keys"}, {text_at(made, "keys")}}});
}

void list(context& about, const backup_options& given) {
    const auto reply = about.server().get(address_of("/api/v1/backups", given));
    const auto plain = [](const char* key) { return [key](const json& r) { return cell{raw(at_or_null(r, key))}; }; };
    about.out << shown_list(about, list_at(reply, "items"),
                            {{{"编号", "NUMBER"}, "number", plain("number"), true, false},
                             {{"时间", "MADE"}, "made", [](const json& r) { return cell{shown_time(text_at(r, "made"))}; }},
                             {{"到位置", "UP TO"}, "position", plain("position"), true, false},
                             {{"大小 MiB", "MiB"}, "bytes", [](const json& r) { return cell{std::to_string(number_at(r, "bytes").value_or(0) / mebi)}; }, true, false},
                             {{"附件", "FILES"}, "blobs", plain("blobs"), true, false},
                             {{"密钥所在", "KEYS"}, "keys", plain("keys")}});
}

void verify(context& about, const backup_options& given) {
    const auto verdict = outcome_of(about, address_of("/api/v1/backups/verify", given), {"验证备份", "verifying the backup"});
    about.out << shown_thing(about, verdict,
                             {{{"结果", "result"}, {about.say({"备份完好", "the backup is whole"}), paint::green}},
                              {{"编号", "number"}, {raw(at_or_null(verdict, "number"))}},
                              {{"事件", "events"}, {raw(at_or_null(verdict, "events"))}},
                              {{"文件", "files"}, {raw(at_or_null(verdict, "files"))}}});
}

void restore(context& about, const restore_options& given) {
    std::vector<std::string> arguments{"restore", "--from", given.from, "--data", given.data};
    const auto add = [&](const char* flag, const std::string& value) {
        if (!value.empty()) arguments.insert(arguments.end(), {flag, value});
    };
    add("--keys", given.keys);
    add("--to-time", given.time);
    if (given.number) add("--backup", std::to_string(*given.number));
    if (given.position) add("--to-position", std::to_string(*given.position));
    for (const auto& c : given.checkpoints) add("--checkpoint", c);
    if (given.without_keys) arguments.emplace_back("--without-keys");
    if (given.quick) arguments.emplace_back("--quick");
    become_server(about, arguments);
}

void add_restore(tree& t, CLI::App* noun) {
    auto given = std::make_shared<restore_options>();
    auto* app = t.verb(noun, "restore", {"在本机把备份恢复到一个新目录，可到某一位置或时间", "restore a backup into a new folder of this machine, up to a position or a time"},
                       "opsroom backup restore ./var.backups --data ./restored\n"
                       "opsroom backup restore ./var.backups --data ./restored --to-time 2026-11-27\n"
                       "opsroom backup restore ./var.backups --data ./restored --to-position 81200 --checkpoint today.txt",
                       [given](context& about) { restore(about, *given); });
    t.required(t.option(app, "FOLDER", given->from, "", {"备份目录", "the folder of backups"}));
    t.required(t.option(app, "--data", given->data, "FOLDER", {"新的数据目录", "the new data folder"}));
    auto* position = t.number(app, "--to-position", given->position, "N", any_number, {"保留的最后一个位置", "the last position to keep"});
    auto* time = t.option(app, "--to-time", given->time, "WHEN", {"恢复到此时刻：日期或 RFC 3339（UTC）", "as it was then: a day, or RFC 3339 in UTC"});
    t.excludes(position, time);
    t.number(app, "--backup", given->number, "N", any_number, {"备份编号（默认最新）", "which backup (the newest)"});
    t.option(app, "--keys", given->keys, "FOLDER", {"密钥所在目录", "where the keys are"});
    t.one_each(t.option(app, "--checkpoint", given->checkpoints, "FILE", {"须相符的签名检查点", "a signed checkpoint that has to hold"}), true);
    t.flag(app, "--without-keys", given->without_keys, {"不恢复密钥", "without people's keys"});
    t.flag(app, "--quick", given->quick, {"不逐个事件验证", "do not hash every event again"});
}

}  // namespace

void tell_who_holds_key(context& about, std::uint64_t member) {
    json reply;
    try {
        reply = about.server().get(fmt::format("/api/v1/backups?member={}", member));
    } catch (const failure& no) {
        if (no.kind() != exit_code::forbidden) throw;
        std::cerr << "opsroom: "
                  << about.say({"备份里可能还有此人的密钥：请管理员运行 opsroom backup create", "backups may still hold this person's key: ask an administrator to run opsroom backup create"}) << '\n';
        return;
    }
    for (const auto& h : list_at(reply, "holding")) {
        const auto folder = text_at(h, "folder"), keys = text_at(h, "keys");
        std::string numbers;
        for (const auto& n : list_at(h, "numbers")) numbers += (numbers.empty() ? "" : ", ") + raw(n);
        std::string line;
        if (!flag_at(h, "reachable"))
            line = about.with.zh() ? fmt::format("备份目录 {} 现在无法查看，其密钥（{}）可能还在", folder, keys)
                                   : fmt::format("the backups in {} can't be looked at now; the key may still be in {}", folder, keys);
        else
            line = about.with.zh() ? fmt::format("{} 中的备份 {} 仍有此人的密钥（{}）：在该目录再做一次备份即销毁", folder, numbers, keys)
                                   : fmt::format("backups {} in {} still hold this person's key ({}): the next backup to that folder destroys it", numbers, folder, keys);
        std::cerr << "opsroom: " << line << '\n';
    }
}

void add_backup_commands(tree& t) {
    auto* noun = t.noun("backup", {"备份与恢复（管理员）", "backups, and restoring them (AD)"},
                        "opsroom backup create\nopsroom backup list\nopsroom backup verify\nopsroom backup restore ./var.backups --data ./restored");
    const auto add = [&](const char* name, text about, const char* examples, void (*act)(context&, const backup_options&)) {
        auto given = std::make_shared<backup_options>();
        auto* app = t.verb(noun, name, about, examples, [given, act](context& c) { act(c, *given); });
        t.option(app, "FOLDER", given->folder, "", {"服务器上 backup_folder 之下的目录；不给则为它本身", "a folder beneath the server's backup_folder; left out: that itself"});
        return std::pair(app, given);
    };
    add("create", {"在线增量备份", "a backup of the running server; only what is new is written"}, "opsroom backup create\nopsroom backup create weekly", create);
    add("list", {"有哪些备份", "the backups there are"}, "opsroom backup list\nopsroom backup list weekly -o json", list);
    const auto [app, given] = add("verify", {"逐个文件、逐个事件验证备份", "prove a backup, file by file and event by event"}, "opsroom backup verify\nopsroom backup verify --backup 12", verify);
    t.number(app, "--backup", given->number, "N", any_number, {"备份编号（默认最新）", "which backup (the newest)"});
    add_restore(t, noun);
}

}  // namespace cli
