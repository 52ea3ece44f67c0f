#pragma once
// The forms of a project: F2 charter, F3 acceptance request, F4 acceptance report, F5 summary, and what is archived (F17).

#include "events/catalog/request.hpp"

namespace events::project {

OPSROOM_DEFINE_ENUM(health, (on_track, "正常", "On track", good), (caution, "需关注", "Needs attention", caution), (off_track, "偏离", "Off track", bad))
OPSROOM_DEFINE_ENUM(level, (low, "低", "Low"), (medium, "中", "Medium", caution), (high, "高", "High", bad))
OPSROOM_DEFINE_ENUM(attainment, (met, "达成", "Met", good), (partly, "部分达成", "Partly met", caution), (not_met, "未达成", "Not met", bad))

struct milestone {
    std::string name;
    date due;
    std::string deliverable;
    bool operator==(const milestone&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(milestone,
    (name, line("里程碑名称", "Milestone").code("bad_milestones")),
    (due, day("完成日期", "Due").code("bad_milestones")),
    (deliverable, remark("交付物", "Deliverable").code("bad_milestones")))
// clang-format on

struct budget {
    std::uint64_t cents;   ///< hundredths of the currency
    std::string currency;  ///< ISO 4217: "CNY"
    std::string use;
    bool operator==(const budget&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(budget,
    (cents, money("预算金额", "Amount of the budget").most(1'000'000'000'000'000).code("bad_budget")),
    (currency, code("预算币种", "Currency of the budget").most(3).code("bad_budget").hint("三个字母的货币代码", "Its code of three letters").example("CNY", "CNY").begins_with("CNY")),
    (use, prose("预算用途", "Use of the budget").may_be_empty().code("bad_budget")))
// clang-format on

struct risk {
    std::string what;
    level likelihood;
    level impact;
    std::string response;
    bool operator==(const risk&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(risk,
    (what, remark("风险", "Risk").code("bad_risks")),
    (likelihood, choice("可能性", "Likelihood").begins_with("medium")),
    (impact, choice("影响", "Impact").begins_with("medium")),
    (response, remark("应对措施", "Response").code("bad_risks")))
// clang-format on

/// One line of the responsibility matrix (RACI): who does it, who answers for it, who is asked, who is told.
struct responsibility {
    std::string activity;
    std::vector<member_id> responsible;
    member_id accountable;
    std::vector<member_id> consulted;
    std::vector<member_id> informed;
    bool operator==(const responsibility&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(responsibility,
    (activity, line("活动", "Activity").code("bad_responsibilities")),
    (responsible, people("执行（R）", "Responsible (R)").least(1).most(50).code("bad_responsibilities")),
    (accountable, person("负责（A）", "Accountable (A)").code("bad_responsibilities")),
    (consulted, people("咨询（C）", "Consulted (C)").most(50).code("bad_responsibilities")),
    (informed, people("知会（I）", "Informed (I)").most(50).code("bad_responsibilities")))
// clang-format on

/// F2.
struct charter {
    std::string name;
    member_id lead;
    std::vector<member_id> team;
    date starts;
    date ends;
    std::vector<milestone> milestones;  ///< by due date
    project::budget budget;
    std::string resources;
    std::string expected_results;
    std::vector<std::string> objectives;  ///< each is accepted on its own (F4)
    std::string success_metrics;
    std::vector<risk> risks;
    std::vector<responsibility> responsibilities;
    compliance_check compliance;
    form_extras extras;
    bool operator==(const charter&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(charter,
    (name, line("项目名称", "Project name").needed_from_the_start()),
    (lead, person("项目负责人", "Project lead")),
    (team, people("团队成员", "Team").least(1).most(200)),
    (starts, day("开始日期", "Starts").code("bad_schedule").needed_from_the_start()),
    (ends, day("结束日期", "Ends").code("bad_schedule").needed_from_the_start()),
    (milestones, list("里程碑", "Milestones").least(1).most(100).hint("按日期排列，在起止日期之内", "By date, within the schedule")),
    (budget, group("预算", "Budget")),
    (resources, prose("资源需求", "Resources needed")),
    (expected_results, prose("预期成果", "Expected results").code("bad_results")),
    (objectives, remarks("项目目标", "Objectives").least(1).most(100).hint("逐条验收", "Each is accepted on its own")),
    (success_metrics, prose("成功指标", "Success metrics").code("bad_metrics")),
    (risks, list("风险", "Risks").least(1).most(100)),
    (responsibilities, list("职责分工（RACI）", "Responsibility matrix (RACI)").least(1).most(100)),
    (compliance, group("合规检查", "Compliance check").hint("提交前须完成", "Has to be done before the charter is submitted")),
    (extras, extras("F2")))
// clang-format on

/// F3.
struct acceptance_request {
    std::string completion;
    std::vector<std::string> deliverables;
    std::string attainment;  ///< of the objectives
    std::optional<std::string> deviations;
    form_extras extras;      ///< its attachments are the evidence
    bool operator==(const acceptance_request&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(acceptance_request,
    (completion, prose("完成情况", "Completion").example("全部完成", "All done")),
    (deliverables, remarks("交付成果", "Deliverables").least(1).most(100).example("第 2 版", "Release 2")),
    (attainment, prose("目标达成情况", "Attainment of the objectives").example("两项目标均已达成", "Both objectives are met")),
    (deviations, prose("偏差", "Deviations")),
    (extras, extras("F3")))
// clang-format on

struct objective_result {
    std::uint16_t objective;  ///< its place in the charter, from 1
    project::attainment result;
    std::string note;
    bool operator==(const objective_result&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(objective_result,
    (objective, number("目标序号", "Number of the objective").least(1).code("bad_objective_results")),
    (result, choice("达成结果", "Result").example("met", "met").begins_with("met")),
    (note, remark("说明", "Note").may_be_empty().code("bad_objective_results").hint("未达成或部分达成时须写明原因", "Has to say why where it is not met, or only in part")))
// clang-format on

/// F4. The panel and its signatures are events of their own.
struct acceptance_report {
    std::vector<objective_result> results;  ///< one for each objective of the charter
    std::string conclusion;
    std::vector<std::string> conditions;    ///< that go with a pass
    form_extras extras;
    bool operator==(const acceptance_report&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(acceptance_report,
    (results, list("各目标结果", "Result of each objective").code("bad_objective_results")),
    (conclusion, prose("验收结论", "Conclusion").example("同意验收", "Accepted")),
    (conditions, remarks("附带条件", "Conditions").most(100).hint("有人反对或有目标未达成时，至少一项", "At least one where somebody objects or an objective is not met").example("完成使用手册", "Finish the manual")),
    (extras, extras("F4")))
// clang-format on

/// F5.
struct summary {
    std::string experience;
    std::string lessons;
    std::string improvements;
    std::vector<events::department> departments;  ///< concerned
    form_extras extras;
    bool operator==(const summary&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(summary,
    (experience, prose("经验", "Experience")),
    (lessons, prose("教训", "Lessons learned")),
    (improvements, prose("改进措施", "Improvements")),
    (departments, departments("相关部门", "Departments concerned").most(50).code("bad_recipients").example("marketing", "marketing")),
    (extras, extras("F5")))
// clang-format on

OPSROOM_DEFINE_ENUM(record_kind, (execution_record, "执行记录", "Execution record"), (data_report, "数据报告", "Data report"), (minutes, "会议纪要", "Minutes"),
                    (other, "其他", "Other"))

/// Something for the archive.
struct record {
    record_kind kind;
    std::string title;
    std::string text;
    std::vector<attachment> attachments;
    bool operator==(const record&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(record,
    (kind, choice("材料种类", "Kind of record").example("minutes", "minutes")),
    (title, line("材料标题", "Title of the record").code("bad_record").example("启动会", "Kick-off")),
    (text, prose("正文", "Text").may_be_empty().code("bad_record").hint("正文与附件至少有一样", "A text, an attachment, or both")),
    (attachments, files("附件", "Attachments").most(32).code("bad_record")))
// clang-format on

}  // namespace events::project
