#pragma once
// An alert (S2.3.4): what a rule of early warning saw in the figures of a metric, who is told, and what becomes of it.

#include "events/catalog/alert_rule.hpp"
#include "events/catalog/describe.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::alert {

/// What was seen of one period.
struct sighting {
    std::string period;                 ///< "2026-11-23"
    date from;
    date until;
    std::string value;                  ///< as it is shown
    std::optional<std::string> usual;   ///< what was expected, where the method says
    std::optional<std::string> low;     ///< what would not have stood out
    std::optional<std::string> high;
    bilingual why;
    bool operator==(const sighting&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(sighting,
    (period, line("周期", "Period")), (from, day("自", "From")), (until, day("至", "Until")), (value, line("数值", "Value").may_be_empty()), (usual, line("预期", "Expected")),
    (low, line("正常下限", "Usual from")), (high, line("正常上限", "Usual to")), (why, bilingual("原因", "Why")))
// clang-format on

/// What is watched, by which rule as it was then.
struct watched {
    alert_rule_id rule;
    std::string name;               ///< of the rule
    metric_id metric;
    bilingual called;               ///< of the metric
    metric::period period;
    std::optional<std::string> by;  ///< the dimension
    std::string member;             ///< of it; empty: the total
    alert_rule::severity severity;
    events::department department;
    member_id owner;
    std::vector<member_id> concerned;
    std::optional<std::string> runbook;
    bool operator==(const watched&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(watched,
    (rule, reference("预警规则", "Alert rule")), (name, line("规则名称", "Rule")), (metric, reference("指标", "Metric")), (called, bilingual("指标名称", "Metric's name")),
    (period, choice("周期", "Period")), (by, code("维度", "Dimension")), (member, line("成员", "Member").may_be_empty()), (severity, choice("级别", "Severity")),
    (department, department("部门", "Department")), (owner, person("负责人", "Owner")), (concerned, people("告知", "Told")), (runbook, prose("处理办法", "What to do")))
// clang-format on

/// Out of the ordinary, and not yet for as long as the rule says.
struct noticed {
    static constexpr std::string_view type = "alert.noticed.v1";
    static constexpr std::string_view clause = "S2.3.4";
    static constexpr event_words says{{"发现了异常", "noticed something out of the ordinary"}};
    alert::watched of;
    alert::sighting first;
    date on;
    std::uint32_t flow;
    bool operator==(const noticed&) const = default;
};
OPSROOM_DESCRIBE(noticed, (of, group("监测", "Watched")), (first, group("所见", "Seen")), (on, day("发现日期", "Noticed on")), (flow, hidden()))

/// Why nobody is told of it by itself.
OPSROOM_DEFINE_ENUM(told_with, (parent, "上级指标的预警", "The alert of the metric above"), (storm, "同批预警", "Many at once"), (muted, "规则已静音", "The rule is muted"))

struct fired {
    static constexpr std::string_view type = "alert.fired.v1";
    static constexpr std::string_view clause = "S2.3.4";
    static constexpr event_words says{{"发出了预警", "raised the alert"}};
    alert::sighting last;
    std::optional<told_with> quietly;   ///< nothing: everyone concerned is told
    alert_id under;                     ///< in which it is listed; 0: none
    instant at;
    bool operator==(const fired&) const = default;
};
OPSROOM_DESCRIBE(fired, (last, group("所见", "Seen")), (quietly, choice("未单独告知", "Not told by itself")), (under, reference("并入的预警", "Listed in").may_be_empty()), (at, moment("报警时间", "Fired at")))

/// It was not told by itself, and why not is over: the rule is muted no more, or what it was listed in has ended.
struct told_later {
    static constexpr std::string_view type = "alert.told_later.v1";
    static constexpr std::string_view clause = "S2.3.4";
    static constexpr event_words says{{"补告了仍在持续的预警", "told of the alert, which goes on"}};
    std::optional<told_with> quietly;   ///< it is listed in another one now
    alert_id under;
    instant at;
    bool operator==(const told_later&) const = default;
};
OPSROOM_DESCRIBE(told_later, (quietly, choice("未单独告知", "Not told by itself")), (under, reference("并入的预警", "Listed in").may_be_empty()), (at, moment("告知时间", "Told at")))

/// It did not last.
struct passed {
    static constexpr std::string_view type = "alert.passed.v1";
    static constexpr std::string_view clause = "S2.3.4";
    static constexpr event_words says{{"异常没有持续", "did not last"}};
    bool operator==(const passed&) const = default;
};
OPSROOM_DESCRIBE_EMPTY(passed)

struct acknowledged {
    static constexpr std::string_view type = "alert.acknowledged.v1";
    static constexpr std::string_view clause = "S2.3.4";
    static constexpr event_words says{{"确认了预警", "acknowledged the alert"}};
    member_id by;
    std::string note;
    std::optional<date> seen_to_by;
    bool operator==(const acknowledged&) const = default;
};
OPSROOM_DESCRIBE(acknowledged, (by, person("确认人", "By").may_have_left()), (note, remark("说明", "Note")), (seen_to_by, day("处理期限", "Seen to by")))

/// How it came to an end.
OPSROOM_DEFINE_ENUM(ending, (well_again, "已恢复", "Well again", good), (restated, "数据已更正", "The data were corrected"), (closed, "已关闭", "Closed"), (unwatched, "不再监测", "Not watched any more"))

struct resolved {
    static constexpr std::string_view type = "alert.resolved.v1";
    static constexpr std::string_view clause = "S2.3.4";
    static constexpr event_words says{{"预警解除", "ended the alert"}};
    alert::ending how;
    member_id by;                      ///< 0: by itself
    std::optional<std::string> note;   ///< what it was, of who closes it
    instant at;
    bool operator==(const resolved&) const = default;
};
OPSROOM_DESCRIBE(resolved, (how, choice("结果", "How")), (by, person("关闭人", "By").may_be_empty().may_have_left()), (note, remark("说明", "Note")), (at, moment("解除时间", "Over at")))

OPSROOM_DEFINE_ENUM(worth, (useful, "有用", "Useful", good), (noise, "误报", "False alarm", caution))

/// Whether it was of use; the newest word of each counts.
struct rated {
    static constexpr std::string_view type = "alert.rated.v1";
    static constexpr std::string_view clause = "S2.3.4";
    static constexpr event_words says{{"评价了预警", "said whether the alert was of use"}};
    member_id by;
    alert::worth worth;
    std::optional<std::string> note;
    bool operator==(const rated&) const = default;
};
OPSROOM_DESCRIBE(rated, (by, person("评价人", "By").may_have_left()), (worth, choice("评价", "Worth")), (note, remark("说明", "Note")))

struct handed_over {
    static constexpr std::string_view type = "alert.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    static constexpr event_words says{{"移交了预警", "handed the alert over"}, {"把预警从 {from} 移交给 {to}", "handed the alert over from {from} to {to}"}};
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
OPSROOM_DESCRIBE(handed_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To")))

using any = std::variant<noticed, fired, told_later, passed, acknowledged, resolved, rated, handed_over>;

}  // namespace events::alert
