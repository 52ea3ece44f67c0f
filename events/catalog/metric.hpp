#pragma once
// A metric of the metric system (S2.3.2) and its versions: what it means, its formula, unit, owner, direction, place in the tree, and
// what it is to reach.

#include "events/catalog/describe.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::metric {

/// Where it is to go.
OPSROOM_DEFINE_ENUM(direction, (up, "越高越好", "Higher is better"), (down, "越低越好", "Lower is better"), (within, "区间内为好", "Within a range"))

OPSROOM_DEFINE_ENUM(period, (day, "日", "Day"), (week, "周", "Week"), (month, "月", "Month"), (quarter, "季", "Quarter"), (year, "年", "Year"))

/// What its values over such a period are to reach, for those that begin on these days. As it is shown: 12.5 of a metric in %.
struct target {
    metric::period period;
    date from;
    std::optional<date> until;         ///< nothing: until there is another
    std::optional<std::string> value;  ///< of up and down
    std::optional<std::string> least;  ///< of within: both included
    std::optional<std::string> most;
    bool operator==(const target&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(target,
    (period, choice("周期", "Period").example("month", "month").begins_with("month")),
    (from, day("自", "From")),
    (until, day("至", "Until").hint("不填表示一直有效", "Where it is left out it holds on")),
    (value, line("目标值", "Target").most(32).hint("越高越好或越低越好的指标填写", "Where higher or lower is better").example("1200000", "1200000")),
    (least, line("下限", "Least").most(32).hint("区间内为好的指标填写", "Of a metric with a range")),
    (most, line("上限", "Most").most(32).hint("区间内为好的指标填写", "Of a metric with a range")))
// clang-format on

struct form {
    std::string code;
    bilingual name;
    std::string unit;        ///< "元", "元/人", "%"; empty: none
    std::uint32_t digits;    ///< after the point, where it is shown
    metric::direction direction;
    member_id owner;
    std::optional<metric_id> parent;
    std::string definition;  ///< what it says and what it leaves out, in words
    std::string formula;     ///< core/formula has the language
    bool missing_is_zero;    ///< where nothing was recorded there was none
    std::vector<metric::target> targets;
    form_extras extras;
    bool operator==(const form&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(form,
    (code, code("代码", "Code").hint("公式中以此引用：字母、数字、下划线或汉字", "What formulas call it: letters, digits, underscores or Chinese").example("average_order", "average_order")),
    (name, bilingual("名称", "Name").example("客单价", "Average order value")),
    (unit, line("单位", "Unit").most(32).may_be_empty().hint("如 元、元/人、%；没有单位的留空", "As in 元, 元/人, %; empty where it has none").example("元/单", "元/单")),
    (digits, number("小数位数", "Decimals").most(9).may_be_empty()),
    (direction, choice("方向", "Direction").example("up", "up").begins_with("up")),
    (owner, person("负责人", "Owner").code("bad_owner").hint("指标异动时由其解释", "Who explains what becomes of it")),
    (parent, reference("上级指标", "Parent").hint("在指标体系中归于哪一个指标", "The metric that it is a part of in the tree").code("bad_parent")),
    (definition, prose("口径", "Definition").hint("包括什么、不包括什么", "What it counts and what it leaves out").example("已付款订单的金额 ÷ 订单数，不含退款", "The amount of paid orders over their number, without refunds")),
    (formula, prose("公式", "Formula").most(4096).example("销售额 / 订单数", "sales / orders")),
    (missing_is_zero, yes_no("无记录即为零", "Nothing recorded is zero")),
    (targets, list("目标", "Targets").most(100)),
    (extras, extras("metric")))
// clang-format on

struct drafted {
    static constexpr std::string_view type = "metric.drafted.v1";
    static constexpr std::string_view clause = "S2.3.2";
    static constexpr event_words says{{"起草了指标", "drafted the metric"}};
    member_id by;
    events::department department;  ///< of who drafted it
    metric::form form;
    std::string sha256;             ///< of the form
    std::uint32_t flow;
    bool operator==(const drafted&) const = default;
};
OPSROOM_DESCRIBE(drafted, (by, person("起草人", "Author")), (department, department("部门", "Department")), (form, group("指标", "Metric")), (sha256, hash("内容哈希", "Content hash")), (flow, hidden()))

struct revised {
    static constexpr std::string_view type = "metric.revised.v1";
    static constexpr std::string_view clause = "S2.3.2";
    static constexpr event_words says{{"修改了指标草稿", "revised the draft of the metric"}};
    metric::form form;
    std::string sha256;
    bool operator==(const revised&) const = default;
};
OPSROOM_DESCRIBE(revised, (form, group("指标", "Metric")), (sha256, hash("内容哈希", "Content hash")))

struct submitted {
    static constexpr std::string_view type = "metric.submitted.v1";
    static constexpr std::string_view clause = "S2.3.2";
    static constexpr event_words says{{"把指标提交给运营经理", "submitted the metric to the operations manager"}};
    bool operator==(const submitted&) const = default;
};
OPSROOM_DESCRIBE_EMPTY(submitted)

struct returned {
    static constexpr std::string_view type = "metric.returned.v1";
    static constexpr std::string_view clause = "S2.3.2";
    static constexpr event_words says{{"退回了指标草稿", "returned the draft of the metric"}};
    std::string reason;
    bool operator==(const returned&) const = default;
};
OPSROOM_DESCRIBE(returned, (reason, reason()))

/// The draft, or the amendment that was proposed, holds from here on.
struct published {
    static constexpr std::string_view type = "metric.published.v1";
    static constexpr std::string_view clause = "S2.3.2";
    static constexpr event_words says{{"发布了指标", "published the metric"}, {"发布了指标的第 {number} 版", "published version {number} of the metric"}};
    std::uint32_t number;              ///< of the version, from 1
    member_id author;                  ///< of the draft, or the amendment
    std::string sha256;                ///< of what was read
    std::string formula;               ///< with every name as the catalogue had it: what is called otherwise later means the same
    std::vector<metric_id> rests_on;   ///< the metrics that the formula names
    std::optional<date> from;          ///< values of earlier days keep the version before; nothing: it holds from the beginning
    bool operator==(const published&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(published, (number, number("版本", "Version")), (author, person("起草人", "Author")), (sha256, hash("内容哈希", "Content hash")), (formula, prose("公式", "Formula")),
                 (rests_on, references("引用的指标", "Metrics it rests on")), (from, day("自", "From")))
// clang-format on

/// A version that is to come, where there is one already. It waits for OM.
struct amended {
    static constexpr std::string_view type = "metric.amended.v1";
    static constexpr std::string_view clause = "S2.3.2";
    static constexpr event_words says{{"提出了指标的修订", "proposed an amendment of the metric"}};
    member_id by;
    metric::form form;
    std::string reason;
    std::optional<date> from;  ///< nothing: for all of the past as well
    std::string sha256;        ///< of all that
    bool operator==(const amended&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(amended, (by, person("提出人", "Proposed by")), (form, group("指标", "Metric")), (reason, reason()), (from, day("自", "From")), (sha256, hash("内容哈希", "Content hash")))
// clang-format on

struct declined {
    static constexpr std::string_view type = "metric.declined.v1";
    static constexpr std::string_view clause = "S2.3.2";
    static constexpr event_words says{{"退回了指标的修订", "returned the amendment of the metric"}};
    member_id author;  ///< who proposed it
    std::string reason;
    bool operator==(const declined&) const = default;
};
OPSROOM_DESCRIBE(declined, (author, person("提出人", "Proposed by")), (reason, reason()))

/// The amendment, by whoever proposed it.
struct withdrawn {
    static constexpr std::string_view type = "metric.withdrawn.v1";
    static constexpr std::string_view clause = "S2.3.2";
    static constexpr event_words says{{"撤回了指标的修订", "withdrew the amendment of the metric"}};
    std::string reason;
    bool operator==(const withdrawn&) const = default;
};
OPSROOM_DESCRIBE(withdrawn, (reason, reason()))

/// All of them anew. What it means is as it was.
struct targets_set {
    static constexpr std::string_view type = "metric.targets_set.v1";
    static constexpr std::string_view clause = "S2.3.2";
    static constexpr event_words says{{"设定了指标的目标", "set the targets of the metric"}};
    std::vector<metric::target> targets;
    std::string reason;
    bool operator==(const targets_set&) const = default;
};
OPSROOM_DESCRIBE(targets_set, (targets, list("目标", "Targets")), (reason, reason()))

/// Nothing is calculated by it any more. What was shown stays.
struct retired {
    static constexpr std::string_view type = "metric.retired.v1";
    static constexpr std::string_view clause = "S2.3.2";
    static constexpr event_words says{{"停用了指标", "retired the metric"}};
    std::string reason;
    bool operator==(const retired&) const = default;
};
OPSROOM_DESCRIBE(retired, (reason, reason()))

/// Before it was published.
struct discarded {
    static constexpr std::string_view type = "metric.discarded.v1";
    static constexpr std::string_view clause = "S2.3.2";
    static constexpr event_words says{{"作废了指标草稿", "discarded the draft of the metric"}};
    std::string reason;
    bool operator==(const discarded&) const = default;
};
OPSROOM_DESCRIBE(discarded, (reason, reason()))

struct handed_over {
    static constexpr std::string_view type = "metric.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    static constexpr event_words says{{"移交了指标", "handed the metric over"}, {"把指标从 {from} 移交给 {to}", "handed the metric over from {from} to {to}"}};
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
OPSROOM_DESCRIBE(handed_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To")))

using any = std::variant<drafted, revised, submitted, returned, published, amended, declined, withdrawn, targets_set, retired, discarded, handed_over>;

}  // namespace events::metric
