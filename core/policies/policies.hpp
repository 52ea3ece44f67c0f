#pragma once
// What follows by itself from what happened (event -> command): a passed request becomes a project, a charter that was
// approved opens the project's channel, who leaves hands over, a calendar moves the schedules that rest on it; for appraisals
// see appraisals.hpp, for who is told of decisions outcomes.hpp.

#include "core/kernel/context.hpp"
#include "core/policies/follow_up.hpp"
#include "events/catalog/any.hpp"

namespace core::policies {

/// `by` is the moment just after `happened`, with the system asking.
follow_ups follow(const events::recorded& happened, const context& by);

}  // namespace core::policies
