#pragma once
// A regular analysis (S3.2.3): a subject that an analyst looks at every so many days. What has changed, or is wrong, goes to the
// operations manager and the specialists concerned.

#include "events/catalog/value.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::analysis {

/// What is looked at, how, how often, and who is told.
struct plan {
    std::string title;
    std::string subject;  ///< the metric, module or campaign, and what is asked of it
    std::string sources;  ///< where its data come from
    std::string method;
    member_id owner;      ///< the analyst who looks
    std::uint16_t every;  ///< working days between two looks
    date next_on;         ///< when the next one is due
    std::vector<member_id> concerned;  ///< told of every change and problem, besides OM
    project_id project;   ///< that it is about; 0: none
    bool operator==(const plan&) const = default;
};
BOOST_DESCRIBE_STRUCT(plan, (), (title, subject, sources, method, owner, every, next_on, concerned, project))

BOOST_DEFINE_ENUM_CLASS(kind, change, problem)

/// A number before and now, as exact decimals: "12.5". Without `before`: it was not measured then.
struct figure {
    std::string name;
    std::optional<std::string> before;
    std::string now;
    std::string unit;
    bool operator==(const figure&) const = default;
};
BOOST_DESCRIBE_STRUCT(figure, (), (name, before, now, unit))

/// What a look at the data has found; both days are included.
struct finding {
    analysis::kind kind;
    events::priority priority;
    date from;
    date until;
    std::string observed;
    std::vector<figure> figures;
    std::optional<std::string> cause;       ///< that is likely
    std::optional<std::string> suggestion;
    form_extras extras;
    bool operator==(const finding&) const = default;
};
BOOST_DESCRIBE_STRUCT(finding, (), (kind, priority, from, until, observed, figures, cause, suggestion, extras))

/// What comes of a finding: the strategy or plan is adjusted (S3.2.4), a task is given, it is watched more closely, or nothing.
BOOST_DEFINE_ENUM_CLASS(outcome, adjust, task, watch, none)

struct planned {
    static constexpr std::string_view type = "analysis.planned.v1";
    static constexpr std::string_view clause = "S3.2.3";
    member_id by;
    events::department department;  ///< of who planned it, then
    analysis::plan plan;
    std::uint32_t flow;
    bool operator==(const planned&) const = default;
};
BOOST_DESCRIBE_STRUCT(planned, (), (by, department, plan, flow))

struct changed {
    static constexpr std::string_view type = "analysis.changed.v1";
    static constexpr std::string_view clause = "S3.2.3";
    analysis::plan plan;
    std::string reason;
    bool operator==(const changed&) const = default;
};
BOOST_DESCRIBE_STRUCT(changed, (), (plan, reason))

/// The look found something.
struct reported {
    static constexpr std::string_view type = "analysis.reported.v1";
    static constexpr std::string_view clause = "S3.2.3";
    std::uint32_t look;  ///< counts the looks from 1
    analysis::finding finding;
    date next_on;
    bool operator==(const reported&) const = default;
};
BOOST_DESCRIBE_STRUCT(reported, (), (look, finding, next_on))

/// The look found nothing out of the ordinary.
struct found_steady {
    static constexpr std::string_view type = "analysis.found_steady.v1";
    static constexpr std::string_view clause = "S3.2.3";
    std::uint32_t look;
    date from;
    date until;
    std::string note;
    date next_on;
    bool operator==(const found_steady&) const = default;
};
BOOST_DESCRIBE_STRUCT(found_steady, (), (look, from, until, note, next_on))

/// The newest finding, by its analyst: everybody takes note of it anew.
struct corrected {
    static constexpr std::string_view type = "analysis.corrected.v1";
    static constexpr std::string_view clause = "S3.2.3";
    std::uint32_t look;
    analysis::finding finding;
    std::string reason;
    bool operator==(const corrected&) const = default;
};
BOOST_DESCRIBE_STRUCT(corrected, (), (look, finding, reason))

struct acknowledged {
    static constexpr std::string_view type = "analysis.acknowledged.v1";
    static constexpr std::string_view clause = "S3.2.3";
    std::uint32_t look;
    member_id member;
    bool operator==(const acknowledged&) const = default;
};
BOOST_DESCRIBE_STRUCT(acknowledged, (), (look, member))

struct handled {
    static constexpr std::string_view type = "analysis.handled.v1";
    static constexpr std::string_view clause = "S3.2.3";
    std::uint32_t look;
    analysis::outcome outcome;
    std::string reason;
    bool operator==(const handled&) const = default;
};
BOOST_DESCRIBE_STRUCT(handled, (), (look, outcome, reason))

struct ended {
    static constexpr std::string_view type = "analysis.ended.v1";
    static constexpr std::string_view clause = "S3.2.3";
    std::string reason;
    bool operator==(const ended&) const = default;
};
BOOST_DESCRIBE_STRUCT(ended, (), (reason))

struct handed_over {
    static constexpr std::string_view type = "analysis.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
BOOST_DESCRIBE_STRUCT(handed_over, (), (from, to))

using any = std::variant<planned, changed, reported, found_steady, corrected, acknowledged, handled, ended, handed_over>;

}  // namespace events::analysis
