// Runs the rows of rows.hpp.

#include "clients/cli/commands/commands.hpp"
#include "clients/cli/commands/rows.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/terminal.hpp"
#include "clients/cli/when.hpp"

#include <fmt/format.h>

#include <charconv>
#include <iostream>
#include <iterator>

namespace cli {
namespace {

/// What was typed for one row. Every field is a list, so that all bind alike.
struct typed {
    std::string target;
    std::vector<std::vector<std::string>> fields;
    bool yes = false;
};

bool is_argument(const field& f) { return !f.name.starts_with('-'); }

std::string from_stdin() {
    std::string out{std::istreambuf_iterator<char>(std::cin), {}};
    while (out.ends_with('\n')) out.pop_back();
    return out;
}

json words_of(const std::vector<std::string>& given) {
    json out = json::array();
    for (const auto& each : given) {
        for (std::size_t from = 0; from <= each.size();) {
            const auto end = std::min(each.find(',', from), each.size());
            if (end > from) out.push_back(each.substr(from, end - from));
            from = end + 1;
        }
    }
    return out;
}

json day_of(const std::string& given) {
    if (const auto day = parse_day(given, today())) return written(*day);
    throw failure(exit_code::invalid, fmt::format("“{}”不是日期：请写成 2026-12-01、今天、明天、+3d 或 +2w", given),
                  fmt::format("“{}” is not a day: write 2026-12-01, today, tomorrow, +3d or +2w", given));
}

json number_of(const field& f, const std::string& given) {
    std::uint64_t out = 0;
    const auto end = given.data() + given.size();
    const auto [at, error] = std::from_chars(given.data(), end, out);
    if (error == std::errc() && at == end && !given.empty()) return out;
    throw failure(exit_code::invalid, fmt::format("{} 应为数字，而不是“{}”", f.name, given),
                  fmt::format("{} is a number, not “{}”", f.name, given));
}

json value_of(context& about, const field& f, const std::vector<std::string>& given) {
    switch (f.is) {
        case value::words: return words_of(given);
        case value::items: return given;
        case value::person: return about.names().person(given.front());
        case value::day: return day_of(given.front());
        case value::number: return number_of(f, given.front());
        case value::choice: return given.front();
        case value::text: return given.front() == "-" ? from_stdin() : given.front();
    }
    return nullptr;
}

std::string target_of(context& about, target kind, const std::string& given) {
    switch (kind) {
        case target::none: return {};
        case target::me: return fmt::format("member/{}", about.names().person(given.empty() ? "me" : given));
        case target::member: return fmt::format("member/{}", about.names().person(given));
        case target::channel: return fmt::format("channel/{}", about.names().channel(given));
        case target::task: return fmt::format("task/{}", names::task(given));
    }
    return {};
}

/// Asked of a person at a terminal; a script has to say --yes.
void confirm(context& about, const write_row& row, const std::string& whom) {
    if (!stdin_is_terminal())
        throw failure(exit_code::usage, "此操作不可恢复：请加上 --yes", "this cannot be undone: add --yes");
    const auto wanted = whom;
    const auto answer = ask(about.say(row.question) + wanted + "\n" +
                            about.say({"请输入上面的名字以确认：", "Type the name above to confirm: "}));
    if (answer != wanted)
        throw failure(exit_code::usage, "没有确认，什么也没有做", "not confirmed, nothing was done");
}

void act(context& about, const write_row& row, const typed& given) {
    command c;
    c.type = row.type;
    c.expect = about.with.expect;
    c.id = about.command_id();
    c.target = target_of(about, row.target, given.target);
    for (std::size_t i = 0; i < row.fields.size(); ++i)
        if (!given.fields[i].empty()) c.data[row.fields[i].key] = value_of(about, row.fields[i], given.fields[i]);
    // What the wire wants and a person need not say.
    if (row.type == "member.join" && !c.data.contains("roles")) c.data["roles"] = json::array();
    if (row.type == "channel.create" && !c.data.contains("visibility")) c.data["visibility"] = "everyone";
    if (!row.question.en.empty() && !given.yes) {
        const auto id = *parse_id(c.target, "member/");
        confirm(about, row, about.names().name_of(id));
    }
    about.out << shown_ack(about, about.server().command(c));
}

void add_target(tree& t, CLI::App* app, target kind, std::string& into) {
    if (kind == target::member) t.required(t.option(app, "MEMBER", into, "", {"谁", "who"}));
    if (kind == target::channel) t.required(t.option(app, "CHANNEL", into, "", {"频道的编号或名称", "the channel's id or name"}));
    if (kind == target::task) t.required(t.option(app, "TASK", into, "", {"任务编号", "the task's number"}));
    if (kind == target::me) t.option(app, "--member", into, "MEMBER", {"谁；不给则为自己", "who; yourself if left out"});
}

std::string value_name(const field& f) {
    switch (f.is) {
        case value::person: return "MEMBER";
        case value::day: return "DAY";
        case value::number: return "N";
        case value::words: return "A,B";
        case value::items: return "ITEM";
        case value::text: return "TEXT";
        case value::choice: break;
    }
    std::string out;
    for (const auto& each : f.choices) out += (out.empty() ? "" : "|") + each;
    return out;
}

void add_row(tree& t, CLI::App* noun, const write_row& row) {
    auto given = std::make_shared<typed>();
    given->fields.resize(row.fields.size());
    auto* app = t.verb(noun, row.verb, row.about, row.examples, [&row, given](context& about) { act(about, row, *given); });
    add_target(t, app, row.target, given->target);
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
        const auto& f = row.fields[i];
        auto* option = t.option(app, f.name, given->fields[i], value_name(f), f.about);
        if (f.required) t.required(option);
        if (!f.choices.empty()) t.only(option, f.choices);
        const bool many = f.is == value::words || f.is == value::items;
        t.one_each(option, many && !is_argument(f));
    }
    if (!row.question.en.empty()) t.flag(app, "-y,--yes", given->yes, {"不再询问", "do not ask"});
}

}  // namespace

void add_write_commands(tree& t, const nouns& n) {
    for (const auto* rows : {&task_rows(), &channel_rows(), &member_rows()})
        for (const auto& row : *rows) add_row(t, n.at(row.noun), row);
}

}  // namespace cli
