#pragma once
// An appraisal cycle (S6.2): each quarter end and each year end. Its steps happen by the calendar.

#include "events/catalog/describe.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace events::cycle {

OPSROOM_DEFINE_ENUM(kind, (quarter, "季度", "Quarterly"), (annual, "年度", "Annual"))

/// What opens or begins does so in the morning of its day; what closes does so at the end of it, in the department's zone.
struct schedule {
    date opens;
    date self_closes;
    date evaluation_closes;
    date calibrates;
    date closes;
    bool operator==(const schedule&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(schedule,
    (opens, day("开启日期", "Opens").code("bad_schedule")),
    (self_closes, day("自评截止日期", "Self-appraisal closes").code("bad_schedule")),
    (evaluation_closes, day("评价截止日期", "Evaluation closes").code("bad_schedule")),
    (calibrates, day("校准开始日期", "Calibration begins").code("bad_schedule")),
    (closes, day("结束日期", "Closes").code("bad_schedule")))
// clang-format on

struct planned {
    static constexpr std::string_view type = "cycle.planned.v1";
    static constexpr std::string_view clause = "S6.2";
    static constexpr event_words says{{"计划了考核周期", "planned the cycle"}};
    cycle::kind kind;
    std::uint16_t year;
    std::uint8_t quarter;  ///< 1 to 4; 0: the year
    cycle::schedule schedule;
    std::uint32_t flow;
    bool operator==(const planned&) const = default;
};
OPSROOM_DESCRIBE(planned, (kind, choice("种类", "Kind")), (year, number("年份", "Year")), (quarter, number("季度", "Quarter").hint("年度考核为 0", "0 of an annual one")), (schedule, group("日程", "Schedule")), (flow, hidden()))

struct rescheduled {
    static constexpr std::string_view type = "cycle.rescheduled.v1";
    static constexpr std::string_view clause = "S6.2";
    static constexpr event_words says{{"更改了考核日程", "rescheduled the cycle"}};
    cycle::schedule schedule;
    std::string reason;
    bool operator==(const rescheduled&) const = default;
};
OPSROOM_DESCRIBE(rescheduled, (schedule, group("日程", "Schedule")), (reason, reason()))

/// From here on, a reason is given where a step was not taken on its day.
struct opened {
    static constexpr std::string_view type = "cycle.opened.v1";
    static constexpr std::string_view clause = "S6.2";
    static constexpr event_words says{{"开启了考核周期", "opened the cycle"}};
    std::string reason;
    bool operator==(const opened&) const = default;
};
OPSROOM_DESCRIBE(opened, (reason, reason()))

struct self_closed {
    static constexpr std::string_view type = "cycle.self_closed.v1";
    static constexpr std::string_view clause = "S6.2";
    static constexpr event_words says{{"截止了自评", "closed self-appraisal"}};
    std::string reason;
    bool operator==(const self_closed&) const = default;
};
OPSROOM_DESCRIBE(self_closed, (reason, reason()))

struct evaluation_closed {
    static constexpr std::string_view type = "cycle.evaluation_closed.v1";
    static constexpr std::string_view clause = "S6.2";
    static constexpr event_words says{{"截止了评价", "closed evaluation"}};
    std::string reason;
    bool operator==(const evaluation_closed&) const = default;
};
OPSROOM_DESCRIBE(evaluation_closed, (reason, reason()))

struct calibration_begun {
    static constexpr std::string_view type = "cycle.calibration_begun.v1";
    static constexpr std::string_view clause = "S6.2";
    static constexpr event_words says{{"开始了校准", "began calibration"}};
    std::string reason;
    bool operator==(const calibration_begun&) const = default;
};
OPSROOM_DESCRIBE(calibration_begun, (reason, reason()))

struct closed {
    static constexpr std::string_view type = "cycle.closed.v1";
    static constexpr std::string_view clause = "S6.2";
    static constexpr event_words says{{"结束了考核周期", "closed the cycle"}};
    std::string reason;
    bool operator==(const closed&) const = default;
};
OPSROOM_DESCRIBE(closed, (reason, reason()))

/// It was planned in error.
struct cancelled {
    static constexpr std::string_view type = "cycle.cancelled.v1";
    static constexpr std::string_view clause = "S6.2";
    static constexpr event_words says{{"取消了考核周期", "cancelled the cycle"}};
    std::string reason;
    bool operator==(const cancelled&) const = default;
};
OPSROOM_DESCRIBE(cancelled, (reason, reason()))

/// Nobody is left out silently (S1.2): who has no appraisal in it is excused with a reason, or waits for one.
struct excused {
    static constexpr std::string_view type = "cycle.excused.v1";
    static constexpr std::string_view clause = "S1.2";
    static constexpr event_words says{{"豁免了一位成员的本期考核", "excused a member from the cycle"}, {"豁免了 {member} 的本期考核", "excused {member} from the cycle"}};
    member_id member;
    std::string reason;
    bool operator==(const excused&) const = default;
};
OPSROOM_DESCRIBE(excused, (member, person("豁免人员", "Who is excused")), (reason, reason()))

using any = std::variant<planned, rescheduled, opened, self_closed, evaluation_closed, calibration_begun, closed, cancelled, excused>;

}  // namespace events::cycle
