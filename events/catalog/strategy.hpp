#pragma once
// A version of a strategy or plan (F19) and what becomes of it: S3.2.4, S2.2.2.

#include "events/catalog/value.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::strategy {

BOOST_DEFINE_ENUM_CLASS(kind, strategy, plan)

/// A fact that it rests on: what it says, and where it comes from.
struct ground {
    std::string fact;
    analysis_id analysis;  ///< 0: another source, that the fact names
    std::uint32_t look;    ///< of that analysis, from 1; 0: none
    bool operator==(const ground&) const = default;
};
BOOST_DESCRIBE_STRUCT(ground, (), (fact, analysis, look))

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
BOOST_DESCRIBE_STRUCT(form, (), (title, kind, grounds, adjustment, content, expected, effective, acknowledge_by, check_on, concerned, replaces, project, extras))

BOOST_DEFINE_ENUM_CLASS(standing, on_track, behind, off_track, achieved)

/// What a check of the execution has found.
struct check {
    strategy::standing standing;
    std::string found;
    std::optional<std::string> measures;  ///< what is done about it
    date next_on;                         ///< of the next one
    form_extras extras;
    bool operator==(const check&) const = default;
};
BOOST_DESCRIBE_STRUCT(check, (), (standing, found, measures, next_on, extras))

struct drafted {
    static constexpr std::string_view type = "strategy.drafted.v1";
    static constexpr std::string_view clause = "S3.2.4";
    member_id by;
    events::department department;  ///< of who drafted it, then
    strategy::form form;
    std::string sha256;  ///< of the form
    std::uint32_t flow;
    bool operator==(const drafted&) const = default;
};
BOOST_DESCRIBE_STRUCT(drafted, (), (by, department, form, sha256, flow))

struct revised {
    static constexpr std::string_view type = "strategy.revised.v1";
    static constexpr std::string_view clause = "S3.2.4";
    strategy::form form;
    std::string sha256;
    bool operator==(const revised&) const = default;
};
BOOST_DESCRIBE_STRUCT(revised, (), (form, sha256))

/// To the operations manager, by whoever else drafted it.
struct submitted {
    static constexpr std::string_view type = "strategy.submitted.v1";
    static constexpr std::string_view clause = "S2.2.2";
    bool operator==(const submitted&) const = default;
};
BOOST_DESCRIBE_STRUCT(submitted, (), ())

struct returned {
    static constexpr std::string_view type = "strategy.returned.v1";
    static constexpr std::string_view clause = "S2.2.2";
    std::string reason;
    bool operator==(const returned&) const = default;
};
BOOST_DESCRIBE_STRUCT(returned, (), (reason))

struct published {
    static constexpr std::string_view type = "strategy.published.v1";
    static constexpr std::string_view clause = "S3.2.4";
    std::string sha256;  ///< of the form that was read, and holds from here on
    std::uint32_t number;  ///< of the version in its line, from 1
    bool operator==(const published&) const = default;
};
BOOST_DESCRIBE_STRUCT(published, (), (sha256, number))

struct acknowledged {
    static constexpr std::string_view type = "strategy.acknowledged.v1";
    static constexpr std::string_view clause = "S3.2.4";
    member_id member;
    bool operator==(const acknowledged&) const = default;
};
BOOST_DESCRIBE_STRUCT(acknowledged, (), (member))

/// To more people, who acknowledge it as well.
struct conveyed {
    static constexpr std::string_view type = "strategy.conveyed.v1";
    static constexpr std::string_view clause = "S3.2.4";
    std::vector<member_id> members;
    date acknowledge_by;
    bool operator==(const conveyed&) const = default;
};
BOOST_DESCRIBE_STRUCT(conveyed, (), (members, acknowledge_by))

struct checked {
    static constexpr std::string_view type = "strategy.checked.v1";
    static constexpr std::string_view clause = "S3.2.4";
    std::uint32_t number;  ///< counts the checks from 1
    strategy::check check;
    bool operator==(const checked&) const = default;
};
BOOST_DESCRIBE_STRUCT(checked, (), (number, check))

/// The next version has been published.
struct superseded {
    static constexpr std::string_view type = "strategy.superseded.v1";
    static constexpr std::string_view clause = "S3.2.4";
    strategy_id by;
    bool operator==(const superseded&) const = default;
};
BOOST_DESCRIBE_STRUCT(superseded, (), (by))

/// Holds no more, and nothing takes its place.
struct ended {
    static constexpr std::string_view type = "strategy.ended.v1";
    static constexpr std::string_view clause = "S3.2.4";
    std::string reason;
    bool operator==(const ended&) const = default;
};
BOOST_DESCRIBE_STRUCT(ended, (), (reason))

/// Before it was published.
struct discarded {
    static constexpr std::string_view type = "strategy.discarded.v1";
    static constexpr std::string_view clause = "S3.2.4";
    std::string reason;
    bool operator==(const discarded&) const = default;
};
BOOST_DESCRIBE_STRUCT(discarded, (), (reason))

struct handed_over {
    static constexpr std::string_view type = "strategy.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
BOOST_DESCRIBE_STRUCT(handed_over, (), (from, to))

using any = std::variant<drafted, revised, submitted, returned, published, acknowledged, conveyed, checked, superseded, ended, discarded, handed_over>;

}  // namespace events::strategy
