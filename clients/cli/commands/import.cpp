#include "clients/cli/commands/commands.hpp"
#include "clients/cli/import/bring_over.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/width.hpp"

#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>

namespace cli {
namespace {

struct import_options {
    std::string from;
    chat_options chat;
    bool dry_run = false;
};

std::string read_file(const std::string& file) {
    if (file == "-") return {std::istreambuf_iterator<char>(std::cin), {}};
    std::ifstream in(file, std::ios::binary);
    std::string out{std::istreambuf_iterator<char>(in), {}};
    if (!in) throw failure(exit_code::invalid, "无法读取 " + file, "cannot read " + file);
    return out;
}

/// The first few by place, then how many there are: a file with a wrong column has as many as it has lines.
void refuse_bad_lines(const context& about, const chat_archive& archive) {
    constexpr std::size_t shown = 20;
    if (archive.problems.empty()) return;
    for (std::size_t i = 0; i < std::min(shown, archive.problems.size()); ++i) {
        const auto& p = archive.problems[i];
        const auto place = p.line == 0 ? p.file : fmt::format("{}:{}", p.file, p.line);
        std::cerr << on_one_line(fmt::format("{}: {}", place, about.with.zh() ? p.zh : p.en)) << '\n';
    }
    const auto n = archive.problems.size();
    throw failure(exit_code::invalid, fmt::format("有 {} 处无法导入，因此什么也没有导入", n),
                  fmt::format("{} {} cannot be imported, so nothing was", n, n == 1 ? "place" : "places"));
}

std::string skipped_in_words(const chat_archive& archive) {
    std::string out;
    for (const auto& [kind, count] : archive.skipped) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", kind, count);
    return out;
}

void import(context& about, const chat_archive& archive, bool dry_run) {
    refuse_bad_lines(about, archive);
    const auto skipped = skipped_in_words(archive);
    if (dry_run) {
        const json plan{{"messages", archive.messages()}, {"people", archive.people.size()}, {"channels", archive.channels.size()},
                        {"skipped", archive.skipped}};
        about.out << shown_thing(about, plan,
                                 {{{"试运行", "dry run"}, {about.say({"可以导入；什么也没有发送", "it can be imported; nothing was sent"}), paint::green}},
                                  {{"消息", "messages"}, {std::to_string(archive.messages())}},
                                  {{"人员", "people"}, {std::to_string(archive.people.size())}},
                                  {{"频道", "channels"}, {std::to_string(archive.channels.size())}},
                                  {{"略过", "left out"}, {skipped}}});
        return;
    }
    const auto began = std::chrono::steady_clock::now();
    const auto done = bring_over(about, archive);
    const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    const json report{{"messages", done.messages}, {"there_already", done.there}, {"reworded", done.reworded}, {"people", done.people}, {"new_people", done.new_people},
                      {"channels", done.channels}, {"new_channels", done.new_channels}, {"erased", done.erased},
                      {"skipped", archive.skipped}, {"seconds", seconds}};
    if (about.with.quiet && about.with.format == format::table) return;
    const auto of_which_new = [&](std::uint64_t all, std::uint64_t fresh) {
        return about.with.zh() ? fmt::format("{}（新 {}）", all, fresh) : fmt::format("{} ({} new)", all, fresh);
    };
    about.out << shown_thing(about, report,
                             {{{"导入消息", "messages imported"}, {std::to_string(done.messages), paint::green}},
                              {{"此前已有", "there already"}, {done.there == 0 ? "" : std::to_string(done.there)}},
                              {{"内容有变，已更新", "said otherwise since, updated"}, {done.reworded == 0 ? "" : std::to_string(done.reworded)}},
                              {{"作者已抹除", "of erased people"}, {done.erased == 0 ? "" : std::to_string(done.erased)}},
                              {{"人员", "people"}, {of_which_new(done.people, done.new_people)}},
                              {{"频道", "channels"}, {of_which_new(done.channels, done.new_channels)}},
                              {{"略过", "left out"}, {skipped}},
                              {{"用时", "seconds"}, {fmt::format("{:.1f}", seconds)}}});
}

void add_options(tree& t, CLI::App* app, import_options& into) {
    t.option(app, "--source", into.chat.source, "NAME", {"来源的名字，用来标识人员与重复", "the source's name: people and repeated runs are known by it"});
    t.only(t.option(app, "--language", into.chat.language, "zh|en", {"新人员的语言（默认 en）", "new people's language (en)"}), {"zh", "en"});
    t.flag(app, "-n,--dry-run", into.dry_run, {"只检查，不发送", "check it all and send nothing"});
}

}  // namespace

void add_import_commands(tree& t) {
    auto* noun = t.noun("import", {"导入别处的聊天记录（管理员）；可中断后重来，不会重复", "bring conversations over from elsewhere (AD); run it again after an interruption, nothing comes twice"},
                        "opsroom import chat messages.ndjson --dry-run\nopsroom import chat messages.ndjson\nopsroom import slack ./slack-export");
    auto chat = std::make_shared<import_options>();
    auto* a = t.verb(noun, "chat", {"每行一条消息：{\"channel\",\"at\",\"from\",\"text\"}，另可有 topic", "a message a line: {\"channel\",\"at\",\"from\",\"text\"}, and topic if there is one"},
                     "opsroom import chat messages.ndjson\nzcat log.ndjson.gz | opsroom import chat - --source irc", [chat](context& about) {
                         import(about, read_chat(read_file(chat->from), chat->from, chat->chat), chat->dry_run);
                     });
    t.required(t.option(a, "FILE", chat->from, "", {"文件；“-”为标准输入", "the file; - is stdin"}));
    add_options(t, a, *chat);

    auto slack = std::make_shared<import_options>();
    slack->chat.source = "slack";
    auto* b = t.verb(noun, "slack", {"解压后的 Slack 导出目录；会话串成为话题，表情回应只计数", "an unpacked Slack export; threads become topics, reactions are only counted"},
                     "opsroom import slack ./slack-export --dry-run\nopsroom import slack ./slack-export --language zh",
                     [slack](context& about) { import(about, read_slack(slack->from, slack->chat), slack->dry_run); });
    t.required(t.option(b, "FOLDER", slack->from, "", {"目录", "the folder"}));
    add_options(t, b, *slack);
}

}  // namespace cli
