#pragma once
// Who is told of a decision that concerns them: in the same batch as the decision, once, on their desk until they take note
// of it (S1.3.3). Who decided knows already; nobody is told of what they may not see.

#include "core/kernel/context.hpp"
#include "core/follow_up.hpp"
#include "events/catalog/any.hpp"

namespace core::policies {

/// `by` is the moment just after `happened`, with the system asking.
void tell_of(const events::recorded& happened, const context& by, follow_ups& all);

}  // namespace core::policies
