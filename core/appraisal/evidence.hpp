#pragma once
// What the log says for and against the indicators (handbook, 5): a fold over its events that finds whose doing each was,
// and what an appraisal's indicators can point at.

#include "core/appraisal/appraisal.hpp"
#include "events/catalog/analysis.hpp"
#include "events/catalog/any.hpp"
#include "events/catalog/project.hpp"
#include "events/catalog/proposal.hpp"
#include "events/catalog/request.hpp"
#include "events/catalog/strategy.hpp"
#include "events/catalog/task.hpp"

namespace core {

class evidence_ledger {
public:
    using source = events::indicators::evidence_source;

    struct finding {
        member_id of;
        evidence_ledger::source source;
        events::position at;
        date on;
        bool operator==(const finding&) const = default;
    };
    struct handed_in {
        task_id task;
        date on;
        bool operator==(const handed_in&) const = default;
    };

    /// In the log's order. `after` are the entities as they are just after it.
    void apply(const events::recorded& happened, const entities& after, std::chrono::minutes zone_offset = shanghai);

    /// Nothing of it was later than that day: a wrong clock had dated it. Who was late by that clock is not known.
    void not_after(date day);

    /// In the log's order; both days included.
    std::vector<finding> of(member_id who, source from, date first, date last) const;

    // For snapshots (core/kernel/archive.hpp).
    std::vector<finding> findings;
    std::vector<handed_in> submitted;  ///< tasks that wait for their verdict

    bool operator==(const evidence_ledger&) const = default;

private:
    void about(const events::task::any& what, const events::envelope& at, const entities& after, date on);
    void about(const events::request::any& what, const events::envelope& at, date on);
    void about(const events::project::any& what, const events::envelope& at, const entities& after, date on);
    void about(const events::analysis::any& what, const events::envelope& at, const entities& after, date on);
    void about(const events::strategy::any& what, const events::envelope& at, const entities& after, date on);
    void about(const events::proposal::any& what, const events::envelope& at, date on);
};

BOOST_DESCRIBE_STRUCT(evidence_ledger::finding, (), (of, source, at, on))
BOOST_DESCRIBE_STRUCT(evidence_ledger::handed_in, (), (task, on))
BOOST_DESCRIBE_STRUCT(evidence_ledger, (), (findings, submitted))

/// What can be suggested for the appraisal, from its period; what it has, or had and was removed, is left out when it
/// is decided.
appraisal::suggest_evidence suggestions_for(const appraisal::state& of, const evidence_ledger& from);
/// The same of every appraisal that is not final: each piece once, as it is found.
follow_ups evidence_due(const context& by, const evidence_ledger& from);

}  // namespace core
