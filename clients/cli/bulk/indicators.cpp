// Indicators of roles (S6.1): the rows of a role are its template. A role that has none gets one; one that has another is
// revised; the same does nothing.

#include "clients/cli/bulk/plan.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cli::bulk {
namespace {

const column_about columns[] = {
    {"role", {"角色", "Role"}, true, {"SP", "SP"}},
    {"template_zh", {"模板名称", "Template (zh)"}, false, {"运营专员考核指标", "运营专员考核指标"}},
    {"template_en",
     {"模板英文名", "Template (en)"},
     false,
     {"Indicators of the operations specialist", "Indicators of the operations specialist"}},
    {"code", {"指标代码", "Code"}, true, {"module", "module"}},
    {"zh", {"指标", "Indicator (zh)"}, true, {"模块业务指标", "模块业务指标"}},
    {"en", {"指标英文名", "Indicator (en)"}, true, {"Module indicators", "Module indicators"}},
    {"weight", {"权重", "Weight"}, true, {"100", "100"}},
    {"evidence", {"依据", "Evidence"}, false, {"按时任务；达成里程碑", "tasks_on_time; milestones_reached"}},
    {"reason", {"修订原因", "Reason"}, false},
};

constexpr choice sources[] = {
    {"tasks_on_time", {"按时任务", "tasks on time"}},
    {"tasks_late", {"逾期任务", "tasks late"}},
    {"tasks_returned", {"被退回任务", "tasks returned"}},
    {"tasks_accepted", {"验收任务", "tasks accepted"}},
    {"milestones_reached", {"达成里程碑", "milestones reached"}},
    {"projects_accepted", {"验收项目", "projects accepted"}},
    {"requests_assessed", {"需求评估", "requests assessed"}},
    {"requests_decided", {"需求裁决", "requests decided"}},
    {"progress_reported", {"进展报告", "progress reported"}},
    {"improvements_done", {"完成的改进", "improvements done"}},
    {"findings_reported", {"报告的发现", "findings reported"}},
    {"findings_handled", {"处理的发现", "findings handled"}},
    {"strategies_published", {"发布的策略与计划", "strategies published"}},
    {"strategies_checked", {"执行检查", "strategies checked"}},
    {"proposals_adopted", {"被采纳的建议", "proposals adopted"}},
    {"alerts_handled", {"处理的预警", "alerts handled"}},
    {"reports_published", {"按期发布的报告", "reports published in time"}},
    {"reports_late", {"逾期发布的报告", "reports published late"}},
};

struct group {
    const record* first;
    json name = {{"zh", ""}, {"en", ""}};
    std::string reason;
    json items = json::array();
    bool good = true;
};

std::optional<std::string> source_of(std::string_view typed) {
    for (const auto& s : sources)
        if (typed == s.code || typed == s.name.zh || typed == s.name.en) return std::string(s.code);
    return std::nullopt;
}

bool add_evidence(const record& r, json& item, plan& out) {
    for (const auto& typed : parts_in(r["evidence"], {"\n", ",", "，", "、", "；", ";"})) {
        if (const auto code = source_of(typed)) {
            item["evidence"].push_back(*code);
            continue;
        }
        std::string zh, en;
        for (const auto& s : sources) {
            zh += fmt::format("{}{}", zh.empty() ? "" : "、", s.name.zh);
            en += fmt::format("{}{}", en.empty() ? "" : ", ", s.code);
        }
        out.refuse(r, "evidence", fmt::format("“{}”不是依据：可用 {}", typed, zh),
                   fmt::format("“{}” is no source of evidence: use {}", typed, en));
        return false;
    }
    return true;
}

void add_row(const record& r, group& into, plan& out) {
    json item{{"code", r["code"]}, {"name", {{"zh", r["zh"]}, {"en", r["en"]}}}, {"weight", 0}, {"evidence", json::array()}};
    bool good = out.has_all(r, columns);
    if (r.has("weight")) {
        const auto weight = number_in(r, "weight", "", out);
        if (weight && *weight <= 100)
            item["weight"] = *weight;
        else if (weight)
            out.refuse(r, "weight", "权重为 1–100", "a weight is 1 to 100");
        good = good && weight && *weight <= 100;
    }
    good = add_evidence(r, item, out) && good;
    for (const auto& [column, key] : {std::pair{"template_zh", "zh"}, std::pair{"template_en", "en"}})
        if (r.has(column)) into.name[key] = r[column];
    if (r.has("reason")) into.reason = r["reason"];
    into.items.push_back(std::move(item));
    into.good = into.good && good;
}

/// The role's template in use; null where it has none.
const json* in_use(const json& all, const std::string& role) {
    for (const auto& t : all)
        if (text_at(t, "role") == role && text_at(t, "status") == "published") return &t;
    return nullptr;
}

std::uint64_t how_many(const json& all, const std::string& role) {
    std::uint64_t n = 0;
    for (const auto& t : all) n += text_at(t, "role") == role;
    return n;
}

void send(const context& about, const std::string& role, group& g, const json& all, plan& out) {
    const auto* there = in_use(all, role);
    const std::map<std::string, std::string, std::less<>> of{{"indicators", ""}, {"name", "template_zh"}};
    if (there) {
        for (const char* l : {"zh", "en"})
            if (text_at(g.name, l).empty()) g.name[l] = text_at(at_or_null(*there, "name"), l);
        if (at_or_null(*there, "name") == g.name && list_at(*there, "indicators") == g.items) {
            ++out.unchanged;
            return;
        }
        ++out.updated;
        if (g.reason.empty()) g.reason = about.say({"按导入的表", "from an imported table"});
        out.commands.push_back({{{"command", "indicators.revise"},
                                 {"target", fmt::format("indicators/{}", number_at(*there, "id").value_or(0))},
                                 {"data", {{"name", g.name}, {"indicators", g.items}, {"reason", g.reason}}}},
                                g.first->row,
                                of,
                                number_at(*there, "version").value_or(0)});
        return;
    }
    ++out.created;
    for (const char* l : {"zh", "en"})
        if (text_at(g.name, l).empty()) g.name[l] = role + (std::string_view(l) == "zh" ? " 考核指标" : " indicators");
    out.commands.push_back(
        {{{"command", "indicators.publish"}, {"data", {{"role", role}, {"name", g.name}, {"indicators", g.items}}}}, g.first->row, of, how_many(all, role)});
}

plan make(context& about, const std::vector<record>& from) {
    plan out;
    const auto all = about.server().list("/api/v1/indicators");
    std::vector<std::string> roles;  // in the order of the file
    std::map<std::string, group> groups;
    const chart known(about.server().get("/api/v1/org"));
    for (const auto& r : from) {
        const auto named = roles_in(known, r, "role", out);
        if (!named || (r.has("role") && named->size() != 1)) {
            if (named) out.refuse(r, "role", "一行是一个角色的一个指标：请只写一个角色", "a row is an indicator of one role: name one");
            continue;
        }
        const auto role = named->empty() ? std::string() : named->front();
        if (!groups.contains(role)) {
            roles.push_back(role);
            groups[role].first = &r;
        }
        add_row(r, groups[role], out);
    }
    for (const auto& role : roles)
        if (auto& g = groups[role]; g.good) send(about, role, g, all, out);
    return out;
}

}  // namespace

const kind& indicators() {
    static const kind one{"indicators", columns, make};
    return one;
}

}  // namespace cli::bulk
