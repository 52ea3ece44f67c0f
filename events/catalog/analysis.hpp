#pragma once
// A regular analysis (S3.2.3): a subject that an analyst looks at every so many days. What has changed, or is wrong, goes to the
// operations manager and the specialists concerned.

#include "events/catalog/describe.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::analysis {

/// What is looked at, how, how often, and who is told.
struct plan {
    std::string title;
    std::string subject;  ///< the metric, module or campaign, and what is asked of it
    std::string sources;  ///< where its data come from
    std::string method;
    member_id owner;      ///< the analyst who looks
    std::uint16_t every;  ///< working days between two looks
    date next_on;         ///< when the next one is due
    std::vector<member_id> concerned;  ///< told of every change and problem, besides OM
    project_id project;   ///< that it is about; 0: none
    bool operator==(const plan&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(plan,
    (title, line("标题", "Title").example("兑换率", "Redemption rate")),
    (subject, prose("分析对象", "Subject").hint("指标、模块或活动，以及要回答的问题", "A metric, module or campaign, and the question to be answered").example("各渠道兑换率：受什么影响？", "Redemption by channel: what changes it?")),
    (sources, prose("数据来源", "Data sources").example("订单、积分流水", "Orders, points ledger")),
    (method, prose("分析方法", "Method").example("与上周比较", "Week on week")),
    (owner, person("负责人", "Owner").hint("须为数据分析员", "A data analyst").example("@zhao.lei", "@zhao.lei").begins_with("me").among("DA")),
    (every, number("分析间隔", "Interval").unit("个工作日", "working days").least(1).most(250).example("5", "5").begins_with("5")),
    (next_on, day("下次分析日期", "Next run").code("bad_next").example("+3d", "+3d")),
    (concerned, people("通知对象", "Notified").most(64).hint("运营经理之外的相关人员，须逐一确认", "Besides the operations manager; each of them acknowledges what is found").example("@chen.wei,@emma", "@chen.wei,@emma")),
    (project, reference("所属项目", "Project").may_be_empty().code("no_such_project")))
// clang-format on

OPSROOM_DEFINE_ENUM(kind, (change, "变化", "Change"), (problem, "问题", "Problem", bad))

/// A number before and now, as exact decimals: "12.5". Without `before`: it was not measured then.
struct figure {
    std::string name;
    std::optional<std::string> before;
    std::string now;
    std::string unit;
    bool operator==(const figure&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(figure,
    (name, line("指标", "Figure").code("bad_figures").example("兑换率", "redemption")),
    (before, line("之前", "Before").most(32).hint("写成 12.5；之前未测的不填", "As 12.5; left out where it was not measured").code("bad_figures").example("12.5", "12.5")),
    (now, line("现在", "Now").most(32).code("bad_figures").example("9.8", "9.8")),
    (unit, line("单位", "Unit").most(32).may_be_empty().code("bad_figures").example("%", "%")))
// clang-format on

/// What a look at the data has found; both days are included.
struct finding {
    analysis::kind kind;
    events::priority priority;
    date from;
    date until;
    std::string observed;
    std::vector<figure> figures;
    std::optional<std::string> cause;       ///< that is likely
    std::optional<std::string> suggestion;
    form_extras extras;
    bool operator==(const finding&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(finding,
    (kind, choice("种类", "Kind").example("problem", "problem").begins_with("change")),
    (priority, choice("优先级", "Priority").example("high", "high").begins_with("normal")),
    (from, day("数据起始日期", "Data from").code("bad_period").example("2026-11-16", "2026-11-16")),
    (until, day("数据截止日期", "Data until").code("bad_period").example("2026-11-22", "2026-11-22").begins_with("today")),
    (observed, prose("发现内容", "Observation").hint("有什么变化或问题", "What has changed or is wrong").example("应用内兑换率下降", "Redemption fell in the app")),
    (figures, list("数据", "Figures").most(64)),
    (cause, prose("可能原因", "Likely cause").example("入口深了一级", "The entry is one level deeper")),
    (suggestion, prose("建议", "Suggestion")),
    (extras, extras("finding")))
// clang-format on

/// What comes of a finding: the strategy or plan is adjusted (S3.2.4), a task is given, it is watched more closely, or nothing.
OPSROOM_DEFINE_ENUM(outcome, (adjust, "调整策略或计划", "Adjust the strategy or plan"), (task, "安排任务", "Assign a task"), (watch, "继续观察", "Keep watching"),
                    (none, "无需处理", "No action needed"))

struct planned {
    static constexpr std::string_view type = "analysis.planned.v1";
    static constexpr std::string_view clause = "S3.2.3";
    static constexpr event_words says{{"计划了数据分析", "planned the analysis"}};
    member_id by;
    events::department department;  ///< of who planned it, then
    analysis::plan plan;
    std::uint32_t flow;
    bool operator==(const planned&) const = default;
};
OPSROOM_DESCRIBE(planned, (by, person("计划人", "Planned by")), (department, department("所属部门", "Department")), (plan, group("分析计划", "Plan")), (flow, hidden()))

struct changed {
    static constexpr std::string_view type = "analysis.changed.v1";
    static constexpr std::string_view clause = "S3.2.3";
    static constexpr event_words says{{"修改了分析计划", "changed the plan of the analysis"}};
    analysis::plan plan;
    std::string reason;
    bool operator==(const changed&) const = default;
};
OPSROOM_DESCRIBE(changed, (plan, group("分析计划", "Plan")), (reason, reason()))

/// The look found something.
struct reported {
    static constexpr std::string_view type = "analysis.reported.v1";
    static constexpr std::string_view clause = "S3.2.3";
    static constexpr event_words says{{"报告了发现", "reported a finding"}, {"报告了第 {look} 期的发现", "reported the finding of run {look}"}};
    std::uint32_t look;  ///< counts the looks from 1
    analysis::finding finding;
    date next_on;
    bool operator==(const reported&) const = default;
};
OPSROOM_DESCRIBE(reported, (look, number("期次", "Run")), (finding, group("发现", "Finding")), (next_on, day("下次分析日期", "Next run")))

/// The look found nothing out of the ordinary.
struct found_steady {
    static constexpr std::string_view type = "analysis.found_steady.v1";
    static constexpr std::string_view clause = "S3.2.3";
    static constexpr event_words says{{"报告无异常", "reported nothing unusual"}, {"报告第 {look} 期无异常", "reported nothing unusual in run {look}"}};
    std::uint32_t look;
    date from;
    date until;
    std::string note;
    date next_on;
    bool operator==(const found_steady&) const = default;
};
OPSROOM_DESCRIBE(found_steady, (look, number("期次", "Run")), (from, day("数据起始日期", "Data from")), (until, day("数据截止日期", "Data until")), (note, remark("分析范围", "Scope")), (next_on, day("下次分析日期", "Next run")))

/// The newest finding, by its analyst: everybody takes note of it anew.
struct corrected {
    static constexpr std::string_view type = "analysis.corrected.v1";
    static constexpr std::string_view clause = "S3.2.3";
    static constexpr event_words says{{"更正了发现", "corrected the finding"}, {"更正了第 {look} 期的发现", "corrected the finding of run {look}"}};
    std::uint32_t look;
    analysis::finding finding;
    std::string reason;
    bool operator==(const corrected&) const = default;
};
OPSROOM_DESCRIBE(corrected, (look, number("期次", "Run")), (finding, group("发现", "Finding")), (reason, reason()))

struct acknowledged {
    static constexpr std::string_view type = "analysis.acknowledged.v1";
    static constexpr std::string_view clause = "S3.2.3";
    static constexpr event_words says{{"确认已阅发现", "acknowledged the finding"}, {"确认已阅第 {look} 期的发现", "acknowledged the finding of run {look}"}};
    std::uint32_t look;
    member_id member;
    bool operator==(const acknowledged&) const = default;
};
OPSROOM_DESCRIBE(acknowledged, (look, number("期次", "Run")), (member, person("确认人", "Acknowledged by")))

struct handled {
    static constexpr std::string_view type = "analysis.handled.v1";
    static constexpr std::string_view clause = "S3.2.3";
    static constexpr event_words says{{"处理了发现", "handled the finding"}, {"处理了第 {look} 期的发现：{outcome}", "handled the finding of run {look}: {outcome}"}};
    std::uint32_t look;
    analysis::outcome outcome;
    std::string reason;
    bool operator==(const handled&) const = default;
};
OPSROOM_DESCRIBE(handled, (look, number("期次", "Run")), (outcome, choice("处理结果", "Outcome")), (reason, reason()))

struct ended {
    static constexpr std::string_view type = "analysis.ended.v1";
    static constexpr std::string_view clause = "S3.2.3";
    static constexpr event_words says{{"结束了数据分析", "ended the analysis"}};
    std::string reason;
    bool operator==(const ended&) const = default;
};
OPSROOM_DESCRIBE(ended, (reason, reason()))

struct handed_over {
    static constexpr std::string_view type = "analysis.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    static constexpr event_words says{{"移交了数据分析", "handed the analysis over"}, {"把数据分析从 {from} 移交给 {to}", "handed the analysis over from {from} to {to}"}};
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
OPSROOM_DESCRIBE(handed_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To")))

using any = std::variant<planned, changed, reported, found_steady, corrected, acknowledged, handled, ended, handed_over>;

}  // namespace events::analysis
