#pragma once
// What the log says for and against people's indicators (handbook, 5): a fold over its events that finds whose doing each was. Which
// event is evidence, and whose, each kind says beside its aggregate (`find_evidence`).

#include "core/follow_up.hpp"
#include "core/kernel/context.hpp"
#include "events/catalog/any.hpp"
#include "events/catalog/indicators.hpp"

#include <vector>

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

    // For snapshots (core/kernel/archive.hpp), and for the kinds, which append to them.
    std::vector<finding> findings;
    std::vector<handed_in> submitted;  ///< tasks that wait for their verdict

    bool operator==(const evidence_ledger&) const = default;
};

BOOST_DESCRIBE_STRUCT(evidence_ledger::finding, (), (of, source, at, on))
BOOST_DESCRIBE_STRUCT(evidence_ledger::handed_in, (), (task, on))
BOOST_DESCRIBE_STRUCT(evidence_ledger, (), (findings, submitted))

/// What evidence is suggested where (`suggest` of each kind), each piece once, as it is found.
follow_ups evidence_due(const context& by, const evidence_ledger& from);

}  // namespace core
