// What is read of requests, projects, flows, the organisation and the calendar.

#include "clients/cli/commands/commands.hpp"
#include "clients/cli/feeds.hpp"
#include "clients/cli/labels.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/when.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

struct list_options {
    std::string status, person, waits_on, department, text, sort;
    bool late = false;
    std::uint64_t limit = 0;
    bool watch = false;
};

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
    if (only.late) add("late", "true");
    return query;
}

std::string people_of(context& about, const json& ids) {
    std::string out;
    for (const auto& id : ids) out += (out.empty() ? "" : ", ") + about.names().name_of(id.is_number_unsigned() ? id.get<std::uint64_t>() : 0);
    return out;
}

/// "convene: Li Na"
std::string waits_of(context& about, const json& row) {
    std::string out;
    for (const auto& each : list_at(row, "waits")) {
        if (!out.empty()) out += "; ";
        out += deed(about.with.language, text_at(each, "command")) + ": " + people_of(about, list_at(each, "on"));
        if (flag_at(each, "passed_up")) out += about.say({"（转上级）", " (passed up)"});
    }
    return out;
}

std::vector<shown_column> columns(context& about, const char* name) {
    const auto l = about.with.language;
    return {
        {{"编号", "ID"}, "id", [](const json& r) { return cell{raw(at_or_null(r, "id"))}; }, true, false},
        {{"状态", "STATUS"}, "status", [l](const json& r) { return state_cell(l, text_at(r, "status")); }, false, false},
        {{"本步期限", "STEP DUE"}, "step_due", [](const json& r) { return cell{text_at(r, "step_due"), flag_at(r, "late") ? paint::red : paint::plain}; }, false, false},
        {{"部门", "DEPARTMENT"}, "department", [](const json& r) { return cell{text_at(r, "department")}; }},
        {{"名称", "NAME"}, name, [name](const json& r) { return cell{text_at(r, name)}; }},
        {{"等待", "WAITS FOR"}, "waits", [&about](const json& r) { return cell{waits_of(about, r)}; }},
    };
}

std::string steps_of(context& about, const json& row) {
    std::string out;
    for (const auto& s : list_at(row, "steps")) {
        if (!out.empty()) out += '\n';
        const auto minutes = number_at(s, "working_minutes").value_or(0);
        out += fmt::format("{}  {}  {}", shown_time(text_at(s, "since")), label(about.with.language, text_at(s, "status")),
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

/// A form's fields, as they lie in the event that carries it.
std::string forms_of(const json& row) {
    std::string out;
    const auto& forms = at_or_null(row, "forms");
    if (!forms.is_object()) return out;
    for (const auto& [name, event] : forms.items()) {
        if (!out.empty()) out += '\n';
        out += name + "  ";
        out += event.is_array() ? fmt::format("× {}", event.size()) : as_text(at_or_null(event, "data"));
    }
    return out;
}

std::string shown(context& about, const std::string& path) {
    const auto row = about.server().get(path);
    if (about.with.format != format::table) return shown_thing(about, row, {});
    std::string history;
    for (const auto& each : list_at(row, "history")) history += event_line(about, each);
    while (history.ends_with('\n')) history.pop_back();
    const auto& past = at_or_null(row, "as_of");
    return shown_thing(about, row,
                       {{{"当时（只读）", "as it was (read-only)"}, {past.is_object() ? shown_time(text_at(past, "time")) : ""}},
                        {{"编号", "id"}, {raw(at_or_null(row, "id"))}},
                        {{"名称", "name"}, {text_at(row, "name", text_at(row, "title")), paint::bold}},
                        {{"状态", "status"}, state_cell(about.with.language, text_at(row, "status"))},
                        {{"部门", "department"}, {text_at(row, "department")}},
                        {{"申请人", "requester"}, {number_at(row, "requester") ? about.names().name_of(*number_at(row, "requester")) : ""}},
                        {{"负责人", "lead"}, {number_at(row, "lead") ? about.names().name_of(*number_at(row, "lead")) : ""}},
                        {{"团队", "team"}, {people_of(about, list_at(row, "team"))}},
                        {{"立项计划书哈希", "charter"}, {text_at(row, "charter")}},
                        {{"缺少的归档材料", "missing records"}, {raw(at_or_null(row, "missing_records"))}},
                        {{"等待", "waits for"}, {waits_of(about, row)}},
                        {{"用时", "time in step"}, {steps_of(about, row)}},
                        {{"表单", "forms"}, {forms_of(row)}},
                        {{"可做", "actions"}, {actions_of(about, row)}},
                        {{"经过", "history"}, {history}}});
}

void add_list(tree& t, CLI::App* noun, const char* kind, const char* plural, const char* name, text about_it, std::vector<std::string> statuses) {
    auto only = std::make_shared<list_options>();
    auto* list = t.verb(noun, "list", about_it, fmt::format("opsroom {0} list --waits-on me\nopsroom {0} list --late --sort due", kind),
                        [only, plural, name](context& about) {
                            show(about, only->watch, plural, [&] {
                                return shown_list(about, about.server().list(fmt::format("/api/v1/{}", plural) + query_of(about, *only), only->limit), columns(about, name));
                            });
                        });
    t.only(t.option(list, "--status", only->status, "STATUS", {"状态", "in this state"}), std::move(statuses));
    t.option(list, "--person", only->person, "MEMBER", {"谁的（申请人、负责人或团队）", "whose: requester, lead or in the team"});
    t.option(list, "--waits-on", only->waits_on, "MEMBER", {"等待谁", "whose turn it is"});
    t.option(list, "--department", only->department, "CODE", {"部门", "of this department"});
    t.option(list, "--text", only->text, "TEXT", {"名称中含有", "in its name"});
    t.only(t.option(list, "--sort", only->sort, "FIELD", {"排序；前加“-”为倒序", "in this order; - turns it round"}),
           {"changed", "-changed", "due", "-due", "name", "-name", "status", "-status", "since", "-since", "id", "-id"});
    t.flag(list, "--late", only->late, {"只看本步已逾期的", "only what is late in its step"});
    t.option(list, "--limit", only->limit, "N", {"最多几条", "at most so many"});
    t.watchable(list, only->watch);
}

void add_show(tree& t, CLI::App* noun, const char* kind, const char* plural, text about_it) {
    auto which = std::make_shared<std::string>();
    auto as_of = std::make_shared<std::string>();
    auto watch = std::make_shared<bool>(false);
    auto* one = t.verb(noun, "show", about_it, fmt::format("opsroom {0} show 3\nopsroom {0} show 3 --as-of 2026-11-01\nopsroom {0} show 3 --watch", kind),
                       [=](context& about) {
                           const auto id = names::number(kind, *which);
                           const auto path = fmt::format("/api/v1/{}/{}", plural, id) + (as_of->empty() ? "" : "?as_of=" + percent_encoded(*as_of));
                           show(about, *watch, fmt::format("{}/{}", kind, id), [&] { return shown(about, path); });
                       });
    t.required(t.option(one, "ID", *which, "", {"编号", "its number"}));
    t.option(one, "--as-of", *as_of, "WHEN", {"当时：日期、RFC 3339 时间或日志位置", "as it was: a day, an RFC 3339 time or a log position"});
    t.watchable(one, *watch);
}

const char* charter_template = R"({
  "name": "", "lead": 0, "team": [], "starts": "2026-12-01", "ends": "2027-03-31",
  "milestones": [{"name": "", "due": "2026-12-31", "deliverable": ""}],
  "budget": {"cents": 0, "currency": "CNY", "use": ""},
  "resources": "", "expected_results": "", "objectives": [""], "success_metrics": "",
  "risks": [{"what": "", "likelihood": "medium", "impact": "medium", "response": ""}],
  "responsibilities": [{"activity": "", "responsible": [], "accountable": 0, "consulted": [], "informed": []}],
  "compliance": {"checked": true, "findings": ""},
  "extras": {"form": 1, "fields": [], "attachments": []}
}
)";

std::string waiting(context& about, const list_options& only) {
    const auto l = about.with.language;
    return shown_list(about, about.server().list("/api/v1/waiting" + query_of(about, only), only.limit),
                      {{{"对象", "WHAT"}, "kind", [](const json& r) { return cell{text_at(r, "kind") + "/" + raw(at_or_null(r, "id"))}; }, false, false},
                       {{"状态", "STATUS"}, "status", [l](const json& r) { return state_cell(l, text_at(r, "status")); }, false, false},
                       {{"下一步", "WAITS FOR"}, "command", [l](const json& r) { return cell{deed(l, text_at(r, "command"))}; }},
                       {{"等待", "ON"}, "on", [&about](const json& r) { return cell{people_of(about, list_at(r, "on"))}; }},
                       {{"期限", "DUE"}, "due", [](const json& r) { return cell{text_at(r, "due"), flag_at(r, "late") ? paint::red : paint::plain}; }, false, false},
                       {{"名称", "NAME"}, "name", [](const json& r) { return cell{text_at(r, "name")}; }}});
}

}  // namespace

void add_flow_views(tree& t, const nouns& n) {
    add_list(t, n.at("request"), "request", "requests", "title", {"需求申请列表", "the requests"},
             {"draft", "submitted", "in_assessment", "clarifying", "approved", "rejected", "withdrawn"});
    add_show(t, n.at("request"), "request", "requests", {"一份申请：表单、用时、等待谁、可做什么", "one request: forms, time in step, on whom it waits, what may be done"});
    add_list(t, n.at("project"), "project", "projects", "name", {"项目列表", "the projects"},
             {"initiating", "charter_pending", "clarifying", "rejected", "active", "acceptance_requested", "in_acceptance", "accepted",
              "summarised", "archive_pending", "archived", "suspended", "cancelled"});
    add_show(t, n.at("project"), "project", "projects", {"一个项目：表单、用时、等待谁、可做什么", "one project: forms, time in step, on whom it waits, what may be done"});
    t.verb(n.at("project"), "template", {"立项计划书（F2）样张", "a charter (F2) to fill in"}, "opsroom project template > charter.json",
           [](context& about) { about.out << charter_template; });

    auto only = std::make_shared<list_options>();
    auto* waits = t.verb(n.at("flow"), "waiting", {"现在等待谁、等到何时、是否逾期（S1.3.3）", "what waits now, on whom, until when (S1.3.3)"},
                         "opsroom flow waiting --late\nopsroom flow waiting --on @li.na",
                         [only](context& about) { about.out << waiting(about, *only); });
    t.option(waits, "--on", only->waits_on, "MEMBER", {"等待谁", "on whom"});
    t.flag(waits, "--late", only->late, {"只看逾期的", "only what is late"});
    t.option(waits, "--limit", only->limit, "N", {"最多几条", "at most so many"});

    t.verb(n.at("flow"), "list", {"全部流程", "all flows"}, "opsroom flow list", [](context& about) {
        about.out << shown_list(about, list_at(about.server().get("/api/v1/flows"), "items"),
                                {{{"流程", "FLOW"}, "name", [](const json& r) { return cell{text_at(r, "name")}; }},
                                 {{"状态", "STATUSES"}, "statuses", [](const json& r) { return cell{raw(at_or_null(r, "statuses"))}; }}});
    });
    auto name = std::make_shared<std::string>();
    auto diagram = std::make_shared<bool>(false);
    auto* flow = t.verb(n.at("flow"), "show", {"一个流程的全部行", "every row of a flow"}, "opsroom flow show project\nopsroom flow show project --diagram",
                        [name, diagram](context& about) {
                            const auto path = "/api/v1/flows/" + percent_encoded(*name);
                            if (*diagram) {
                                about.out << about.server().get_text(path + "?as=mermaid");
                                return;
                            }
                            const auto it = about.server().get(path);
                            const auto text_of = [](const char* key) { return [key](const json& r) { return cell{raw(at_or_null(r, key))}; }; };
                            about.out << shown_list(about, list_at(it, "rows"),
                                                    {{{"命令", "COMMAND"}, "command", text_of("command"), false, false},
                                                     {{"状态", "IN"}, "in", text_of("in")},
                                                     {{"由谁", "MAY"}, "may", text_of("may")},
                                                     {{"不得由", "NEVER"}, "never", text_of("never")},
                                                     {{"条件", "WHEN"}, "when", text_of("when")},
                                                     {{"之后", "NEXT"}, "next", text_of("next")},
                                                     {{"条款", "CLAUSE"}, "clause", text_of("clause"), false, false}});
                        });
    t.required(t.option(flow, "FLOW", *name, "", {"流程", "the flow"}));
    t.flag(flow, "--diagram", *diagram, {"状态图（Mermaid）", "a state diagram (Mermaid)"});
    auto of = std::make_shared<std::string>();
    auto* times = t.verb(n.at("flow"), "times", {"每一步用了多少工作时间", "how much working time each step takes"}, "opsroom flow times request", [of](context& about) {
        const auto l = about.with.language;
        const auto hours = [](const char* key) {
            return [key](const json& r) {
                const auto m = number_at(r, key);
                return cell{m ? fmt::format("{}.{}", *m / 60, *m % 60 * 10 / 60) : ""};
            };
        };
        about.out << shown_list(about, list_at(about.server().get("/api/v1/flows/" + percent_encoded(*of) + "/times"), "items"),
                                {{{"状态", "STATUS"}, "status", [l](const json& r) { return state_cell(l, text_at(r, "status")); }},
                                 {{"已完成", "ENDED"}, "ended", [](const json& r) { return cell{raw(at_or_null(r, "ended"))}; }, true},
                                 {{"进行中", "NOW"}, "going_on", [](const json& r) { return cell{raw(at_or_null(r, "going_on"))}; }, true},
                                 {{"逾期", "LATE"}, "late", [](const json& r) { return cell{raw(at_or_null(r, "late"))}; }, true},
                                 {{"中位（小时）", "MEDIAN H"}, "median_working_minutes", hours("median_working_minutes"), true},
                                 {{"90%（小时）", "P90 H"}, "p90_working_minutes", hours("p90_working_minutes"), true}});
    });
    t.required(t.option(times, "FLOW", *of, "", {"流程", "the flow"}));

    t.verb(n.at("org"), "show", {"部门、角色、上级与参数", "departments, roles, superiors and settings"}, "opsroom org show\nopsroom org show -o json",
           [](context& about) { about.out << shown_thing(about, about.server().get("/api/v1/org"), {}); });
    auto year = std::make_shared<std::uint64_t>(0);
    auto* calendar = t.verb(n.at("calendar"), "show", {"一年的节假日与调休", "a year's holidays and make-up days"}, "opsroom calendar show 2026", [year](context& about) {
        const auto it = about.server().get("/api/v1/calendar" + (*year ? fmt::format("?year={}", *year) : std::string()));
        json days = json::array();
        for (const char* kind : {"off", "work"})
            for (auto day : list_at(it, kind)) {
                day["kind"] = kind;
                days.push_back(day);
            }
        if (about.with.format != format::table) {
            about.out << shown_thing(about, it, {});
            return;
        }
        const auto l = about.with.language;
        about.out << shown_list(about, days,
                                {{{"日期", "DAY"}, "day", [](const json& r) { return cell{text_at(r, "day")}; }},
                                 {{"类别", "KIND"}, "kind", [l](const json& r) { return state_cell(l, text_at(r, "kind")); }},
                                 {{"名称", "NAME"}, "name", [l](const json& r) { return cell{text_at(at_or_null(r, "name"), l == language::zh ? "zh" : "en")}; }}});
    });
    t.option(calendar, "YEAR", *year, "", {"年份；不给则为今年", "the year; this one if left out"});
}

}  // namespace cli
