#pragma once
// A recommendation of a report and what becomes of it (S4.3.3): adopted or declined, carried out by a task, and verified by what the figures
// say afterwards.

#include "events/catalog/report_forms.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::recommendation {

/// What the figures say of it, once it was carried out.
OPSROOM_DEFINE_ENUM(effect, (seen, "有效果", "Effect seen", good), (none, "未见效果", "No effect seen", caution), (against, "效果相反", "The opposite effect", bad))

/// How it was found whether it helped.
struct finding {
    recommendation::effect effect;
    std::optional<std::string> value;  ///< what the metric has come to
    std::string note;
    std::vector<metric_id> figures;    ///< that it rests on
    bool operator==(const finding&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(finding,
    (effect, choice("效果", "Effect").example("seen", "seen").begins_with("seen")),
    (value, line("指标现值", "The metric now").most(64).example("59.4", "59.4")),
    (note, remark("依据与说明", "How it was found").example("上线后四周的转化率高于此前八周的每一周", "Conversion of the four weeks after is above each of the eight before")),
    (figures, references("依据的指标", "Figures it rests on").most(20).hint("预期针对某一指标的，须包括它", "Where it was to move a metric, that one is among them")))
// clang-format on

/// With the report that it is of, as it is published; or by somebody who cites one.
struct proposed {
    static constexpr std::string_view type = "recommendation.proposed.v1";
    static constexpr std::string_view clause = "S4.3.1";
    static constexpr event_words says{{"提出了建议", "made the recommendation"}};
    member_id by;
    report_id report;
    std::uint32_t number;           ///< its place in the report, from 1; 0: it is not in there
    events::department department;  ///< of the report: its manager decides
    report::advice advice;
    std::uint32_t flow;
    bool operator==(const proposed&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(proposed,
    (by, person("提出人", "Proposed by")), (report, reference("报告", "Report")), (number, number("报告中的序号", "Place in the report")), (department, department("部门", "Department")),
    (advice, group("建议", "Recommendation")), (flow, hidden()))
// clang-format on

/// It becomes a task.
struct adopted {
    static constexpr std::string_view type = "recommendation.adopted.v1";
    static constexpr std::string_view clause = "S4.3.3";
    static constexpr event_words says{{"采纳了建议", "adopted the recommendation"}, {"采纳了建议，交由 {assignee} 在 {due} 前完成", "adopted the recommendation, for {assignee} to carry out by {due}"}};
    member_id by;
    member_id assignee;
    date due;
    std::string standard;                 ///< that the result is accepted against
    std::optional<std::string> baseline;  ///< of the metric, when it was adopted
    std::optional<std::string> target;
    bool operator==(const adopted&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(adopted,
    (by, person("采纳人", "Adopted by")), (assignee, person("执行人", "Assignee")), (due, day("完成时限", "Due date")), (standard, prose("工作标准", "Standard")),
    (baseline, line("采纳时的数值", "Baseline")), (target, line("目标值", "Target")))
// clang-format on

struct declined {
    static constexpr std::string_view type = "recommendation.declined.v1";
    static constexpr std::string_view clause = "S4.3.3";
    static constexpr event_words says{{"未采纳建议", "declined the recommendation"}};
    std::string reason;
    bool operator==(const declined&) const = default;
};
OPSROOM_DESCRIBE(declined, (reason, reason()))

/// The task is there.
struct started {
    static constexpr std::string_view type = "recommendation.started.v1";
    static constexpr std::string_view clause = "S4.3.3";
    static constexpr event_words says{{"把建议交付执行", "put the recommendation into execution"}, {"把建议交付执行：{task}", "put the recommendation into execution: {task}"}};
    task_id task;
    bool operator==(const started&) const = default;
};
OPSROOM_DESCRIBE(started, (task, reference("任务", "Task")))

/// The task was accepted.
struct executed {
    static constexpr std::string_view type = "recommendation.executed.v1";
    static constexpr std::string_view clause = "S4.3.3";
    static constexpr event_words says{{"完成了建议的执行", "carried the recommendation out"}};
    bool operator==(const executed&) const = default;
};
OPSROOM_DESCRIBE_EMPTY(executed)

struct verified {
    static constexpr std::string_view type = "recommendation.verified.v1";
    static constexpr std::string_view clause = "S4.3.3";
    static constexpr event_words says{{"验证了建议的效果", "verified the effect of the recommendation"}};
    recommendation::finding finding;
    bool operator==(const verified&) const = default;
};
OPSROOM_DESCRIBE(verified, (finding, group("效果验证", "Verification")))

/// The task was cancelled.
struct closed {
    static constexpr std::string_view type = "recommendation.closed.v1";
    static constexpr std::string_view clause = "S4.3.3";
    static constexpr event_words says{{"终止了建议的执行", "ended the recommendation"}};
    std::string reason;
    bool operator==(const closed&) const = default;
};
OPSROOM_DESCRIBE(closed, (reason, reason()))

using any = std::variant<proposed, adopted, declined, started, executed, verified, closed>;

}  // namespace events::recommendation
