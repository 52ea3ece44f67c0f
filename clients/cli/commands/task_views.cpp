#include "clients/cli/client.hpp"
#include "clients/cli/commands/commands.hpp"
#include "clients/cli/feeds.hpp"
#include "clients/cli/labels.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/when.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

cell due_cell(const context& about, const json& row) {
    if (!flag_at(row, "overdue")) return {text_at(row, "due")};
    return {text_at(row, "due") + about.say({" 逾期", " overdue"}), paint::red};
}

std::string name_at(context& about, const json& row, const char* key) {
    const auto id = number_at(row, key);
    return id && *id != 0 ? about.names().name_of(*id) : std::string();
}

std::vector<shown_column> task_columns(context& about) {
    const auto l = about.with.language;
    return {
        {{"编号", "ID"}, "id", [](const json& r) { return cell{raw(at_or_null(r, "id"))}; }, true, false},
        {{"状态", "STATUS"}, "status", [l](const json& r) { return state_cell(l, "task", text_at(r, "status")); }, false, false},
        {{"进度", "%"}, "percent", [](const json& r) { return cell{raw(at_or_null(r, "percent"))}; }, true, false},
        {{"期限", "DUE"}, "due", [&about](const json& r) { return due_cell(about, r); }, false, false},
        {{"优先级", "PRIORITY"}, "priority", [l](const json& r) { return choice_cell(l, "task", "priority", text_at(r, "priority")); }, false, false},
        {{"负责人", "TO"}, "to", [&about](const json& r) { return cell{name_at(about, r, "to")}; }},
        {{"部门", "DEPARTMENT"}, "department", [](const json& r) { return cell{text_at(r, "department")}; }},
        {{"标题", "TITLE"}, "title", [](const json& r) { return cell{text_at(r, "title")}; }},
    };
}

struct list_options {
    std::string status;
    std::string assignee;
    std::string department;
    std::string project, strategy, assigned_by, priority, sort, as_of;
    bool open = false;
    bool overdue = false;
    std::uint64_t limit = 0;
    bool watch = false;
};

std::string listed(context& about, const list_options& only) {
    std::string query;
    const auto add = [&](const std::string& key, const std::string& value) {
        if (!value.empty()) query += (query.empty() ? "?" : "&") + key + "=" + percent_encoded(value);
    };
    add("status", only.status);
    if (!only.assignee.empty()) add("assignee", std::to_string(about.names().person(only.assignee)));
    add("department", only.department);
    if (!only.project.empty()) add("project", std::to_string(names::number("project", only.project)));
    if (!only.strategy.empty()) add("strategy", std::to_string(names::number("strategy", only.strategy)));
    if (!only.assigned_by.empty()) add("assigned_by", std::to_string(about.names().person(only.assigned_by)));
    add("priority", only.priority);
    add("sort", only.sort);
    add("as_of", only.as_of);
    if (only.open) add("open", "true");
    if (only.overdue) add("overdue", "true");
    bool more = false;
    auto out = shown_list(about, about.server().list("/api/v1/tasks" + query, only.limit, &more), task_columns(about));
    // In a form that programs read there is nothing but rows.
    if (more && about.with.format == format::table && !about.with.quiet) out += about.say({"（还有更多：加大或去掉 --limit）\n", "(there are more: raise --limit, or leave it out)\n"});
    return out;
}

/// What may be done now, and for what may not be, why.
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

std::string shown(context& about, std::uint64_t id, const std::string& as_of) {
    const auto row = about.server().get(at_moment(fmt::format("/api/v1/tasks/{}", id), as_of));
    if (about.with.format != format::table) return shown_thing(about, row, {});
    std::string checklist;
    for (const auto& each : list_at(row, "checklist")) checklist += (checklist.empty() ? "· " : "\n· ") + raw(each);
    std::string history;
    for (const auto& each : list_at(row, "history")) history += event_line(about, each);
    while (history.ends_with('\n')) history.pop_back();
    const auto& past = at_or_null(row, "as_of");
    const auto about_of = [&](const char* key) {
        return number_at(row, key) ? fmt::format("{}/{}", key, *number_at(row, key)) : std::string();
    };
    return shown_thing(about, row,
                       {{{"当时（只读）", "as it was (read-only)"}, {past.is_object() ? shown_time(text_at(past, "time")) : ""}},
                        {{"编号", "id"}, {raw(at_or_null(row, "id"))}},
                        {{"标题", "title"}, {text_at(row, "title"), paint::bold}},
                        {{"状态", "status"}, state_cell(about.with.language, "task", text_at(row, "status"))},
                        {{"进度", "progress"}, {raw(at_or_null(row, "percent")) + "%"}},
                        {{"内容", "content"}, {text_at(row, "content")}},
                        {{"标准", "standard"}, {text_at(row, "standard")}},
                        {{"期限", "due"}, due_cell(about, row)},
                        {{"负责人", "to"}, {name_at(about, row, "to")}},
                        {{"分配人", "by"}, {name_at(about, row, "by")}},
                        {{"部门", "department"}, {text_at(row, "department")}},
                        {{"优先级", "priority"}, choice_cell(about.with.language, "task", "priority", text_at(row, "priority"))},
                        {{"项目", "project"}, {about_of("project")}},
                        {{"策略", "strategy"}, {about_of("strategy")}},
                        {{"清单", "checklist"}, {checklist}},
                        {{"等待", "waits for"}, {name_at(about, row, "blocked_on")}},
                        {{"原因", "reason"}, {text_at(row, "reason")}},
                        {{"成果", "result"}, {text_at(row, "result")}},
                        {{"分配于", "assigned"}, {shown_time(text_at(row, "assigned_at"))}},
                        {{"更新于", "changed"}, {shown_time(text_at(row, "changed_at"))}},
                        {{"版本", "version"}, {raw(at_or_null(row, "version"))}},
                        {{"可做", "actions"}, {actions_of(about, row)}},
                        {{"经过", "history"}, {history}}});
}

/// Why something waits for its reader, and where it is.
std::string inbox(context& about, const std::string& as_of) {
    const auto all = about.server().list(at_moment("/api/v1/inbox", as_of), 0);
    const auto l = about.with.language;
    const auto subject = [](const json& r) -> const json& { return at_or_null(r, text_at(r, "kind").c_str()); };
    const auto what = [subject](const json& r) {
        if (text_at(r, "kind") == "notice")
            return cell{fmt::format("{}/{} !{}", text_at(subject(r), "what"), raw(at_or_null(subject(r), "id")), raw(at_or_null(subject(r), "number")))};
        const auto kind = text_at(subject(r), "what", text_at(r, "kind"));
        return cell{kind + "/" + raw(at_or_null(subject(r), "id"))};
    };
    const auto why = [l, subject](const json& r) {
        if (text_at(r, "kind") != "flow") return state_cell(l, text_at(r, "why"));
        return cell{deed(l, text_at(subject(r), "command")), flag_at(subject(r), "late") ? paint::red : paint::yellow};
    };
    const auto title = [&about, l, subject](const json& r) {
        const auto& s = subject(r);
        if (text_at(r, "kind") == "task") return cell{text_at(s, "title")};
        if (text_at(r, "kind") == "flow") {
            const auto whom = number_at(s, "about");
            return cell{text_at(s, "name") + (whom ? " · " + about.names().name_of(*whom) : "")};
        }
        if (text_at(r, "kind") == "notice") {
            auto words = deed(l, text_at(s, text_at(r, "why") == "decided" ? "happened" : "command"));
            if (const auto name = text_at(s, "name"); !name.empty()) words += ": " + name;
            if (number_at(s, "on").value_or(0) != 0) words += " (" + name_at(about, s, "on") + ")";
            return cell{words};
        }
        return cell{fmt::format("#{} ({})", text_at(s, "name"), number_at(s, "unread").value_or(0))};
    };
    if (about.with.format == format::csv) {
        auto out = csv_line({"kind", "why", "id", "due", "title"});
        for (const auto& r : all)
            out += csv_line({text_at(r, "kind"), text_at(r, "why"), raw(at_or_null(subject(r), "id")), text_at(subject(r), "due"), title(r).text});
        return out;
    }
    return shown_list(about, all,
                      {{{"事由", "WHY"}, "why", why, false, false},
                       {{"对象", "WHAT"}, "kind", what, false, false},
                       {{"期限", "DUE"}, "due", [&about, subject](const json& r) { return due_cell(about, subject(r)); }, false, false},
                       {{"标题", "TITLE"}, "title", title}});
}

}  // namespace

void add_task_views(tree& t, CLI::App* noun) {
    auto only = std::make_shared<list_options>();
    auto* list = t.verb(noun, "list", {"任务列表", "the tasks"},
                        "opsroom task list --to me\nopsroom task list --open --sort due --limit 20\nopsroom task list --overdue -o csv",
                        [only](context& about) { show(about, only->watch, "board", [&] { return listed(about, *only); }); });
    t.only(t.option(list, "--status", only->status, "STATUS", {"状态", "in this state"}),
           {"assigned", "in_progress", "blocked", "submitted", "returned", "done", "cancelled"});
    t.option(list, "--to,--assignee", only->assignee, "MEMBER", {"负责人", "whose they are"});
    t.option(list, "--department", only->department, "CODE", {"部门", "of this department"});
    t.option(list, "--project", only->project, "N", {"项目", "of this project"});
    t.option(list, "--strategy", only->strategy, "N", {"策略或计划", "that carry out this strategy or plan"});
    t.option(list, "--by", only->assigned_by, "MEMBER", {"分配人", "who assigned them"});
    t.only(t.option(list, "--priority", only->priority, "PRIORITY", {"优先级", "of this priority"}), {"low", "normal", "high", "urgent"});
    t.only(t.option(list, "--sort", only->sort, "FIELD", {"排序；前加“-”为倒序", "in this order; - turns it round"}),
           {"changed", "-changed", "due", "-due", "priority", "-priority", "status", "-status", "title", "-title", "id", "-id"});
    t.flag(list, "--open", only->open, {"只看未完成的", "open ones alone"});
    t.flag(list, "--overdue", only->overdue, {"只看逾期的", "overdue ones alone"});
    t.dated(list, only->as_of);
    t.number(list, "--limit", only->limit, "N", how_many, {"最多几条", "at most so many"});
    t.watchable(list, only->watch);

    auto which = std::make_shared<std::string>();
    auto as_of = std::make_shared<std::string>();
    auto watch = std::make_shared<bool>(false);
    auto* one = t.verb(noun, "show", {"一个任务：经过，和现在可以做什么", "one task: its history, and what may be done now"},
                       "opsroom task show 17\nopsroom task show 17 --as-of 2026-11-01\nopsroom task show 17 --watch", [=](context& about) {
                           const auto id = names::task(*which);
                           show(about, *watch, fmt::format("task/{}", id), [&] { return shown(about, id, *as_of); });
                       });
    t.required(t.option(one, "TASK", *which, "", {"任务编号", "the task's number"}));
    t.dated(one, *as_of);
    t.watchable(one, *watch);
}

CLI::App* add_inbox(tree& t) {
    auto as_of = std::make_shared<std::string>();
    auto watch = std::make_shared<bool>(false);
    auto* app = t.verb(&t.root(), "inbox", {"待我处理", "what waits for me"}, "opsroom inbox\nopsroom inbox --watch",
                       [as_of, watch](context& about) { show(about, *watch, "inbox", [&] { return inbox(about, *as_of); }); });
    t.dated(app, *as_of);
    t.watchable(app, *watch);
    return app;
}

}  // namespace cli
