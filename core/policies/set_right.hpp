#pragma once
// What the system had dated by a wrong clock and is still to come, once that was set back. What happened by it stays: it can't be
// undone, and people may have built on it. What people dated themselves they date anew.

#include "core/kernel/context.hpp"
#include "core/policies/follow_up.hpp"
#include "events/catalog/org.hpp"

namespace core::policies {

/// Days for an appeal, and for F6 and F7 that were returned, are counted from today; where the clock was wrong by years, steps of
/// cycles and elections that it had pushed into those come back by as much.
void set_right(const events::org::clock_set_back& back, const context& by, follow_ups& all);

}  // namespace core::policies
