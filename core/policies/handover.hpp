#pragma once
// Who leaves hands over what waits on them (S1.3.4).

#include "core/kernel/context.hpp"
#include "core/follow_up.hpp"

namespace core::policies {

/// What it takes for `to` to take all of it over.
void hand_over(member_id from, member_id to, const context& by, follow_ups& all);

}  // namespace core::policies
