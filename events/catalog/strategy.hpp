#pragma once
// A version of a strategy or plan (F19) and what becomes of it: S3.2.4, S2.2.2.

#include "events/catalog/describe.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::strategy {

OPSROOM_DEFINE_ENUM(kind, (strategy, "策略", "Strategy"), (plan, "计划", "Plan"))

/// A fact that it rests on: what it says, and where it comes from.
struct ground {
    std::string fact;
    analysis_id analysis;  ///< 0: another source, that the fact names
    std::uint32_t look;    ///< of that analysis, from 1; 0: none
    bool operator==(const ground&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(ground,
    (fact, remark("数据或事实", "Data or fact").hint("来自其他来源的，请写明来源", "Where it comes from another source, name it").code("bad_grounds")
        .example("兑换率连续三周下降", "Redemption fell three weeks in a row")),
    (analysis, reference("数据分析", "Analysis").hint("不引用分析时为 0", "0 where no analysis is cited").may_be_empty().code("no_such_finding")),
    (look, number("引用期次", "Run").hint("所引用的是该分析的第几期", "Which run of the analysis is cited").may_be_empty().code("no_such_finding")))
// clang-format on

/// F19.
struct form {
    std::string title;
    strategy::kind kind;
    std::vector<ground> grounds;
    std::string adjustment;  ///< what is different from what went before
    std::string content;     ///< what holds from here on
    std::string expected;    ///< effect, and what it is measured by
    date effective;
    date acknowledge_by;     ///< the day by which those concerned acknowledge it
    date check_on;           ///< when its execution is checked for the first time
    std::vector<member_id> concerned;  ///< carry it out, and acknowledge it
    strategy_id replaces;    ///< the version before; 0: none
    project_id project;      ///< that it is the plan of; 0: none
    form_extras extras;
    bool operator==(const form&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(form,
    (title, line("标题", "Title").example("积分兑换策略", "Redemption of points")),
    (kind, choice("种类", "Kind").example("strategy", "strategy").begins_with("strategy")),
    (grounds, list("依据", "Grounds").least(1).most(32).hint("所依据的数据和事实，逐条列出", "The data and facts that it rests on, one by one")),
    (adjustment, prose("调整内容", "Adjustment").hint("与此前相比有何不同", "What is different from before").example("门槛由 500 分降到 200 分", "The threshold goes from 500 to 200 points")),
    (content, prose("执行要求", "Requirements").hint("今后按此执行", "What applies from now on").example("满 200 分即可兑换", "Points can be redeemed from 200")),
    (expected, prose("预期效果及衡量方式", "Expected effect and measure").example("兑换率回到 12%", "Redemption is back at 12%")),
    (effective, day("生效日期", "Effective date").begins_with("today")),
    (acknowledge_by, day("确认期限", "Acknowledge by")),
    (check_on, day("首次检查日期", "First check")),
    (concerned, people("传达对象", "Recipients").least(1).most(256).hint("发布后由其逐一确认", "Each of them acknowledges it once it is published")),
    (replaces, reference("取代的版本", "Replaces").hint("发布后取代该版本", "The version that it replaces once it is published").may_be_empty()),
    (project, reference("所属项目", "Project").may_be_empty().code("no_such_project")),
    (extras, extras("F19")))
// clang-format on

OPSROOM_DEFINE_ENUM(standing, (on_track, "正常", "On track", good), (behind, "落后", "Behind", caution), (off_track, "偏离", "Off track", bad),
                    (achieved, "已达成", "Achieved", good))

/// What a check of the execution has found.
struct check {
    strategy::standing standing;
    std::string found;
    std::optional<std::string> measures;  ///< what is done about it
    date next_on;                         ///< of the next one
    form_extras extras;
    bool operator==(const check&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(check,
    (standing, choice("执行状况", "Execution").example("behind", "behind").begins_with("on_track")),
    (found, prose("检查结果", "Findings").example("五个渠道已上线两个", "Two of five channels are live")),
    (measures, prose("改进措施", "Corrective measures").hint("落后或偏离时必填", "Required where it is behind or off track").example("增加一名开发", "A second developer")),
    (next_on, day("下次检查日期", "Next check").code("bad_next")),
    (extras, extras("F19a")))
// clang-format on

struct drafted {
    static constexpr std::string_view type = "strategy.drafted.v1";
    static constexpr std::string_view clause = "S3.2.4";
    static constexpr event_words says{{"起草了策略或计划", "drafted the strategy or plan"}};
    member_id by;
    events::department department;  ///< of who drafted it, then
    strategy::form form;
    std::string sha256;  ///< of the form
    std::uint32_t flow;
    bool operator==(const drafted&) const = default;
};
OPSROOM_DESCRIBE(drafted, (by, person("起草人", "Author")), (department, department("所属部门", "Department")), (form, group("策略或计划", "Strategy or plan")), (sha256, hash("内容哈希", "Content hash")), (flow, hidden()))

struct revised {
    static constexpr std::string_view type = "strategy.revised.v1";
    static constexpr std::string_view clause = "S3.2.4";
    static constexpr event_words says{{"修改了草稿", "revised the draft"}};
    strategy::form form;
    std::string sha256;
    bool operator==(const revised&) const = default;
};
OPSROOM_DESCRIBE(revised, (form, group("策略或计划", "Strategy or plan")), (sha256, hash("内容哈希", "Content hash")))

/// To the operations manager, by whoever else drafted it.
struct submitted {
    static constexpr std::string_view type = "strategy.submitted.v1";
    static constexpr std::string_view clause = "S2.2.2";
    static constexpr event_words says{{"把草稿提交给运营经理", "submitted the draft to the operations manager"}};
    bool operator==(const submitted&) const = default;
};
OPSROOM_DESCRIBE_EMPTY(submitted)

struct returned {
    static constexpr std::string_view type = "strategy.returned.v1";
    static constexpr std::string_view clause = "S2.2.2";
    static constexpr event_words says{{"退回了草稿", "returned the draft"}};
    std::string reason;
    bool operator==(const returned&) const = default;
};
OPSROOM_DESCRIBE(returned, (reason, reason()))

struct published {
    static constexpr std::string_view type = "strategy.published.v1";
    static constexpr std::string_view clause = "S3.2.4";
    static constexpr event_words says{{"发布了策略或计划", "published the strategy or plan"}, {"发布为第 {number} 版", "published it as version {number}"}};
    std::string sha256;  ///< of the form that was read, and holds from here on
    std::uint32_t number;  ///< of the version in its line, from 1
    bool operator==(const published&) const = default;
};
OPSROOM_DESCRIBE(published, (sha256, hash("内容哈希", "Content hash")), (number, number("版本", "Version")))

struct acknowledged {
    static constexpr std::string_view type = "strategy.acknowledged.v1";
    static constexpr std::string_view clause = "S3.2.4";
    static constexpr event_words says{{"确认已阅", "acknowledged the strategy or plan"}};
    member_id member;
    bool operator==(const acknowledged&) const = default;
};
OPSROOM_DESCRIBE(acknowledged, (member, person("确认人", "Acknowledged by")))

/// To more people, who acknowledge it as well.
struct conveyed {
    static constexpr std::string_view type = "strategy.conveyed.v1";
    static constexpr std::string_view clause = "S3.2.4";
    static constexpr event_words says{{"传达给了更多人", "conveyed it to more people"}, {"作了补充传达，确认期限为 {acknowledge_by}", "conveyed it further, to be acknowledged by {acknowledge_by}"}};
    std::vector<member_id> members;
    date acknowledge_by;
    bool operator==(const conveyed&) const = default;
};
OPSROOM_DESCRIBE(conveyed, (members, people("传达对象", "Recipients")), (acknowledge_by, day("确认期限", "Acknowledge by")))

struct checked {
    static constexpr std::string_view type = "strategy.checked.v1";
    static constexpr std::string_view clause = "S3.2.4";
    static constexpr event_words says{{"检查了执行情况", "checked its execution"}, {"完成了第 {number} 次执行检查", "checked its execution (check {number})"}};
    std::uint32_t number;  ///< counts the checks from 1
    strategy::check check;
    bool operator==(const checked&) const = default;
};
OPSROOM_DESCRIBE(checked, (number, number("检查次数", "Check number")), (check, group("执行检查", "Execution check")))

/// The next version has been published.
struct superseded {
    static constexpr std::string_view type = "strategy.superseded.v1";
    static constexpr std::string_view clause = "S3.2.4";
    static constexpr event_words says{{"以新版本取代了此版", "replaced this version with a new one"}, {"以 {by} 取代了此版", "replaced this version with {by}"}};
    strategy_id by;
    bool operator==(const superseded&) const = default;
};
OPSROOM_DESCRIBE(superseded, (by, reference("新版本", "New version")))

/// Holds no more, and nothing takes its place.
struct ended {
    static constexpr std::string_view type = "strategy.ended.v1";
    static constexpr std::string_view clause = "S3.2.4";
    static constexpr event_words says{{"终止了策略或计划", "ended the strategy or plan"}};
    std::string reason;
    bool operator==(const ended&) const = default;
};
OPSROOM_DESCRIBE(ended, (reason, reason()))

/// Before it was published.
struct discarded {
    static constexpr std::string_view type = "strategy.discarded.v1";
    static constexpr std::string_view clause = "S3.2.4";
    static constexpr event_words says{{"作废了草稿", "discarded the draft"}};
    std::string reason;
    bool operator==(const discarded&) const = default;
};
OPSROOM_DESCRIBE(discarded, (reason, reason()))

struct handed_over {
    static constexpr std::string_view type = "strategy.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    static constexpr event_words says{{"移交了策略或计划", "handed the strategy or plan over"}, {"把策略或计划从 {from} 移交给 {to}", "handed the strategy or plan over from {from} to {to}"}};
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
OPSROOM_DESCRIBE(handed_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To")))

using any = std::variant<drafted, revised, submitted, returned, published, acknowledged, conveyed, checked, superseded, ended, discarded, handed_over>;

}  // namespace events::strategy
