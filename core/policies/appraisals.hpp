#pragma once
// What follows by itself in and from appraisals: a cycle that opens opens everyone's appraisal, an improvement plan that
// both confirmed becomes tasks, an announced election is proposed for awards, and who leaves is appraised no more.

#include "core/kernel/context.hpp"
#include "core/policies/follow_up.hpp"

namespace core::policies {

/// Everyone who has indicators and somebody to evaluate them.
void open_appraisals(cycle_id in, const context& by, follow_ups& all);

/// The plan's actions that are not tasks yet, once the talk is held.
void order_improvements(appraisal_id of, const context& by, follow_ups& all);

/// An award for each of those elected, from the next working day on. SL approves it like any other (D8).
void propose_awards(election_id from, const context& by, follow_ups& all);

/// What is pending of somebody who has left: appraisals are cancelled, an appeal falls, incentives are withdrawn.
void close_what_is_about(member_id left, const context& by, follow_ups& all);

}  // namespace core::policies
