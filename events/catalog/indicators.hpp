#pragma once
// What a role is appraised by (S6.1): indicators with weights, as a template. A revision is a new version of it; an
// appraisal keeps the version that it was opened with.

#include "events/catalog/value.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::indicators {

/// What in the log speaks for or against an indicator. Each is suggested by itself for the one whose doing it was.
BOOST_DEFINE_ENUM_CLASS(evidence_source,
                        tasks_on_time,      ///< own tasks accepted that were submitted in time
                        tasks_late,         ///< own tasks accepted that were submitted late
                        tasks_returned,     ///< own work that was returned
                        tasks_accepted,     ///< others' work that they judged
                        milestones_reached, ///< by a project of theirs
                        projects_accepted,  ///< theirs
                        requests_assessed,  ///< opinions given
                        requests_decided,   ///< verdicts given
                        progress_reported,  ///< on a task or project
                        improvements_done,  ///< actions of an improvement plan
                        findings_reported,  ///< of a regular analysis
                        findings_handled,   ///< that they decided on
                        strategies_published, ///< that they drafted
                        strategies_checked, ///< whose execution they checked
                        proposals_adopted)  ///< that are to their credit

struct indicator {
    std::string code;
    bilingual name;
    std::uint8_t weight;  ///< per cent; a role's add up to 100
    std::vector<evidence_source> evidence;
    bool operator==(const indicator&) const = default;
};
BOOST_DESCRIBE_STRUCT(indicator, (), (code, name, weight, evidence))

/// Version 1.
/// S6.1.1 to S6.1.3: of whom.
constexpr std::string_view clause_for(const std::optional<role>& whose) {
    return whose && whose->code == "SP" ? "S6.1.2" : whose && whose->code == "DA" ? "S6.1.3" : "S6.1.1";
}

struct published {
    static constexpr std::string_view type = "indicators.published.v1";
    static constexpr std::string_view clause = "S6.1.1";
    events::role role;
    bilingual name;
    std::vector<indicator> indicators;
    std::uint32_t flow;
    std::string_view clause_now() const { return clause_for(role); }
    bool operator==(const published&) const = default;
};
BOOST_DESCRIBE_STRUCT(published, (), (role, name, indicators, flow))

struct revised {
    static constexpr std::string_view type = "indicators.revised.v1";
    static constexpr std::string_view clause = "S6.1.1";
    std::uint32_t version;
    bilingual name;
    std::vector<indicator> indicators;
    std::string reason;
    std::optional<events::role> role = {};  ///< whose they are; not in old ones
    std::string_view clause_now() const { return clause_for(role); }
    bool operator==(const revised&) const = default;
};
BOOST_DESCRIBE_STRUCT(revised, (), (version, name, indicators, reason, role))

/// No appraisal opens with it any more.
struct retired {
    static constexpr std::string_view type = "indicators.retired.v1";
    static constexpr std::string_view clause = "S6.1.1";
    std::string reason;
    std::optional<events::role> role = {};  ///< whose they were; not in old ones
    std::string_view clause_now() const { return clause_for(role); }
    bool operator==(const retired&) const = default;
};
BOOST_DESCRIBE_STRUCT(retired, (), (reason, role))

using any = std::variant<published, revised, retired>;

}  // namespace events::indicators
