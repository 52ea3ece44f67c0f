// Indicators to fill in: the handbook's for its three roles (S6.1.1 to S6.1.3), those in use, or none yet.

#include "clients/cli/chart.hpp"
#include "clients/cli/commands/special/handbook_indicators.hpp"
#include "clients/cli/commands/special/special.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

const char* om = R"({
  "role": "OM",
  "name": {"zh": "运营经理考核指标", "en": "Indicators of the operations manager"},
  "indicators": [
    {"code": "performance", "name": {"zh": "部门业绩", "en": "Department performance"}, "weight": 40, "evidence": ["projects_accepted", "milestones_reached"]},
    {"code": "team", "name": {"zh": "团队建设与管理", "en": "Team building and management"}, "weight": 20, "evidence": ["tasks_accepted", "improvements_done"]},
    {"code": "strategy", "name": {"zh": "策略制定与执行", "en": "Strategy making and execution"}, "weight": 25, "evidence": ["strategies_published", "strategies_checked", "milestones_reached", "progress_reported"]},
    {"code": "collaboration", "name": {"zh": "跨部门协作", "en": "Cross-department collaboration"}, "weight": 15, "evidence": ["requests_decided", "requests_assessed", "proposals_adopted"]}
  ]
})";

const char* sp = R"({
  "role": "SP",
  "name": {"zh": "运营专员考核指标", "en": "Indicators of the operations specialist"},
  "indicators": [
    {"code": "module", "name": {"zh": "模块业务指标", "en": "Module indicators"}, "weight": 40, "evidence": ["projects_accepted", "milestones_reached"]},
    {"code": "analysis", "name": {"zh": "数据分析与反馈", "en": "Data analysis and feedback"}, "weight": 20, "evidence": ["requests_assessed", "progress_reported", "strategies_published", "proposals_adopted"]},
    {"code": "execution", "name": {"zh": "执行效率与质量", "en": "Execution efficiency and quality"}, "weight": 40, "evidence": ["tasks_on_time", "tasks_late", "tasks_returned", "improvements_done"]}
  ]
})";

const char* da = R"({
  "role": "DA",
  "name": {"zh": "数据分析员考核指标", "en": "Indicators of the data analyst"},
  "indicators": [
    {"code": "reports", "name": {"zh": "报告质量", "en": "Report quality"}, "weight": 40, "evidence": ["reports_published", "reports_late", "findings_reported", "tasks_returned", "requests_assessed"]},
    {"code": "accuracy", "name": {"zh": "数据准确性与及时性", "en": "Data accuracy and timeliness"}, "weight": 40, "evidence": ["tasks_on_time", "tasks_late"]},
    {"code": "methods", "name": {"zh": "方法与工具应用", "en": "Methods and tools"}, "weight": 20, "evidence": ["improvements_done", "progress_reported", "proposals_adopted"]}
  ]
})";

json without_any(const std::string& role) {
    const json none{{"code", ""}, {"name", {{"zh", ""}, {"en", ""}}}, {"weight", 100}, {"evidence", json::array()}};
    return {{"role", role}, {"name", {{"zh", ""}, {"en", ""}}}, {"indicators", json::array({none})}};
}

/// Of those that are published, by their number: to revise them.
json in_use(context& about, std::uint64_t number) {
    const auto it = about.server().get(fmt::format("/api/v1/indicators/{}", number));
    return {{"name", at_or_null(it, "name")}, {"indicators", list_at(it, "indicators")}, {"reason", ""}};
}

json template_for(context& about, const std::string& typed) {
    if (typed.empty()) return *handbook_indicators("SP");
    if (auto known = handbook_indicators(typed)) return *known;
    if (const auto number = parse_id(typed, "indicators/")) return in_use(about, *number);
    const chart all(about.server().get("/api/v1/org"));
    const auto role = all.role(typed);
    if (!role)
        throw failure(exit_code::invalid, fmt::format("没有角色“{}”：可用 {}", typed, all.roles(language::zh)),
                      fmt::format("there is no role “{}”: use {}", typed, all.roles(language::en)));
    return handbook_indicators(*role).value_or(without_any(*role));
}

void add_template(tree& t, CLI::App* noun) {
    auto which = std::make_shared<std::string>();
    auto* print = t.verb(noun, "template", {"指标样张：制度所列的 OM、SP、DA 指标，其他角色为空白；编号则为在用的，供修订", "indicators to fill in: the handbook's of OM, SP and DA, of other roles none yet; of a number those in use, to revise"},
                         "opsroom indicators template SP > sp.json\nopsroom indicators template OM > om.json\nopsroom indicators template 2 > revised.json",
                         [which](context& about) { about.out << as_text(template_for(about, *which), 2) << '\n'; });
    t.option(print, "ROLE", *which, "", {"角色（默认 SP），或在用指标的编号", "the role (SP), or the number of indicators in use"});
}

}  // namespace

std::optional<json> handbook_indicators(std::string_view role) {
    if (role == "OM") return parse_json(om);
    if (role == "SP") return parse_json(sp);
    if (role == "DA") return parse_json(da);
    return std::nullopt;
}

const special_view special_indicators{.kind = "indicators", .add = add_template, .has_template = true};

}  // namespace cli
