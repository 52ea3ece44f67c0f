// What is read of flows, the organisation and the calendar.

#include "clients/cli/client.hpp"
#include "clients/cli/commands/commands.hpp"
#include "clients/cli/commands/entity_views.hpp"
#include "clients/cli/feeds.hpp"
#include "clients/cli/labels.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/when.hpp"
#include "clients/cli/width.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

std::string waiting(context& about, const list_options& only) {
    const auto l = about.with.language;
    return shown_list(about, about.server().list("/api/v1/waiting" + query_of(about, only), only.limit),
                      {{{"对象", "WHAT"}, "kind", [](const json& r) { return cell{text_at(r, "kind") + "/" + raw(at_or_null(r, "id"))}; }, false, false},
                       {{"状态", "STATUS"}, "status", [l](const json& r) { return state_cell(l, text_at(r, "kind"), text_at(r, "status")); }, false, false},
                       {{"下一步", "WAITS FOR"}, "command", [l](const json& r) { return cell{deed(l, text_at(r, "command"))}; }},
                       {{"等待", "ON"}, "on", [&about](const json& r) { return cell{people_of(about, list_at(r, "on"))}; }},
                       {{"期限", "DUE"}, "due", [](const json& r) { return cell{text_at(r, "due"), flag_at(r, "late") ? paint::red : paint::plain}; }, false, false},
                       {{"名称", "NAME"}, "name", [](const json& r) { return cell{text_at(r, "name")}; }}});
}

std::string every_flow(context& about, const std::string& as_of) {
    return shown_list(about, list_at(about.server().get(at_moment("/api/v1/flows", as_of)), "items"),
                      {{{"流程", "FLOW"}, "name", [](const json& r) { return cell{text_at(r, "name")}; }},
                       {{"版本", "VERSION"}, "version", [](const json& r) { return cell{raw(at_or_null(r, "version"))}; }, true},
                       {{"状态", "STATUSES"}, "statuses", [](const json& r) { return cell{raw(at_or_null(r, "statuses"))}; }}});
}

std::string rows_of_flow(context& about, const std::string& name, const std::string& as_of) {
    const auto it = about.server().get(at_moment("/api/v1/flows/" + percent_encoded(name), as_of));
    const auto text_of = [](const char* key) { return [key](const json& r) { return cell{raw(at_or_null(r, key))}; }; };
    return shown_list(about, list_at(it, "rows"),
                      {{{"命令", "COMMAND"}, "command", text_of("command"), false, false},
                       {{"状态", "IN"}, "in", text_of("in")},
                       {{"由谁", "MAY"}, "may", text_of("may")},
                       {{"不得由", "NEVER"}, "never", text_of("never")},
                       {{"条件", "WHEN"}, "when", text_of("when")},
                       {{"之后", "NEXT"}, "next", text_of("next")},
                       {{"条款", "CLAUSE"}, "clause", text_of("clause"), false, false}});
}

std::string proposals_of_flow(context& about, const std::string& name) {
    const auto it = about.server().get("/api/v1/flows/" + percent_encoded(name));
    const auto text_of = [](const char* key) { return [key](const json& r) { return cell{raw(at_or_null(r, key))}; }; };
    return shown_list(about, list_at(it, "proposals"),
                      {{{"编号", "NUMBER"}, "number", text_of("number"), true, false},
                       {{"提出人", "BY"}, "by", [&about](const json& r) { return cell{about.names().name_of(number_at(r, "by").value_or(0))}; }},
                       {{"行", "ROWS"}, "rows", text_of("rows")},
                       {{"时限", "LIMITS"}, "limits", text_of("limits")},
                       {{"原因", "REASON"}, "reason", text_of("reason")},
                       {{"效果", "EFFECT"}, "effect", text_of("effect")},
                       {{"哈希", "SHA256"}, "sha256", text_of("sha256"), false, false}});
}

std::string every_form(context& about, const std::string& as_of) {
    const auto l = about.with.language;
    return shown_list(about, list_at(about.server().get(at_moment("/api/v1/forms", as_of)), "items"),
                      {{{"表单", "FORM"}, "name", [](const json& r) { return cell{text_at(r, "name")}; }, false, false},
                       {{"名称", "TITLE"}, "title", [l](const json& r) { return cell{text_at(r, l == language::zh ? "zh" : "en")}; }},
                       {{"版本", "VERSION"}, "version", [](const json& r) { return cell{raw(at_or_null(r, "version"))}; }, true, false},
                       {{"增加的字段", "ADDED FIELDS"}, "fields", [](const json& r) {
                            std::string all;
                            for (const auto& f : list_at(r, "fields")) all += (all.empty() ? "" : ", ") + text_at(f, "name") + (flag_at(f, "required") ? "*" : "");
                            return cell{all};
                        }}});
}

std::string times(context& about, const std::string& flow, const std::string& as_of) {
    const auto l = about.with.language;
    const auto hours = [](const char* key) {
        return [key](const json& r) {
            const auto m = number_at(r, key);
            return cell{m ? fmt::format("{}.{}", *m / 60, *m % 60 * 10 / 60) : ""};
        };
    };
    const auto path = "/api/v1/flows/" + percent_encoded(flow) + "/times";
    return shown_list(about, list_at(about.server().get(at_moment(path, as_of)), "items"),
                      {{{"状态", "STATUS"}, "status", [l, flow](const json& r) { return state_cell(l, flow, text_at(r, "status")); }},
                       {{"已完成", "ENDED"}, "ended", [](const json& r) { return cell{raw(at_or_null(r, "ended"))}; }, true},
                       {{"进行中", "NOW"}, "going_on", [](const json& r) { return cell{raw(at_or_null(r, "going_on"))}; }, true},
                       {{"逾期", "LATE"}, "late", [](const json& r) { return cell{raw(at_or_null(r, "late"))}; }, true},
                       {{"中位（小时）", "MEDIAN H"}, "median_working_minutes", hours("median_working_minutes"), true},
                       {{"90%（小时）", "P90 H"}, "p90_working_minutes", hours("p90_working_minutes"), true}});
}

std::string days_of_year(context& about, std::uint64_t year, const std::string& as_of) {
    const auto it = about.server().get(at_moment("/api/v1/calendar" + (year ? fmt::format("?year={}", year) : std::string()), as_of));
    if (about.with.format != format::table) return shown_thing(about, it, {});
    const auto worked = fmt::format(fmt::runtime(about.say({"{} 年共 {} 个工作日", "{}: {} working days"})), number_at(it, "year").value_or(0), number_at(it, "working_days").value_or(0));
    const bool published = flag_at(it, "published");
    const auto about_year = published ? worked + about.say({"。依据：", ". Source: "}) + text_at(it, "source") + "\n"
                                      : fmt::format(fmt::runtime(about.say({"{0} 年的放假安排尚未公布：周一至周五上班，只有法定节假日放假（D15：元旦、春节、清明、劳动节、端午、中秋、国庆）；调休要到公布后才知道。{1}。\n",
                                                                            "{0} is not published yet: Monday to Friday are worked but for the days off that are fixed by law (D15: New Year's Day, Spring Festival, Qingming, Labour Day, "
                                                                            "Dragon Boat, Mid-Autumn and National Day); make-up days are known once it is. {1}.\n"})),
                                                    number_at(it, "year").value_or(0), worked);
    json days = json::array();
    for (const char* kind : {"off", "work"})
        for (auto day : list_at(it, kind)) {
            day["kind"] = kind;
            days.push_back(day);
        }
    const auto l = about.with.language;
    if (days.empty()) return shown_safely(about_year);
    return shown_safely(about_year) + shown_list(about, days,
                      {{{"日期", "DAY"}, "day", [](const json& r) { return cell{text_at(r, "day")}; }},
                       {{"类别", "KIND"}, "kind", [l](const json& r) { return state_cell(l, text_at(r, "kind")); }},
                       {{"名称", "NAME"}, "name", [l](const json& r) { return cell{text_at(at_or_null(r, "name"), l == language::zh ? "zh" : "en")}; }}});
}

std::string clock_time(const json& minutes) {
    const auto m = minutes.is_number() ? minutes.get<int>() : 0;
    return fmt::format("{:02}:{:02}", m / 60, m % 60);
}

/// "90 % + 10 %", of these keys.
std::string shares(const json& of, std::initializer_list<const char*> keys) {
    std::string all;
    for (const char* key : keys) all += (all.empty() ? "" : " + ") + raw(at_or_null(of, key)) + " %";
    return all;
}

std::string settings_of(context& about, const json& organisation) {
    const auto s = at_or_null(organisation, "settings");
    const auto hours = at_or_null(s, "hours"), scoring = at_or_null(s, "scoring");
    const auto days = [&](const char* key) { return cell{raw(at_or_null(s, key))}; };
    return shown_thing(about, organisation,
                       {{{"工作时间", "working hours"}, cell{fmt::format("{}–{}, {}–{}", clock_time(at_or_null(hours, "from")), clock_time(at_or_null(hours, "break_from")),
                                                                        clock_time(at_or_null(hours, "break_until")), clock_time(at_or_null(hours, "until")))}},
                        {{"季度得分：自评 + 上级", "quarter: self + superior"}, cell{shares(scoring, {"self_percent", "superior_percent"})}},
                        {{"年度得分：季度 + 年度评价", "year: quarters + annual"}, cell{shares(scoring, {"quarters_percent", "annual_percent"})}},
                        {{"等级 S/A/B/C 起点", "grades S/A/B/C from"}, cell{fmt::format("{}/{}/{}/{}", raw(at_or_null(scoring, "grade_s")), raw(at_or_null(scoring, "grade_a")),
                                                                                  raw(at_or_null(scoring, "grade_b")), raw(at_or_null(scoring, "grade_c")))}},
                        {{"申诉期（工作日）", "days to appeal"}, days("appeal_days")},
                        {{"自评（工作日）", "days for self-appraisal"}, days("self_days")},
                        {{"评价（工作日）", "days for evaluation"}, days("evaluation_days")},
                        {{"校准（工作日）", "days for calibration"}, days("calibration_days")},
                        {{"到期前提醒（工作日）", "reminded so many days before"}, days("remind_days")},
                        {{"逾期后上报（工作日）", "escalated so many days after"}, days("escalate_days")}});
}

/// Departments, roles of its own, whom everybody answers to, settings.
std::string organisation(context& about, const std::string& as_of) {
    const auto it = about.server().get(at_moment("/api/v1/org", as_of));
    if (about.with.format != format::table) return shown_thing(about, it, {});
    const auto l = about.with.language;
    const auto named = [l](const json& r) { return cell{text_at(at_or_null(r, "name"), l == language::zh ? "zh" : "en")}; };
    const auto one = [&about](const char* key) {
        return [&about, key](const json& r) {
            const auto who = at_or_null(r, key);
            return cell{who.is_number() && who != 0 ? people_of(about, json::array({who})) : std::string()};
        };
    };
    auto all = shown_list(about, list_at(it, "departments"),
                          {{{"部门", "DEPARTMENT"}, "department", [](const json& r) { return cell{text_at(r, "department")}; }, false, false},
                           {{"名称", "NAME"}, "name", named},
                           {{"上级部门", "PART OF"}, "parent", [](const json& r) { return cell{text_at(r, "parent")}; }}});
    if (!list_at(it, "roles").empty())
        all += "\n" + shown_list(about, list_at(it, "roles"), {{{"角色", "ROLE"}, "role", [](const json& r) { return cell{text_at(r, "role")}; }, false, false}, {{"名称", "NAME"}, "name", named}});
    all += "\n" + shown_list(about, list_at(it, "superiors"),
                             {{{"成员", "MEMBER"}, "member", one("member")},
                              {{"上级", "SUPERIOR"}, "superior", one("superior")},
                              {{"代理", "STANDS IN FOR"}, "acts_for", [&about](const json& r) {
                                   json of = json::array();
                                   for (const auto& d : list_at(r, "acts_for")) of.push_back(d.is_object() ? at_or_null(d, "of") : d);
                                   return cell{people_of(about, of)};
                               }}});
    return all + "\n" + settings_of(about, it);
}

/// One that is read as it is or was, and watched by a feed.
struct view_options {
    std::string which;
    std::string as_of;
    bool watch = false;
};

void add_flow_definitions(tree& t, CLI::App* noun) {
    auto only = std::make_shared<list_options>();
    auto* waits = t.verb(noun, "waiting", {"现在等待谁、等到何时、是否逾期（S1.3.3）", "what waits now, on whom, until when (S1.3.3)"},
                         "opsroom flow waiting --late\nopsroom flow waiting --on @li.na --watch",
                         [only](context& about) { show(about, only->watch, "waiting", [&] { return waiting(about, *only); }); });
    t.option(waits, "--on", only->waits_on, "MEMBER", {"等待谁", "on whom"});
    t.flag(waits, "--late", only->late, {"只看逾期的", "only what is late"});
    t.number(waits, "--limit", only->limit, "N", how_many, {"最多几条", "at most so many"});
    t.dated(waits, only->as_of);
    t.watchable(waits, only->watch);

    auto every = std::make_shared<view_options>();
    auto* list = t.verb(noun, "list", {"全部流程", "all flows"}, "opsroom flow list", [every](context& about) {
        show(about, every->watch, "flows", [&] { return every_flow(about, every->as_of); });
    });
    t.dated(list, every->as_of);
    t.watchable(list, every->watch);

    auto one = std::make_shared<view_options>();
    auto diagram = std::make_shared<bool>(false);
    auto* flow = t.verb(noun, "show", {"一个流程的全部行", "every row of a flow"}, "opsroom flow show project\nopsroom flow show project --diagram",
                        [one, diagram](context& about) {
                            if (*diagram) about.out << about.server().get_text("/api/v1/flows/" + percent_encoded(one->which) + "?as=mermaid");
                            else show(about, one->watch, "flows", [&] { return rows_of_flow(about, one->which, one->as_of); });
                        });
    t.required(t.option(flow, "FLOW", one->which, "", {"流程", "the flow"}));
    t.flag(flow, "--diagram", *diagram, {"状态图（Mermaid）", "a state diagram (Mermaid)"});
    t.dated(flow, one->as_of);
    t.watchable(flow, one->watch);

    auto asked = std::make_shared<view_options>();
    auto* pending = t.verb(noun, "proposals", {"待确认的更改（D12）", "its changes that wait to be confirmed (D12)"}, "opsroom flow proposals appraisal",
                           [asked](context& about) { about.out << proposals_of_flow(about, asked->which); });
    t.required(t.option(pending, "FLOW", asked->which, "", {"流程", "the flow"}));

    auto of = std::make_shared<view_options>();
    auto* took = t.verb(noun, "times", {"每一步用了多少工作时间", "how much working time each step takes"}, "opsroom flow times request",
                        [of](context& about) { about.out << times(about, of->which, of->as_of); });
    t.required(t.option(took, "FLOW", of->which, "", {"流程", "the flow"}));
    t.dated(took, of->as_of);

    auto forms = std::make_shared<view_options>();
    auto* written = t.verb(noun, "forms", {"全部表单及增加的字段（* 为必填）", "every form, and the fields added to it (* required)"}, "opsroom flow forms",
                           [forms](context& about) { show(about, forms->watch, "forms", [&] { return every_form(about, forms->as_of); }); });
    t.dated(written, forms->as_of);
    t.watchable(written, forms->watch);
}

}  // namespace

void add_flow_views(tree& t, const nouns& n) {
    add_flow_definitions(t, n.at("flow"));

    auto org = std::make_shared<view_options>();
    auto* shown = t.verb(n.at("org"), "show", {"部门、角色、上级与参数", "departments, roles, superiors and settings"},
                         "opsroom org show\nopsroom org show -o json", [org](context& about) {
                             show(about, org->watch, "org", [&] { return organisation(about, org->as_of); });
                         });
    t.dated(shown, org->as_of);
    t.watchable(shown, org->watch);

    auto year = std::make_shared<std::uint64_t>(0);
    auto days = std::make_shared<view_options>();
    auto* calendar = t.verb(n.at("calendar"), "show", {"一年的节假日与调休", "a year's holidays and make-up days"}, "opsroom calendar show 2026",
                            [year, days](context& about) {
                                show(about, days->watch, "calendar", [&] { return days_of_year(about, *year, days->as_of); });
                            });
    t.number(calendar, "YEAR", *year, "", range{1, 9999}, {"年份；不给则为今年", "the year; this one if left out"});
    t.dated(calendar, days->as_of);
    t.watchable(calendar, days->watch);
}

}  // namespace cli
