#pragma once
// A rule of early warning (S2.3.4): which metric is watched by what condition, what it does on the past, and whether it is switched on.

#include "events/catalog/describe.hpp"
#include "events/catalog/metric.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::alert_rule {

/// What a figure is held against.
OPSROOM_DEFINE_ENUM(method, (threshold, "固定界限", "Limits"), (change, "变动幅度", "Change"), (target, "偏离目标", "Missed target"), (seasonal, "偏离同类日", "Unlike such days"),
                    (detector, "自动识别", "Detected"))

/// What a change is from.
OPSROOM_DEFINE_ENUM(against, (previous, "上一期", "The period before"), (week_before, "上周同日", "The same weekday a week before"), (year_ago, "去年同期", "The same period a year ago"))

OPSROOM_DEFINE_ENUM(severity, (notice, "提示", "Notice"), (warning, "警告", "Warning", caution), (critical, "严重", "Critical", bad))

/// What is out of the ordinary. Each method has its own fields.
struct condition {
    alert_rule::method method;
    std::optional<std::string> least;         ///< threshold; as the metric is shown: 12.5 of one in %
    std::optional<std::string> most;
    std::optional<alert_rule::against> from;  ///< change
    std::optional<std::uint32_t> fall;        ///< change, in percent
    std::optional<std::uint32_t> rise;
    std::optional<std::uint32_t> tolerance;   ///< target, in percent of it
    std::optional<std::uint32_t> deviations;  ///< seasonal: robust standard deviations
    bool operator==(const condition&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(condition,
    (method, choice("方法", "Method").example("detector", "detector").begins_with("detector").code("bad_condition")),
    (least, line("低于", "Below").most(32).hint("固定界限：低于它即报警", "Limits: an alert below it").code("bad_condition")),
    (most, line("高于", "Above").most(32).hint("固定界限：高于它即报警", "Limits: an alert above it").code("bad_condition")),
    (from, choice("对比", "Compared with").hint("变动幅度：与哪一期比", "Change: from which period").code("bad_condition")),
    (fall, number("下降（%）", "Fall (%)").most(100).hint("变动幅度：下降达到它即报警", "Change: an alert where it falls by as much").code("bad_condition")),
    (rise, number("上升（%）", "Rise (%)").most(100'000).hint("变动幅度：上升达到它即报警", "Change: an alert where it rises by as much").code("bad_condition")),
    (tolerance, number("容差（%）", "Tolerance (%)").most(100).may_be_empty().hint("偏离目标：差得更多才报警", "Missed target: an alert where it misses by more").code("bad_condition")),
    (deviations, number("偏差倍数", "Deviations").most(20).hint("偏离同类日：默认 4", "Unlike such days: 4 where it is left out").code("bad_condition")))
// clang-format on

struct form {
    std::string name;
    metric_id metric;
    metric::period period;
    std::optional<std::string> by;  ///< a dimension: each of its members is watched by itself
    alert_rule::condition condition;
    std::uint32_t lasts;            ///< periods in a row, until it is an alert
    std::uint32_t over_after;       ///< periods in a row in which all is well, until it is over
    alert_rule::severity severity;
    member_id owner;
    std::vector<member_id> concerned;
    std::optional<std::string> runbook;
    form_extras extras;
    bool operator==(const form&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(form,
    (name, line("名称", "Name").example("日订单数异常", "Orders of a day out of the ordinary")),
    (metric, reference("指标", "Metric").code("bad_metric")),
    (period, choice("周期", "Period").example("day", "day").begins_with("day").code("bad_period")),
    (by, code("分列维度", "Split by").hint("不填表示只看总数；填写维度代码则各成员分别监测", "A dimension's code, and each of its members is watched by itself; left out, the total alone").code("bad_dimension")),
    (condition, group("条件", "Condition")),
    (lasts, number("连续期数", "Periods in a row").least(1).most(12).hint("连续几期异常才报警", "How many have to be out of the ordinary until it is an alert").example("1", "1")),
    (over_after, number("恢复期数", "Over after").least(1).most(12).hint("连续几期正常才算恢复", "How many have to be well until it is over").example("2", "2")),
    (severity, choice("级别", "Severity").example("warning", "warning").begins_with("warning")),
    (owner, person("负责人", "Owner").code("bad_owner").hint("报警后由其确认和处理", "Who acknowledges its alerts and sees to them")),
    (concerned, people("告知", "Told").most(64).code("bad_concerned").may_be_empty().hint("有关的业务专员；运营经理总会得知", "The specialists concerned; the operations manager is always told")),
    (runbook, prose("处理办法", "What to do").example("先看渠道是否迟到，再看各区域", "See first whether a source is late, then region by region")),
    (extras, extras("alert_rule")))
// clang-format on

struct drafted {
    static constexpr std::string_view type = "alert_rule.drafted.v1";
    static constexpr std::string_view clause = "S2.3.4";
    static constexpr event_words says{{"起草了预警规则", "drafted the alert rule"}};
    member_id by;
    events::department department;  ///< of who drafted it
    alert_rule::form form;
    std::uint32_t flow;
    bool operator==(const drafted&) const = default;
};
OPSROOM_DESCRIBE(drafted, (by, person("起草人", "Author")), (department, department("部门", "Department")), (form, group("预警规则", "Alert rule")), (flow, hidden()))

struct revised {
    static constexpr std::string_view type = "alert_rule.revised.v1";
    static constexpr std::string_view clause = "S2.3.4";
    static constexpr event_words says{{"修改了预警规则，须重新回测", "revised the alert rule, which has to be tried again"}};
    alert_rule::form form;
    bool operator==(const revised&) const = default;
};
OPSROOM_DESCRIBE(revised, (form, group("预警规则", "Alert rule")))

/// An alert that there would have been.
struct would_be {
    date from;            ///< of the first period that was out of the ordinary
    date until;           ///< of the last
    std::string member;   ///< of the dimension; empty: the total
    std::string value;    ///< as it was first seen
    bilingual why;
    bool operator==(const would_be&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(would_be, (from, day("自", "From")), (until, day("至", "Until")), (member, line("成员", "Member").may_be_empty()), (value, line("数值", "Value").may_be_empty()), (why, bilingual("原因", "Why")))
// clang-format on

/// What it would have done on the past.
struct backtest {
    std::optional<date> from;        ///< nothing: there are no figures to try it on
    std::optional<date> until;
    std::uint32_t periods;           ///< that were judged, of all series together
    std::uint32_t too_short;         ///< of which there was too little before them to say anything
    std::uint32_t series;
    std::uint32_t alerts;
    std::uint32_t a_week;            ///< alerts, in hundredths
    std::uint32_t useful;            ///< of them, within an alert of this metric that people called useful
    std::uint32_t noise;             ///< within one that they called noise
    std::vector<would_be> first;     ///< the newest of them
    bool operator==(const backtest&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(backtest,
    (from, day("自", "From")), (until, day("至", "Until")), (periods, number("判断的期数", "Periods judged")), (too_short, number("历史不足的期数", "With too little before them")),
    (series, number("序列数", "Series")), (alerts, number("会报警次数", "Alerts there would have been")), (a_week, hundredths("平均每周", "A week")),
    (useful, number("与有用的预警重合", "Within useful alerts")), (noise, number("与误报重合", "Within false alarms")), (first, list("最近的", "Newest")))
// clang-format on

struct tried {
    static constexpr std::string_view type = "alert_rule.tried.v1";
    static constexpr std::string_view clause = "S2.3.4";
    static constexpr event_words says{{"回测了预警规则", "tried the alert rule on the past"}};
    alert_rule::backtest result;
    bool operator==(const tried&) const = default;
};
OPSROOM_DESCRIBE(tried, (result, group("回测", "Trial")))

struct enabled {
    static constexpr std::string_view type = "alert_rule.enabled.v1";
    static constexpr std::string_view clause = "S2.3.4";
    static constexpr event_words says{{"启用了预警规则", "switched the alert rule on"}};
    date from;  ///< periods that end on it or later are watched
    std::optional<std::string> note;
    bool operator==(const enabled&) const = default;
};
OPSROOM_DESCRIBE(enabled, (from, day("自", "From")), (note, remark("说明", "Note")))

struct paused {
    static constexpr std::string_view type = "alert_rule.paused.v1";
    static constexpr std::string_view clause = "S2.3.4";
    static constexpr event_words says{{"停止了监测", "stopped watching"}};
    std::string reason;
    bool operator==(const paused&) const = default;
};
OPSROOM_DESCRIBE(paused, (reason, reason()))

/// It goes on watching, and tells nobody up to that day.
struct muted {
    static constexpr std::string_view type = "alert_rule.muted.v1";
    static constexpr std::string_view clause = "S2.3.4";
    static constexpr event_words says{{"静音了预警规则", "muted the alert rule"}};
    date until;
    std::string reason;
    bool operator==(const muted&) const = default;
};
OPSROOM_DESCRIBE(muted, (until, day("静音至", "Muted until")), (reason, reason()))

struct unmuted {
    static constexpr std::string_view type = "alert_rule.unmuted.v1";
    static constexpr std::string_view clause = "S2.3.4";
    static constexpr event_words says{{"取消了静音", "unmuted the alert rule"}};
    bool operator==(const unmuted&) const = default;
};
OPSROOM_DESCRIBE_EMPTY(unmuted)

/// A period that is settled has no value.
struct data_missing {
    static constexpr std::string_view type = "alert_rule.data_missing.v1";
    static constexpr std::string_view clause = "S2.3.4";
    static constexpr event_words says{{"没有可供判断的数据", "has no data to judge by"}};
    date period;  ///< its first day
    bool operator==(const data_missing&) const = default;
};
OPSROOM_DESCRIBE(data_missing, (period, day("周期", "Period")))

/// Its metric can't be calculated any more.
struct failed {
    static constexpr std::string_view type = "alert_rule.failed.v1";
    static constexpr std::string_view clause = "S2.3.4";
    static constexpr event_words says{{"无法判断", "can't be judged any more"}};
    bilingual why;
    bool operator==(const failed&) const = default;
};
OPSROOM_DESCRIBE(failed, (why, bilingual("原因", "Why")))

struct recovered {
    static constexpr std::string_view type = "alert_rule.recovered.v1";
    static constexpr std::string_view clause = "S2.3.4";
    static constexpr event_words says{{"恢复了监测", "watches again"}};
    bool operator==(const recovered&) const = default;
};
OPSROOM_DESCRIBE_EMPTY(recovered)

/// People called more than half of its last alerts noise.
struct doubted {
    static constexpr std::string_view type = "alert_rule.doubted.v1";
    static constexpr std::string_view clause = "S2.3.4";
    static constexpr event_words says{{"误报过多，建议调整", "gave too many false alarms, and should be changed"}, {"最近 {of} 次预警有 {noise} 次误报，建议调整", "gave {noise} false alarms among its last {of} alerts, and should be changed"}};
    std::uint32_t noise;
    std::uint32_t of;
    bool operator==(const doubted&) const = default;
};
OPSROOM_DESCRIBE(doubted, (noise, number("误报", "False alarms")), (of, number("最近预警", "Last alerts")))

struct retired {
    static constexpr std::string_view type = "alert_rule.retired.v1";
    static constexpr std::string_view clause = "S2.3.4";
    static constexpr event_words says{{"停用了预警规则", "retired the alert rule"}};
    std::string reason;
    bool operator==(const retired&) const = default;
};
OPSROOM_DESCRIBE(retired, (reason, reason()))

/// Before it was switched on.
struct discarded {
    static constexpr std::string_view type = "alert_rule.discarded.v1";
    static constexpr std::string_view clause = "S2.3.4";
    static constexpr event_words says{{"作废了预警规则", "discarded the alert rule"}};
    std::string reason;
    bool operator==(const discarded&) const = default;
};
OPSROOM_DESCRIBE(discarded, (reason, reason()))

struct handed_over {
    static constexpr std::string_view type = "alert_rule.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    static constexpr event_words says{{"移交了预警规则", "handed the alert rule over"}, {"把预警规则从 {from} 移交给 {to}", "handed the alert rule over from {from} to {to}"}};
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
OPSROOM_DESCRIBE(handed_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To")))

using any = std::variant<drafted, revised, tried, enabled, paused, muted, unmuted, data_missing, failed, recovered, doubted, retired, discarded, handed_over>;

}  // namespace events::alert_rule
