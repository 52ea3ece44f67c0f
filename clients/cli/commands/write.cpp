// Runs the rows of rows.hpp.

#include "clients/cli/commands/commands.hpp"
#include "clients/cli/commands/forms.hpp"
#include "clients/cli/commands/rows.hpp"
#include "clients/cli/commands/values.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace cli {
namespace {

/// What was typed for one row. Every field is a list, so that all bind alike.
struct typed {
    std::string target;
    std::vector<field> fields;  ///< the row's own, and what every form has
    std::vector<std::vector<std::string>> values;
    bool yes = false;
};

std::string in_capitals(std::string name) {
    for (auto& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return name;
}

bool is_argument(const field& f) { return !f.name.starts_with('-'); }

std::string target_of(context& about, const write_row& row, const std::string& given) {
    switch (row.target) {
        case target::none: return {};
        case target::desk: return fmt::format("desk/{}", about.names().person("me"));
        case target::me: return fmt::format("member/{}", about.names().person(given.empty() ? "me" : given));
        case target::member: return fmt::format("member/{}", about.names().person(given));
        case target::channel: return fmt::format("channel/{}", about.names().channel(given));
        case target::entity: return fmt::format("{0}/{1}", row.noun, names::number(row.noun, given));
    }
    return {};
}

/// Asked of a person at a terminal; a script has to say --yes.
void confirm(context& about, const write_row& row, const std::string& whom) {
    if (!stdin_is_terminal())
        throw failure(exit_code::usage, "此操作不可恢复：请加上 --yes", "this cannot be undone: add --yes");
    const auto answer = ask(about.say(row.question) + whom + "\n" +
                            about.say({"请输入上面的名字以确认：", "Type the name above to confirm: "}));
    if (answer != whom)
        throw failure(exit_code::usage, "没有确认，什么也没有做", "not confirmed, nothing was done");
}

/// Whether `whole` is all of what this is a part of.
bool is_part_of(const field& part, std::string_view whole) {
    if (whole == "*") return part.key != whole;
    return part.key.size() > whole.size() && part.key.starts_with(whole) && part.key[whole.size()] == '/';
}

/// Whether a file may give the whole of what this is a part of.
bool may_come_from_a_file(const std::vector<field>& all, const field& part) {
    return std::any_of(all.begin(), all.end(), [&](const field& f) { return f.is == value::json_file && is_part_of(part, f.key); });
}

/// What is needed where no file says it.
void check_needed(const write_row& row, const typed& given) {
    std::vector<std::string_view> in_files;
    for (std::size_t i = 0; i < given.fields.size(); ++i)
        if (const auto& f = given.fields[i]; !given.values[i].empty() && gives_whole(f, given.values[i])) in_files.push_back(std::string_view(f.key).substr(0, f.key.find('/')));
    for (std::size_t i = 0; i < given.fields.size(); ++i) {
        const auto& f = given.fields[i];
        if (!f.required || !given.values[i].empty()) continue;
        if (std::any_of(in_files.begin(), in_files.end(), [&](std::string_view whole) { return is_part_of(f, whole); })) continue;
        throw failure(exit_code::usage, fmt::format("缺少 {}（参见 opsroom {} {} --help）", f.name, row.noun, row.verb),
                      fmt::format("missing: {} (see opsroom {} {} --help)", f.name, row.noun, row.verb));
    }
}

void act(context& about, const write_row& row, const typed& given) {
    check_needed(row, given);
    command c;
    c.type = row.type;
    c.expect = about.with.expect;
    c.id = about.command_id();
    c.target = target_of(about, row, given.target);
    for (std::size_t i = 0; i < given.fields.size(); ++i)
        if (!given.values[i].empty()) put_value(about, given.fields[i], given.values[i], c.data);
    fill_in(about, row.type, c.target, c.data);
    if (!row.question.en.empty() && !given.yes) {
        const auto id = *parse_id(c.target, "member/");
        confirm(about, row, about.names().name_of(id));
    }
    json ack;
    try {
        ack = about.server().command(c);
    } catch (const failure& refused) {
        throw with_added_fields(about, row.type, refused);
    }
    about.out << shown_ack(about, ack);
    // Of people a change is acknowledged that somebody else has to confirm first.
    if (c.type.starts_with("member.") && c.type != "member.confirm_change")
        say_what_waits(about, parse_id(text_at(ack, "stream"), "member/").value_or(0));
    if (row.type == "member.erase") tell_who_holds_key(about, *parse_id(c.target, "member/"));
}

void add_target(tree& t, CLI::App* app, const write_row& row, std::string& into) {
    const auto kind = row.target;
    if (kind == target::member) t.required(t.option(app, "MEMBER", into, "", {"谁", "who"}));
    if (kind == target::channel) t.required(t.option(app, "CHANNEL", into, "", {"频道的编号或名称", "the channel's id or name"}));
    if (kind == target::entity) {
        t.required(t.option(app, in_capitals(row.noun), into, "", {"编号", "its number"}));
    }
    if (kind == target::me) t.option(app, "--member", into, "MEMBER", {"谁；不给则为自己", "who; yourself if left out"});
}

std::string value_name(const field& f) {
    switch (f.is) {
        case value::person: return "MEMBER";
        case value::people: return "MEMBER,…";
        case value::day: return "DAY";
        case value::number: return "N";
        case value::money: return "AMOUNT";
        case value::words: return "A,B";
        case value::numbers: return "N,…";
        case value::items: return "ITEM";
        case value::text:
        case value::words_or_file:
        case value::each: return "TEXT";
        case value::pairs: return "NAME=TEXT";
        case value::counts: return in_capitals((*f.in_file)[0].name) + "=" + in_capitals((*f.in_file)[1].name);
        case value::results: return "RESULT[:NOTE]";
        case value::figures: return "NAME=BEFORE..NOW UNIT";
        case value::files:
        case value::json_file: return "FILE";
        case value::yes_no:
        case value::choice: break;
    }
    std::string out;
    for (const auto& each : f.choices) out += (out.empty() ? "" : "|") + each;
    return out;
}

void add_row(tree& t, CLI::App* noun, const write_row& row) {
    auto given = std::make_shared<typed>();
    given->fields = row.fields;
    for (auto& each : added_fields_of(row.type)) given->fields.push_back(std::move(each));
    given->values.resize(given->fields.size());
    auto* app = t.verb(noun, row.verb, row.about, t.lang() == language::zh ? row.examples.zh : row.examples.en, [&row, given](context& about) { act(about, row, *given); });
    add_target(t, app, row, given->target);
    for (std::size_t i = 0; i < given->fields.size(); ++i) {
        const auto& f = given->fields[i];
        auto* option = t.option(app, f.name, given->values[i], value_name(f), f.about);
        if (f.required && may_come_from_a_file(given->fields, f)) t.needed(option);
        else if (f.required) t.required(option);
        if (!f.choices.empty()) t.only(option, f.choices);
        if (f.is == value::number) t.within(option, f.within);
        t.one_each(option, takes_many(f.is) && !is_argument(f));
    }
    if (!row.question.en.empty()) t.flag(app, "-y,--yes", given->yes, {"不再询问", "do not ask"});
}

}  // namespace

namespace {

const std::vector<const write_row*>& rows_by_hand() {
    static const auto all = [] {
        std::vector<const write_row*> out;
        for (const auto* rows : {&member_rows(), &org_rows(), &election_rows()})
            for (const auto& row : *rows) out.push_back(&row);
        return out;
    }();
    return all;
}

/// `opsroom member reset` has an answer of its own, and `opsroom import` says many at once.
constexpr std::string_view given_otherwise[] = {"member.reset_password", "channel.import"};

}  // namespace

bool is_by_hand(std::string_view command) {
    return std::find(std::begin(given_otherwise), std::end(given_otherwise), command) != std::end(given_otherwise) ||
           std::any_of(rows_by_hand().begin(), rows_by_hand().end(), [&](const auto* row) { return row->type == command; });
}

std::vector<const write_row*> every_row() {
    static const auto described = described_rows(schema::built_in());
    auto all = rows_by_hand();
    for (const auto& row : described)
        if (!is_by_hand(row.type)) all.push_back(&row);
    return all;
}

void add_write_commands(tree& t, const nouns& n) {
    for (const auto* row : every_row()) add_row(t, n.at(row->noun), *row);
}

}  // namespace cli
