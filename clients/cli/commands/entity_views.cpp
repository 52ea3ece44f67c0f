#include "clients/cli/commands/entity_views.hpp"

#include "clients/cli/client.hpp"
#include "clients/cli/commands/described.hpp"
#include "clients/cli/feeds.hpp"
#include "clients/cli/labels.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/when.hpp"

#include <fmt/format.h>

namespace cli {

std::string query_of(context& about, const list_options& only) {
    std::string query;
    const auto add = [&](const std::string& key, const std::string& value) {
        if (!value.empty()) query += (query.empty() ? "?" : "&") + key + "=" + percent_encoded(value);
    };
    add("status", only.status);
    if (!only.person.empty()) add("person", std::to_string(about.names().person(only.person)));
    if (!only.waits_on.empty()) add("waits_on", std::to_string(about.names().person(only.waits_on)));
    add("department", only.department);
    add("q", only.text);
    add("sort", only.sort);
    add("as_of", only.as_of);
    if (only.late) add("late", "true");
    if (only.cycle) add("cycle", std::to_string(only.cycle));
    return query;
}

std::string people_of(context& about, const json& ids) {
    std::string out;
    for (const auto& id : ids) out += (out.empty() ? "" : ", ") + about.names().name_of(id.is_number_unsigned() ? id.get<std::uint64_t>() : 0);
    return out;
}

namespace {

/// "convene: Li Na"
std::string waits_of(context& about, const json& row) {
    std::string out;
    for (const auto& each : list_at(row, "waits")) {
        if (!out.empty()) out += "; ";
        out += deed(about.with.language, text_at(each, "command"));
        // Of an election nobody is told whom it still waits for.
        if (!list_at(each, "on").empty()) out += ": " + people_of(about, list_at(each, "on"));
        if (flag_at(each, "nobody")) out += about.say({"：无人处理", ": nobody is left"});
        else if (flag_at(each, "passed_up")) out += about.say({"（转上级）", " (passed up)"});
    }
    return out;
}

/// In the reader's language, where it has a name in both, or is called by what kind it is.
std::string name_in(const context& about, const described_kind& kind, const json& row) {
    const auto l = about.with.language;
    const auto& name = at_or_null(row, row.contains("name") ? "name" : "title");
    if (name.is_object()) return text_at(name, l == language::zh ? "zh" : "en");
    const auto text = name.is_string() ? raw(name) : std::string();
    const auto* is = kind.field("kind");
    return is ? is->option(l, text) : text;
}

std::vector<shown_column> columns(context& about, const described_kind& kind) {
    const auto l = about.with.language;
    std::vector<shown_column> all{
        {{"编号", "ID"}, "id", [](const json& r) { return cell{raw(at_or_null(r, "id"))}; }, true, false},
        {{"状态", "STATUS"}, "status", [l, &kind](const json& r) { return state_cell(l, kind.name, text_at(r, "status")); }, false, false},
        {{"本步期限", "STEP DUE"}, "step_due", [](const json& r) { return cell{text_at(r, "step_due"), flag_at(r, "late") ? paint::red : paint::plain}; }, false, false},
        {{"部门", "DEPARTMENT"}, "department", [](const json& r) { return cell{text_at(r, "department")}; }},
    };
    for (auto& one : described_columns(about, kind)) all.push_back(std::move(one));
    all.push_back({{"名称", "NAME"}, kind.field("title") ? "title" : "name", [&about, &kind](const json& r) { return cell{name_in(about, kind, r)}; }});
    all.push_back({{"等待", "WAITS FOR"}, "waits", [&about](const json& r) { return cell{waits_of(about, r)}; }});
    return all;
}

std::string steps_of(context& about, const described_kind& kind, const json& row) {
    std::string out;
    for (const auto& s : list_at(row, "steps")) {
        if (!out.empty()) out += '\n';
        const auto minutes = number_at(s, "working_minutes").value_or(0);
        out += fmt::format("{}  {}  {}", shown_time(text_at(s, "since")), label(about.with.language, kind.name, text_at(s, "status")),
                           about.say({fmt::format("{} 小时 {} 分工作时间", minutes / 60, minutes % 60), fmt::format("{} h {} min of working time", minutes / 60, minutes % 60)}));
        if (flag_at(s, "late")) out += about.say({"  逾期", "  late"});
    }
    return out;
}

std::string actions_of(const context& about, const json& row) {
    std::string out;
    for (const auto& each : list_at(row, "actions")) {
        if (!out.empty()) out += '\n';
        out += flag_at(each, "allowed") ? "✓ " : "✗ ";
        out += text_at(each, "command");
        if (!flag_at(each, "allowed")) out += "  " + failure::from_problem(at_or_null(each, "problem")).in(about.with.language);
    }
    return out;
}

std::string shown(context& about, const described_kind& kind, const std::string& path) {
    const auto row = about.server().get(path);
    if (about.with.format != format::table) return shown_thing(about, row, {});
    std::string history;
    for (const auto& each : list_at(row, "history")) history += event_line(about, each);
    while (history.ends_with('\n')) history.pop_back();
    const auto& past = at_or_null(row, "as_of");
    std::vector<shown_fact> facts{{{"当时（只读）", "as it was (read-only)"}, {past.is_object() ? shown_time(text_at(past, "time")) : ""}},
                                  {{"编号", "id"}, {raw(at_or_null(row, "id"))}},
                                  {{"名称", "name"}, {name_in(about, kind, row), paint::bold}},
                                  {{"状态", "status"}, state_cell(about.with.language, kind.name, text_at(row, "status"))},
                                  {{"部门", "department"}, {text_at(row, "department")}}};
    for (auto& one : described_facts(about, kind, row)) facts.push_back(std::move(one));
    facts.push_back({{"等待", "waits for"}, {waits_of(about, row)}});
    facts.push_back({{"用时", "time in step"}, {steps_of(about, kind, row)}});
    const std::vector<shown_fact> end{{{"可做", "actions"}, {actions_of(about, row)}}, {{"经过", "history"}, {history}}};
    return shown_thing(about, row, facts) + described_forms(about, kind, row) + "\n" + shown_thing(about, row, end);
}

}  // namespace

void add_list(tree& t, CLI::App* noun, const described_kind& kind) {
    auto only = std::make_shared<list_options>();
    auto* list = t.verb(noun, "list", kept({kind.plural.zh + "列表", "the " + within_a_line(kind.plural.en)}),
                        fmt::format("opsroom {0} list --waits-on me\nopsroom {0} list --late --sort due", kind.name), [only, &kind](context& about) {
                            show(about, only->watch, kind.list_feed(),
                                 [&] { return shown_list(about, about.server().list(kind.path + query_of(about, *only), only->limit), columns(about, kind)); });
                        });
    std::vector<std::string> statuses;
    for (const auto& s : kind.statuses) statuses.push_back(s.name);
    t.only(t.option(list, "--status", only->status, "STATUS", {"状态", "in this state"}), statuses);
    t.option(list, "--person", only->person, "MEMBER",
             {"谁的（申请人、负责人、团队、被考核人、评价人、起草人、提出人或相关人员）",
              "whose: requester, lead, in the team, employee, evaluator, author, proposer or concerned"});
    t.option(list, "--waits-on", only->waits_on, "MEMBER", {"等待谁", "whose turn it is"});
    t.option(list, "--department", only->department, "CODE", {"部门", "of this department"});
    t.option(list, "--text", only->text, "TEXT", {"名称中含有", "in its name"});
    t.only(t.option(list, "--sort", only->sort, "FIELD", {"排序；前加“-”为倒序", "in this order; - turns it round"}),
           {"changed", "-changed", "due", "-due", "name", "-name", "status", "-status", "since", "-since", "id", "-id"});
    if (kind.field("cycle")) t.number(list, "--cycle", only->cycle, "N", any_number, {"哪个周期", "of this cycle"});
    t.flag(list, "--late", only->late, {"只看本步已逾期的", "only what is late in its step"});
    t.dated(list, only->as_of);
    t.number(list, "--limit", only->limit, "N", how_many, {"最多几条", "at most so many"});
    t.watchable(list, only->watch);
}

void add_show(tree& t, CLI::App* noun, const described_kind& kind) {
    auto which = std::make_shared<std::string>();
    auto as_of = std::make_shared<std::string>();
    auto watch = std::make_shared<bool>(false);
    auto* one = t.verb(noun, "show",
                       kept({"一份" + kind.label.zh + "：表单、用时、等待谁、可做什么", "one " + within_a_line(kind.label.en) + ": forms, time in step, on whom it waits, what may be done"}),
                       fmt::format("opsroom {0} show 3\nopsroom {0} show 3 --as-of 2026-11-01\nopsroom {0} show 3 --watch", kind.name), [=, &kind](context& about) {
                           const auto id = names::number(kind.name, *which);
                           const auto path = at_moment(fmt::format("{}/{}", kind.path, id), *as_of);
                           show(about, *watch, fmt::format("{}/{}", kind.name, id), [&] { return shown(about, kind, path); });
                       });
    t.required(t.option(one, "ID", *which, "", {"编号", "its number"}));
    t.dated(one, *as_of);
    // What hardly ever changes has a feed of its list alone.
    if (kind.name != kind.list_feed()) t.watchable(one, *watch);
}

}  // namespace cli
