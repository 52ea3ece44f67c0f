#pragma once
// What a report (F11) holds: the figures that it is about, taken at one place of the log, and what its analyst says of them.

#include "events/catalog/describe.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace events::report {

/// Of which period.
OPSROOM_DEFINE_ENUM(kind, (week, "周报", "Weekly report"), (month, "月报", "Monthly report"), (quarter, "季报", "Quarterly report"), (year, "年报", "Annual report"))

/// Against the target of the period.
OPSROOM_DEFINE_ENUM(attainment, (none, "无目标", "No target"), (met, "达成", "Met", good), (missed, "未达成", "Missed", bad))

/// Whether a figure can still change: its period is not over, or data that may come late is waited for.
OPSROOM_DEFINE_ENUM(finality, (open, "未结束", "Not over", active), (settling, "待定", "Settling", caution), (closed, "已定", "Final"))

/// Why there is no figure. Missing is not zero.
OPSROOM_DEFINE_ENUM(no_value, (zero_denominator, "分母为零", "The denominator is zero"), (no_data, "无数据", "No data"), (partial, "数据不全", "Data is incomplete"),
                    (not_yet, "尚未开始", "Not begun yet"), (broken_formula, "公式无法计算", "The formula does not work out"))

/// A metric over the period of the report. Numbers are exact decimals as they are shown: "12.5" of a metric in %.
struct figure {
    metric_id metric;
    std::string code;
    bilingual name;
    std::string unit;                      ///< empty: none
    std::uint32_t version;                 ///< of the formula that it was calculated by; 0: it was not calculated here
    std::string period;                    ///< "2026-W31"
    std::optional<std::string> value;      ///< nothing: `why` says why
    std::optional<no_value> why;
    std::optional<std::string> previous;   ///< of the period before
    std::optional<std::string> year_ago;
    std::optional<std::string> change;     ///< from the period before, in %: "-3.2"
    std::optional<std::string> target;     ///< "1200000"; of a range "290 – 330"
    report::attainment attainment;
    finality state;
    bool operator==(const figure&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(figure,
    (metric, reference("指标", "Metric")), (code, code("代码", "Code")), (name, bilingual("名称", "Name")), (unit, line("单位", "Unit").most(32).may_be_empty()),
    (version, number("公式版本", "Version of the formula")), (period, line("期间", "Period").most(32)),
    (value, line("数值", "Value").most(64)), (why, choice("无值原因", "Why there is none")),
    (previous, line("上期", "Period before").most(64)), (year_ago, line("去年同期", "Year ago").most(64)), (change, line("环比变化（%）", "Change in %").most(64)),
    (target, line("目标", "Target").most(80)), (attainment, choice("达成情况", "Attainment")), (state, choice("数据状态", "Finality")))
// clang-format on

/// A member of a dimension that a metric's change comes from.
struct mover {
    metric_id metric;
    std::string dimension;                ///< by its code
    std::string member;
    std::optional<std::string> before;    ///< nothing: it was not there
    std::optional<std::string> after;
    std::string contribution;             ///< to the change of the whole, in its unit
    bool operator==(const mover&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(mover,
    (metric, reference("指标", "Metric")), (dimension, line("维度", "Dimension")), (member, line("成员", "Member").most(400)),
    (before, line("上期", "Before").most(64)), (after, line("本期", "After").most(64)), (contribution, line("贡献", "Contribution").most(64)))
// clang-format on

/// That fired in the period, and what had become of it.
struct fired {
    alert_id alert;
    std::string name;
    bilingual standing;
    bool operator==(const fired&) const = default;
};
OPSROOM_DESCRIBE(fired, (alert, reference("预警", "Alert")), (name, line("名称", "Name").most(400)), (standing, bilingual("状态", "Status")))

/// How good the data of a collection plan was in the period: "98.50" per cent.
struct plan_quality {
    collection_id collection;
    std::string name;
    std::optional<std::string> completeness;
    std::optional<std::string> timeliness;
    std::optional<std::string> accuracy;
    bool operator==(const plan_quality&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(plan_quality,
    (collection, reference("收集计划", "Collection plan")), (name, line("计划名称", "Plan")), (completeness, line("完整率（%）", "Completeness in %").most(16)),
    (timeliness, line("及时率（%）", "Timeliness in %").most(16)), (accuracy, line("准确率（%）", "Accuracy in %").most(16)))
// clang-format on

/// Of the report before, and what had become of it.
struct followed {
    recommendation_id recommendation;
    std::string text;
    bilingual standing;
    bool operator==(const followed&) const = default;
};
OPSROOM_DESCRIBE(followed, (recommendation, reference("建议", "Recommendation")), (text, remark("内容", "Recommendation")), (standing, bilingual("状态", "Status")))

/// The figures as they were when it was taken.
struct snapshot {
    std::uint64_t position;     ///< of the log
    std::vector<figure> figures;
    std::vector<mover> movers;  ///< what changed most, first
    std::vector<fired> alerts;
    std::vector<plan_quality> quality;
    std::vector<followed> recommendations;
    std::uint32_t deliveries;   ///< of the period, that are loaded
    bool operator==(const snapshot&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(snapshot,
    (position, number("取数时的日志位置", "Taken at position of the log")), (figures, list("指标数值", "Figures").most(500)), (movers, list("主要变动", "Movers").most(5)),
    (alerts, list("期间预警", "Alerts").most(100)), (quality, list("数据质量", "Data quality").most(200)), (recommendations, list("上期建议", "Recommendations of the report before").most(100)),
    (deliveries, number("所依据的交付", "Deliveries it rests on")))
// clang-format on

/// A figure that is another one now than the report says.
struct difference {
    metric_id metric;
    std::string period;
    std::optional<std::string> before;  ///< as it was published
    std::optional<std::string> after;
    bool operator==(const difference&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(difference,
    (metric, reference("指标", "Metric")), (period, line("期间", "Period").most(32)), (before, line("发布时", "As published").most(64)), (after, line("现在", "Now").most(64)))
// clang-format on

struct conclusion {
    std::string text;
    std::vector<metric_id> figures;  ///< that it rests on
    bool operator==(const conclusion&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(conclusion,
    (text, remark("结论", "Conclusion").code("bad_conclusions").example("销售额超出目标，增长来自应用内渠道", "Sales are above target, by the app")),
    (figures, references("引用的指标", "Figures cited").most(20).code("bad_conclusions").hint("发布前每条结论至少引用一个本期数值", "Each conclusion cites at least one figure of the period before it is published")))
// clang-format on

/// What is recommended. Once the report is published, it goes on by itself as a recommendation.
struct advice {
    std::string text;
    std::optional<metric_id> metric;    ///< that it is to move
    std::string expected;               ///< effect
    std::optional<std::string> target;  ///< what the metric is to reach by it
    bool operator==(const advice&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(advice,
    (text, remark("建议", "Recommendation").code("bad_recommendations").example("把应用内首单券的门槛降到 60 元", "Lower the threshold of the first coupon in the app to 60")),
    (metric, reference("针对的指标", "Metric").code("no_such_figure").hint("本期数值中的一个", "One of the figures of the period")),
    (expected, remark("预期效果", "Expected effect").code("bad_recommendations").example("转化率回到 60%", "Conversion is back at 60%")),
    (target, line("目标值", "Target").most(64).code("bad_recommendations").example("60", "60")))
// clang-format on

/// F11, as its analyst writes it.
struct form {
    std::string title;
    std::string summary;                  ///< how things went: trends
    std::vector<conclusion> conclusions;
    std::vector<advice> recommendations;
    std::string measures;                 ///< that are taken already, or are to be
    std::vector<std::string> methods;     ///< used
    std::vector<member_id> recipients;    ///< each of whom acknowledges it
    date acknowledge_by;
    std::optional<std::string> settling_reason;  ///< why it rests on figures that are not final
    form_extras extras;
    bool operator==(const form&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(form,
    (title, line("标题", "Title").example("运营周报 2026-W31", "Operations, week 31 of 2026")),
    (summary, prose("趋势与运营状况", "Trends, and how operations stand").may_be_empty().example("销售连续第三周上升，转化持平。", "Sales rose for the third week, conversion held.")),
    (conclusions, list("结论", "Conclusions").most(20).hint("发布前至少一条，每条引用本期数值", "At least one before it is published, each citing figures of the period")),
    (recommendations, list("建议", "Recommendations").most(20).hint("发布后由运营经理逐条决定是否采纳", "Once it is published the operations manager decides on each")),
    (measures, prose("措施", "Measures").may_be_empty().example("客服已加一班。", "Service has one more shift.")),
    (methods, lines("所用方法", "Methods used").most(32).example("与上周比较", "Week on week")),
    (recipients, people("接收人", "Recipients").least(1).most(256).hint("发布后由其逐一确认", "Each of them acknowledges it once it is published")),
    (acknowledge_by, day("确认期限", "Acknowledge by")),
    (settling_reason, remark("数值未定的说明", "Why figures are not final").hint("结论引用的数值尚未定时必填", "Required where a conclusion cites a figure that is not final").example("最后一天的订单明日到齐，不影响结论。", "The last day's orders come tomorrow; they do not change the conclusion.")),
    (extras, extras("F11")))
// clang-format on

/// What is published: of both there is one hash. Without a snapshot: nothing was taken yet.
struct content {
    report::form form;
    std::optional<report::snapshot> snapshot;
    bool operator==(const content&) const = default;
};
BOOST_DESCRIBE_STRUCT(content, (), (form, snapshot))

}  // namespace events::report
