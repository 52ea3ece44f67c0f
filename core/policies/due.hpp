#pragma once
// What follows by itself from the day (time -> command): cycles and elections take their steps, incentives take effect.

#include "core/appraisal/evidence.hpp"
#include "core/cycle/cycle.hpp"
#include "core/election/election.hpp"
#include "core/incentive/incentive.hpp"
#include "core/kernel/context.hpp"
#include "core/policies/follow_up.hpp"

namespace core::policies {

/// Of one entity; in their order, each decided after the one before it.
follow_ups due_commands(const cycle::state& of, std::uint64_t number, const context& by);
follow_ups due_commands(const election::state& of, std::uint64_t number, const context& by);
follow_ups due_commands(const incentive::state& of, std::uint64_t number, const context& by);

/// Of all there are, given in the system's name. What has been done is not due any more, so a tick may come at any time
/// and as often as it likes.
follow_ups due(const context& by);

/// What the log says for the indicators of every appraisal that is not final: suggested as it is found, each piece once.
follow_ups evidence_due(const context& by, const evidence_ledger& from);

}  // namespace core::policies
