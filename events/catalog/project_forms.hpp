#pragma once
// The forms of a project: F2 charter, F3 acceptance request, F4 acceptance report, F5 summary, and what is archived (F17).

#include "events/catalog/request.hpp"

namespace events::project {

BOOST_DEFINE_ENUM_CLASS(health, on_track, caution, off_track)
BOOST_DEFINE_ENUM_CLASS(level, low, medium, high)
BOOST_DEFINE_ENUM_CLASS(attainment, met, partly, not_met)

struct milestone {
    std::string name;
    date due;
    std::string deliverable;
    bool operator==(const milestone&) const = default;
};
BOOST_DESCRIBE_STRUCT(milestone, (), (name, due, deliverable))

struct budget {
    std::uint64_t cents;   ///< hundredths of the currency
    std::string currency;  ///< ISO 4217: "CNY"
    std::string use;
    bool operator==(const budget&) const = default;
};
BOOST_DESCRIBE_STRUCT(budget, (), (cents, currency, use))

struct risk {
    std::string what;
    level likelihood;
    level impact;
    std::string response;
    bool operator==(const risk&) const = default;
};
BOOST_DESCRIBE_STRUCT(risk, (), (what, likelihood, impact, response))

/// One line of the responsibility matrix (RACI): who does it, who answers for it, who is asked, who is told.
struct responsibility {
    std::string activity;
    std::vector<member_id> responsible;
    member_id accountable;
    std::vector<member_id> consulted;
    std::vector<member_id> informed;
    bool operator==(const responsibility&) const = default;
};
BOOST_DESCRIBE_STRUCT(responsibility, (), (activity, responsible, accountable, consulted, informed))

/// F2.
struct charter {
    std::string name;
    member_id lead;
    std::vector<member_id> team;
    date starts;
    date ends;
    std::vector<milestone> milestones;  ///< by due date
    project::budget budget;
    std::string resources;
    std::string expected_results;
    std::vector<std::string> objectives;  ///< each is accepted on its own (F4)
    std::string success_metrics;
    std::vector<risk> risks;
    std::vector<responsibility> responsibilities;
    compliance_check compliance;
    form_extras extras;
    bool operator==(const charter&) const = default;
};
BOOST_DESCRIBE_STRUCT(charter, (), (name, lead, team, starts, ends, milestones, budget, resources, expected_results, objectives,
                                    success_metrics, risks, responsibilities, compliance, extras))

/// F3.
struct acceptance_request {
    std::string completion;
    std::vector<std::string> deliverables;
    std::string attainment;  ///< of the objectives
    std::optional<std::string> deviations;
    form_extras extras;      ///< its attachments are the evidence
    bool operator==(const acceptance_request&) const = default;
};
BOOST_DESCRIBE_STRUCT(acceptance_request, (), (completion, deliverables, attainment, deviations, extras))

struct objective_result {
    std::uint16_t objective;  ///< its place in the charter, from 1
    project::attainment result;
    std::string note;
    bool operator==(const objective_result&) const = default;
};
BOOST_DESCRIBE_STRUCT(objective_result, (), (objective, result, note))

/// F4. The panel and its signatures are events of their own.
struct acceptance_report {
    std::vector<objective_result> results;  ///< one for each objective of the charter
    std::string conclusion;
    std::vector<std::string> conditions;    ///< that go with a pass
    form_extras extras;
    bool operator==(const acceptance_report&) const = default;
};
BOOST_DESCRIBE_STRUCT(acceptance_report, (), (results, conclusion, conditions, extras))

/// F5.
struct summary {
    std::string experience;
    std::string lessons;
    std::string improvements;
    std::vector<events::department> departments;  ///< concerned
    form_extras extras;
    bool operator==(const summary&) const = default;
};
BOOST_DESCRIBE_STRUCT(summary, (), (experience, lessons, improvements, departments, extras))

BOOST_DEFINE_ENUM_CLASS(record_kind, execution_record, data_report, minutes, other)

/// Something for the archive.
struct record {
    record_kind kind;
    std::string title;
    std::string text;
    std::vector<attachment> attachments;
    bool operator==(const record&) const = default;
};
BOOST_DESCRIBE_STRUCT(record, (), (kind, title, text, attachments))

}  // namespace events::project
