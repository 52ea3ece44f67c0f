#pragma once
// How the company is organised, and what the department has settled where the handbook is silent: departments and
// roles as data (S1.2), and the settings (handbook, 4). One stream: org/1.

#include "events/catalog/value.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace events::org {

/// A new department, or an old one under new names.
struct department_defined {
    static constexpr std::string_view type = "org.department_defined.v1";
    static constexpr std::string_view clause = "S1.2";
    events::department department;
    bilingual name;
    std::optional<events::department> parent;
    bool operator==(const department_defined&) const = default;
};
BOOST_DESCRIBE_STRUCT(department_defined, (), (department, name, parent))

/// Nobody can be put into it any more.
struct department_retired {
    static constexpr std::string_view type = "org.department_retired.v1";
    static constexpr std::string_view clause = "S1.2";
    events::department department;
    bool operator==(const department_retired&) const = default;
};
BOOST_DESCRIBE_STRUCT(department_retired, (), (department))

struct role_defined {
    static constexpr std::string_view type = "org.role_defined.v1";
    static constexpr std::string_view clause = "S1.2";
    events::role role;
    bilingual name;
    bool operator==(const role_defined&) const = default;
};
BOOST_DESCRIBE_STRUCT(role_defined, (), (role, name))

struct role_retired {
    static constexpr std::string_view type = "org.role_retired.v1";
    static constexpr std::string_view clause = "S1.2";
    events::role role;
    bool operator==(const role_retired&) const = default;
};
BOOST_DESCRIBE_STRUCT(role_retired, (), (role))

/// Minutes after midnight in the department's time zone. A break that ends when it begins is none.
struct working_hours {
    std::uint16_t from = 9 * 60;
    std::uint16_t break_from = 12 * 60;
    std::uint16_t break_until = 13 * 60;
    std::uint16_t until = 18 * 60;
    bool operator==(const working_hours&) const = default;
};
BOOST_DESCRIBE_STRUCT(working_hours, (), (from, break_from, break_until, until))

/// How scores are put together (D2) and graded (D3), in per cent and points. A finalised appraisal keeps the version
/// of the settings that it was counted by.
struct scoring {
    std::uint8_t self_percent = 10;
    std::uint8_t superior_percent = 90;
    std::uint8_t quarters_percent = 60;
    std::uint8_t annual_percent = 40;
    std::uint8_t grade_s = 95;
    std::uint8_t grade_a = 85;
    std::uint8_t grade_b = 70;
    std::uint8_t grade_c = 60;
    bool operator==(const scoring&) const = default;
};
BOOST_DESCRIBE_STRUCT(scoring, (), (self_percent, superior_percent, quarters_percent, annual_percent, grade_s, grade_a, grade_b, grade_c))

/// What † leaves to the department, with the handbook's defaults. Days are working days.
struct settings {
    working_hours hours;
    org::scoring scoring;
    std::uint8_t appeal_days = 5;          ///< after finalisation
    std::uint8_t self_days = 5;            ///< after a cycle opens, for F6
    std::uint8_t evaluation_days = 5;      ///< after that, for F7
    std::uint8_t calibration_days = 3;     ///< after that
    std::uint8_t remind_days = 1;          ///< before something is due, its people are reminded
    std::uint8_t escalate_days = 2;        ///< after it was due, their superiors are told
    std::uint32_t attachment_bytes_max = 64u << 20;
    bool operator==(const settings&) const = default;
};
BOOST_DESCRIBE_STRUCT(settings, (), (hours, scoring, appeal_days, self_days, evaluation_days, calibration_days, remind_days,
                                     escalate_days, attachment_bytes_max))

/// The settings from here on; `number` counts them from 2, as the defaults are number 1.
struct configured {
    static constexpr std::string_view type = "org.configured.v1";
    static constexpr std::string_view clause = "S1.3.2";
    std::uint32_t number;
    org::settings settings;
    std::string reason;
    bool operator==(const configured&) const = default;
};
BOOST_DESCRIBE_STRUCT(configured, (), (number, settings, reason))

/// Who says what time it is: whoever runs the machine (opsroomd accept-clock), a time server that the machine follows, the
/// machine of somebody who sent a command; or nobody did, as the clock was set back little by little.
BOOST_DEFINE_ENUM_CLASS(time_witness, keeper, time_server, sender, nobody)

/// The machine's clock had been wrong, and was believed: what is dated later than `to` up to here happened before `to`. From
/// here on things are dated by the right time again.
struct clock_set_back {
    static constexpr std::string_view type = "org.clock_set_back.v1";
    static constexpr std::string_view clause = "S1.3.1";
    instant from;  ///< the latest that anything is dated
    instant to;    ///< what time it is
    time_witness witness;
    bool operator==(const clock_set_back&) const = default;
};
BOOST_DESCRIBE_STRUCT(clock_set_back, (), (from, to, witness))

using any = std::variant<department_defined, department_retired, role_defined, role_retired, configured, clock_set_back>;

}  // namespace events::org
