#pragma once
// A project request (F1) from any department, its assessment (F1a) and the verdict: S3.1.1, S3.1.2.

#include "events/catalog/value.hpp"

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events {

/// That somebody looked whether it is lawful and within the rules (S1.3.1), and what they found.
struct compliance_check {
    bool checked;
    std::string findings;
    bool operator==(const compliance_check&) const = default;
};
BOOST_DESCRIBE_STRUCT(compliance_check, (), (checked, findings))

namespace request {

/// F1.
struct form {
    std::string title;
    std::string background;
    std::string objectives;
    std::string main_content;
    date required_by;
    std::optional<std::string> expected_benefit;
    events::priority priority;
    compliance_check compliance;
    form_extras extras;
    bool operator==(const form&) const = default;
};
BOOST_DESCRIBE_STRUCT(form, (), (title, background, objectives, main_content, required_by, expected_benefit, priority, compliance, extras))

/// One criterion of F1a: 1 (poor) to 5 (good), and why.
struct rating {
    std::uint8_t points;
    std::string why;
    bool operator==(const rating&) const = default;
};
BOOST_DESCRIBE_STRUCT(rating, (), (points, why))

/// F1a.
struct opinion {
    rating reasonableness;
    rating feasibility;
    rating business_impact;
    verdict recommends;
    form_extras extras;
    bool operator==(const opinion&) const = default;
};
BOOST_DESCRIBE_STRUCT(opinion, (), (reasonableness, feasibility, business_impact, recommends, extras))

struct drafted {
    static constexpr std::string_view type = "request.drafted.v1";
    static constexpr std::string_view clause = "S3.1.1";
    member_id requester;
    events::department department;  ///< of the requester, then
    request::form form;
    std::uint32_t flow;             ///< the version of the flow that it goes by
    std::optional<events::department> to = {};  ///< whose OM decides on it (D16); not in old ones
    bool operator==(const drafted&) const = default;
};
BOOST_DESCRIBE_STRUCT(drafted, (), (requester, department, form, flow, to))

struct revised {
    static constexpr std::string_view type = "request.revised.v1";
    static constexpr std::string_view clause = "S3.1.1";
    request::form form;
    bool operator==(const revised&) const = default;
};
BOOST_DESCRIBE_STRUCT(revised, (), (form))

struct submitted {
    static constexpr std::string_view type = "request.submitted.v1";
    static constexpr std::string_view clause = "S3.1.1";
    bool operator==(const submitted&) const = default;
};
BOOST_DESCRIBE_STRUCT(submitted, (), ())

struct convened {
    static constexpr std::string_view type = "request.convened.v1";
    static constexpr std::string_view clause = "S3.1.2";
    std::vector<member_id> assessors;
    date until;  ///< when their opinions are due
    bool operator==(const convened&) const = default;
};
BOOST_DESCRIBE_STRUCT(convened, (), (assessors, until))

/// The assessors had no chance to say what they think for a while: their opinions are due by this day.
struct assessment_extended {
    static constexpr std::string_view type = "request.assessment_extended.v1";
    static constexpr std::string_view clause = "S3.1.2";
    date until;
    std::string reason;
    bool operator==(const assessment_extended&) const = default;
};
BOOST_DESCRIBE_STRUCT(assessment_extended, (), (until, reason))

/// An assessor's; a later one replaces it.
struct assessed {
    static constexpr std::string_view type = "request.assessed.v1";
    static constexpr std::string_view clause = "S3.1.2";
    member_id assessor;
    request::opinion opinion;
    bool operator==(const assessed&) const = default;
};
BOOST_DESCRIBE_STRUCT(assessed, (), (assessor, opinion))

struct passed {
    static constexpr std::string_view type = "request.passed.v1";
    static constexpr std::string_view clause = "S3.1.2";
    std::string reason;
    bool operator==(const passed&) const = default;
};
BOOST_DESCRIBE_STRUCT(passed, (), (reason))

/// Back to the requester, to be revised.
struct returned {
    static constexpr std::string_view type = "request.returned.v1";
    static constexpr std::string_view clause = "S3.1.2";
    std::string reason;
    bool operator==(const returned&) const = default;
};
BOOST_DESCRIBE_STRUCT(returned, (), (reason))

struct clarification_asked {
    static constexpr std::string_view type = "request.clarification_asked.v1";
    static constexpr std::string_view clause = "S3.1.2";
    std::string question;
    bool operator==(const clarification_asked&) const = default;
};
BOOST_DESCRIBE_STRUCT(clarification_asked, (), (question))

struct clarified {
    static constexpr std::string_view type = "request.clarified.v1";
    static constexpr std::string_view clause = "S3.1.2";
    std::string answer;
    bool operator==(const clarified&) const = default;
};
BOOST_DESCRIBE_STRUCT(clarified, (), (answer))

struct rejected {
    static constexpr std::string_view type = "request.rejected.v1";
    static constexpr std::string_view clause = "S3.1.2";
    std::string reason;
    bool operator==(const rejected&) const = default;
};
BOOST_DESCRIBE_STRUCT(rejected, (), (reason))

struct withdrawn {
    static constexpr std::string_view type = "request.withdrawn.v1";
    static constexpr std::string_view clause = "S3.1.1";
    std::string reason;
    bool operator==(const withdrawn&) const = default;
};
BOOST_DESCRIBE_STRUCT(withdrawn, (), (reason))

/// Somebody took over from the requester, or from an assessor, who left.
struct handed_over {
    static constexpr std::string_view type = "request.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
BOOST_DESCRIBE_STRUCT(handed_over, (), (from, to))

using any = std::variant<drafted, revised, submitted, convened, assessed, passed, returned, clarification_asked, clarified, rejected,
                         withdrawn, handed_over, assessment_extended>;

}  // namespace request
}  // namespace events
