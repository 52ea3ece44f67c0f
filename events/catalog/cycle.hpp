#pragma once
// An appraisal cycle (S6.2): each quarter end and each year end. Its steps happen by the calendar.

#include "events/catalog/value.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <string>
#include <string_view>
#include <variant>

namespace events::cycle {

BOOST_DEFINE_ENUM_CLASS(kind, quarter, annual)

/// What opens or begins does so in the morning of its day; what closes does so at the end of it, in the department's zone.
struct schedule {
    date opens;
    date self_closes;
    date evaluation_closes;
    date calibrates;
    date closes;
    bool operator==(const schedule&) const = default;
};
BOOST_DESCRIBE_STRUCT(schedule, (), (opens, self_closes, evaluation_closes, calibrates, closes))

struct planned {
    static constexpr std::string_view type = "cycle.planned.v1";
    static constexpr std::string_view clause = "S6.2";
    cycle::kind kind;
    std::uint16_t year;
    std::uint8_t quarter;  ///< 1 to 4; 0: the year
    cycle::schedule schedule;
    std::uint32_t flow;
    bool operator==(const planned&) const = default;
};
BOOST_DESCRIBE_STRUCT(planned, (), (kind, year, quarter, schedule, flow))

struct rescheduled {
    static constexpr std::string_view type = "cycle.rescheduled.v1";
    static constexpr std::string_view clause = "S6.2";
    cycle::schedule schedule;
    std::string reason;
    bool operator==(const rescheduled&) const = default;
};
BOOST_DESCRIBE_STRUCT(rescheduled, (), (schedule, reason))

/// From here on, a reason is given where a step was not taken on its day.
struct opened {
    static constexpr std::string_view type = "cycle.opened.v1";
    static constexpr std::string_view clause = "S6.2";
    std::string reason;
    bool operator==(const opened&) const = default;
};
BOOST_DESCRIBE_STRUCT(opened, (), (reason))

struct self_closed {
    static constexpr std::string_view type = "cycle.self_closed.v1";
    static constexpr std::string_view clause = "S6.2";
    std::string reason;
    bool operator==(const self_closed&) const = default;
};
BOOST_DESCRIBE_STRUCT(self_closed, (), (reason))

struct evaluation_closed {
    static constexpr std::string_view type = "cycle.evaluation_closed.v1";
    static constexpr std::string_view clause = "S6.2";
    std::string reason;
    bool operator==(const evaluation_closed&) const = default;
};
BOOST_DESCRIBE_STRUCT(evaluation_closed, (), (reason))

struct calibration_begun {
    static constexpr std::string_view type = "cycle.calibration_begun.v1";
    static constexpr std::string_view clause = "S6.2";
    std::string reason;
    bool operator==(const calibration_begun&) const = default;
};
BOOST_DESCRIBE_STRUCT(calibration_begun, (), (reason))

struct closed {
    static constexpr std::string_view type = "cycle.closed.v1";
    static constexpr std::string_view clause = "S6.2";
    std::string reason;
    bool operator==(const closed&) const = default;
};
BOOST_DESCRIBE_STRUCT(closed, (), (reason))

/// It was planned in error.
struct cancelled {
    static constexpr std::string_view type = "cycle.cancelled.v1";
    static constexpr std::string_view clause = "S6.2";
    std::string reason;
    bool operator==(const cancelled&) const = default;
};
BOOST_DESCRIBE_STRUCT(cancelled, (), (reason))

/// Nobody is left out silently (S1.2): who has no appraisal in it is excused with a reason, or waits for one.
struct excused {
    static constexpr std::string_view type = "cycle.excused.v1";
    static constexpr std::string_view clause = "S1.2";
    member_id member;
    std::string reason;
    bool operator==(const excused&) const = default;
};
BOOST_DESCRIBE_STRUCT(excused, (), (member, reason))

using any = std::variant<planned, rescheduled, opened, self_closed, evaluation_closed, calibration_begun, closed, cancelled, excused>;

}  // namespace events::cycle
