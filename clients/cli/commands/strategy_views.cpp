// What is read of analyses and strategies.

#include "clients/cli/commands/strategy_views.hpp"
#include "clients/cli/commands/commands.hpp"
#include "clients/cli/commands/entity_views.hpp"
#include "clients/cli/commands/form_views.hpp"
#include "clients/cli/labels.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/when.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cli {

const json& said_in(const json& dossier, const char* form) { return at_or_null(at_or_null(at_or_null(dossier, "forms"), form), "data"); }

namespace {

const json& all_of(const json& dossier, const char* form) { return list_at(at_or_null(dossier, "forms"), form); }

}  // namespace

const json& look_of(const json& dossier, std::uint64_t look) {
    static const json nothing;
    const json* found = &nothing;
    for (const auto& e : all_of(dossier, "looks"))
        if (number_at(at_or_null(e, "data"), "look") == look) found = &at_or_null(e, "data");
    return *found;
}

namespace {

void add_line(std::string& to, const std::string& line) {
    if (!line.empty()) to += (to.empty() ? "" : "\n") + line;
}

std::string name_at(context& about, const json& of, const char* key) {
    const auto who = number_at(of, key).value_or(0);
    return who ? about.names().name_of(who) : std::string();
}

/// "strategy/3"; empty where there is none.
std::string reference(const json& of, const char* key, const char* kind) {
    const auto n = number_at(of, key).value_or(0);
    return n ? fmt::format("{}/{}", kind, n) : std::string();
}

/// "name: what it says", where it says anything.
std::string named(const context& about, text name, const std::string& what) {
    return what.empty() ? std::string() : about.say(name) + about.say({"：", ": "}) + what;
}

/// Who of these has acknowledged, and who is yet to.
std::string acknowledged_of(context& about, const json& row, bool done) {
    const auto& have = list_at(row, "acknowledged");
    json out = json::array();
    for (const auto& who : list_at(row, "concerned"))
        if ((std::find(have.begin(), have.end(), who) != have.end()) == done) out.push_back(who);
    return people_of(about, out);
}

std::string how_many_acknowledged(const json& row) {
    return row.contains("acknowledged") ? fmt::format("{}/{}", list_at(row, "acknowledged").size(), list_at(row, "concerned").size())
                                        : std::string();
}

// Analyses.

/// "redemption 12.5 → 9.8 %"
std::string figures_of(const json& finding) {
    std::string out;
    for (const auto& f : list_at(finding, "figures")) {
        auto line = text_at(f, "name") + "  ";
        if (const auto before = text_at(f, "before"); !before.empty()) line += before + " → ";
        line += text_at(f, "now");
        if (const auto unit = text_at(f, "unit"); !unit.empty()) line += " " + unit;
        add_line(out, line);
    }
    return out;
}

std::string handling_of(context& about, const json& dossier, std::uint64_t look) {
    std::string out;
    for (const auto& e : all_of(dossier, "handled"))
        if (const auto& data = at_or_null(e, "data"); number_at(data, "look") == look)
            out = fmt::format("{} · {} · {}", label(about.with.language, text_at(data, "outcome")), text_at(data, "reason"),
                              doer_of(about, e));
    return out;
}

std::string finding_of(context& about, const json& finding) {
    const auto l = about.with.language;
    if (!finding.is_object()) return {};
    auto out = fmt::format("{} · {} · {} – {}", label(l, text_at(finding, "kind")), label(l, text_at(finding, "priority")),
                           text_at(finding, "from"), text_at(finding, "until"));
    add_line(out, text_at(finding, "observed"));
    add_line(out, figures_of(finding));
    add_line(out, named(about, {"可能原因", "likely cause"}, text_at(finding, "cause")));
    add_line(out, named(about, {"建议", "suggestion"}, text_at(finding, "suggestion")));
    add_line(out, added_to_form(about, finding));
    return out;
}

/// A line for each look: when, of what days, and what it found.
std::string looks_of(context& about, const json& dossier) {
    const auto l = about.with.language;
    std::string out;
    for (const auto& e : all_of(dossier, "looks")) {
        const auto& data = at_or_null(e, "data");
        const auto& finding = at_or_null(data, "finding");
        const bool found = finding.is_object();
        auto line = fmt::format("{}  {}  {} – {}  ", number_at(data, "look").value_or(0), shown_time(text_at(e, "time")),
                                text_at(found ? finding : data, "from"), text_at(found ? finding : data, "until"));
        if (text_at(e, "type").starts_with("analysis.corrected"))
            line += about.say({"更正：", "corrected: "}) + text_at(data, "reason") + "  ";
        line += found ? label(l, text_at(finding, "kind")) + about.say({"：", ": "}) + text_at(finding, "observed")
                      : about.say({"正常：", "nothing: "}) + text_at(data, "note");
        add_line(out, line);
    }
    return out;
}

/// The strategies and plans that rest on what was found.
std::string cited_by_of(const context& about, const json& dossier) {
    std::string out;
    for (const auto& c : list_at(dossier, "cited_by"))
        add_line(out, fmt::format("{}  {}  {}", reference(c, "strategy", "strategy"), text_at(c, "title"), label(about.with.language, "strategy", text_at(c, "status"))));
    return out;
}

std::vector<shown_fact> analysis_facts(context& about, const json& row) {
    const auto& plan = at_or_null(said_in(row, "plan"), "plan");
    const auto found = number_at(row, "found").value_or(0);
    const auto every = number_at(row, "every").value_or(0);
    const bool due = text_at(row, "status") != "ended" && text_at(row, "next_on") <= written(about.today());
    return {{{"分析内容", "subject"}, {text_at(plan, "subject")}},
            {{"数据来源", "sources"}, {text_at(plan, "sources")}},
            {{"方法", "method"}, {text_at(plan, "method")}},
            {{"负责人", "owner"}, {name_at(about, row, "owner")}},
            {{"频率", "rhythm"}, {every == 1 ? about.say({"每个工作日", "every working day"}) : about.say({fmt::format("每 {} 个工作日", every), fmt::format("every {} working days", every)})}},
            {{"下次分析", "next look"}, {text_at(row, "next_on"), due ? paint::yellow : paint::plain}},
            {{"告知", "told"}, {people_of(about, list_at(row, "concerned"))}},
            {{"项目", "project"}, {reference(row, "project", "project")}},
            {{"最近的发现", "newest finding"}, {finding_of(about, at_or_null(look_of(row, found), "finding"))}},
            {{"已确认", "taken note"}, {found ? acknowledged_of(about, row, true) : ""}},
            {{"未确认", "yet to take note"}, {found ? acknowledged_of(about, row, false) : "", paint::yellow}},
            {{"处理", "handled"}, {handling_of(about, row, found)}},
            {{"依此调整", "adjusted since"}, {cited_by_of(about, row)}},
            {{"历次分析", "looks"}, {looks_of(about, row)}}};
}

std::vector<shown_column> analysis_columns(context& about) {
    const auto l = about.with.language;
    return {{{"负责人", "OWNER"}, "owner", [&about](const json& r) { return cell{name_at(about, r, "owner")}; }},
            {{"下次分析", "NEXT LOOK"}, "next_on", [](const json& r) { return cell{text_at(r, "next_on")}; }, false, false},
            {{"优先级", "PRIORITY"},
             "priority",
             [l](const json& r) {
                 // Of a finding that is still open.
                 return text_at(r, "status") == "reported" ? state_cell(l, text_at(r, "priority")) : cell{};
             },
             false,
             false}};
}

// Strategies and plans.

std::string grounds_of(const context& about, const json& form) {
    std::string out;
    for (const auto& g : list_at(form, "grounds")) {
        auto line = "· " + text_at(g, "fact");
        if (const auto look = number_at(g, "look").value_or(0))
            line += about.say({fmt::format("（{} 第 {} 次）", reference(g, "analysis", "analysis"), look),
                               fmt::format(" ({}, look {})", reference(g, "analysis", "analysis"), look)});
        add_line(out, line);
    }
    return out;
}

std::string checks_of(context& about, const json& dossier) {
    std::string out;
    for (const auto& e : all_of(dossier, "checks")) {
        const auto& data = at_or_null(e, "data");
        const auto& check = at_or_null(data, "check");
        add_line(out,
                 fmt::format("{}  {}  {}  {} · {}", number_at(data, "number").value_or(0), shown_time(text_at(e, "time")),
                             label(about.with.language, text_at(check, "standing")), text_at(check, "found"), doer_of(about, e)));
        add_line(out, named(about, {"措施", "measures"}, text_at(check, "measures")));
        add_line(out, added_to_form(about, check));
    }
    return out;
}

/// "strategy/5 ← strategy/3 (this) ← strategy/1": what took its place, and what it took the place of.
std::string line_of(const context& about, const json& row) {
    const auto& before = list_at(row, "line");
    const auto after = reference(row, "superseded_by", "strategy");
    if (after.empty() && before.empty() && !number_at(row, "replaces")) return {};
    auto out = after.empty() ? std::string() : after + " ← ";
    out += fmt::format("strategy/{}{}", raw(at_or_null(row, "id")), about.say({"（本版）", " (this)"}));
    for (const auto& n : before) out += " ← strategy/" + raw(n);
    // The one before it may be none that the reader may see.
    if (before.empty() && number_at(row, "replaces")) out += " ← " + reference(row, "replaces", "strategy");
    return out;
}

/// Why a draft came back, or why it holds no more.
std::string ending_of(const json& row) {
    const auto status = text_at(row, "status");
    if (status == "draft") return text_at(said_in(row, "verdict"), "reason");
    return status == "ended" || status == "discarded" ? text_at(said_in(row, "end"), "reason") : std::string();
}

std::vector<shown_fact> strategy_facts(context& about, const json& row) {
    const auto l = about.with.language;
    const auto& form = at_or_null(said_in(row, "F19"), "form");
    const bool published = number_at(row, "number").has_value();
    const auto version =
        published
            ? about.say({fmt::format(" · 第 {} 版", *number_at(row, "number")), fmt::format(" · version {}", *number_at(row, "number"))})
            : "";
    const bool holds = text_at(row, "status") == "published";
    return {{{"类别", "kind"}, {label(l, text_at(row, "kind")) + version}},
            {{"原因", "reason"}, {ending_of(row)}},
            {{"版本沿革", "line"}, {line_of(about, row)}},
            {{"起草人", "author"}, {name_at(about, row, "author")}},
            {{"项目", "project"}, {reference(row, "project", "project")}},
            {{"依据", "grounds"}, {grounds_of(about, form)}},
            {{"调整", "adjustment"}, {text_at(form, "adjustment"), paint::bold}},
            {{"内容", "content"}, {text_at(form, "content")}},
            {{"预期效果", "expected"}, {text_at(form, "expected")}},
            {{"附加", "added"}, {added_to_form(about, form)}},
            {{"生效", "effective"}, {text_at(row, "effective")}},
            {{"传达", "conveyed to"}, {published ? "" : people_of(about, list_at(row, "concerned"))}},
            {{"确认期限", "acknowledge by"}, {holds || !published ? text_at(row, "acknowledge_by") : ""}},
            {{"已确认", "acknowledged"}, {published ? acknowledged_of(about, row, true) : ""}},
            {{"未确认", "yet to acknowledge"}, {published ? acknowledged_of(about, row, false) : "", paint::yellow}},
            {{"执行状况", "standing"}, state_cell(l, text_at(row, "standing"))},
            {{"执行检查", "checks"}, {checks_of(about, row)}},
            {{"下次检查", "next check"}, {holds || !published ? text_at(row, "check_on") : ""}},
            {{"哈希", "sha256"}, {text_at(row, "sha256"), paint::dim}}};
}

std::vector<shown_column> strategy_columns(context& about) {
    const auto l = about.with.language;
    return {{{"类别", "KIND"}, "kind", [l](const json& r) { return cell{label(l, text_at(r, "kind"))}; }, false, false},
            {{"版本", "VERSION"}, "number", [](const json& r) { return cell{raw(at_or_null(r, "number"))}; }, true, false},
            {{"已确认", "ACKNOWLEDGED"}, "acknowledged", [](const json& r) { return cell{how_many_acknowledged(r)}; }, true, false},
            {{"执行状况", "STANDING"}, "standing", [l](const json& r) { return state_cell(l, text_at(r, "standing")); }, false, false},
            {{"下次检查", "NEXT CHECK"},
             "check_on",
             [](const json& r) { return cell{text_at(r, "status") == "published" ? text_at(r, "check_on") : ""}; },
             false,
             false}};
}

}  // namespace

void add_strategy_views(tree& t, const nouns& n) {
    static const entity_kind analysis{"analysis", "analyses", "title", {"running", "reported", "ended"}, analysis_columns, analysis_facts};
    static const entity_kind strategy{"strategy",       "strategies",
                                      "title",          {"draft", "submitted", "published", "superseded", "ended", "discarded"},
                                      strategy_columns, strategy_facts};
    add_list(t, n.at("analysis"), analysis, {"定期数据分析列表", "the regular analyses"});
    add_show(t, n.at("analysis"), analysis,
             {"一项分析：计划、下次分析、发现、处理", "one analysis: its plan, next look, findings and what came of them"});
    add_list(t, n.at("strategy"), strategy, {"策略与计划列表", "the strategies and plans"});
    add_show(t, n.at("strategy"), strategy,
             {"一份策略或计划：依据、调整、内容、确认、检查、版本",
              "one strategy or plan: grounds, adjustment, content, who acknowledged it, checks, versions"});
    add_strategy_forms(t, n);
}

}  // namespace cli
