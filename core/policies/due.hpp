#pragma once
// What follows by itself from the day (time -> command): cycles and elections take their steps, incentives take effect.

#include "core/follow_up.hpp"
#include "core/kernel/context.hpp"

namespace core::policies {

/// Of all there are, given in the system's name; of one entity in their order, each decided after the one before it. What has been
/// done is not due any more, so a tick may come at any time and as often as it likes.
follow_ups due(const context& by);

/// What people had no chance to do, as the room was not there since `since`: whatever is closed to them by the day is open as many
/// working days as it was to be (core/kernel/lost_time.hpp). The event that moves it says so, and why; whom it concerns is told.
///
/// That is whatever a rule closes, or decides without them, by the day: an election's voting, an appeal, an assessor's opinion. What
/// is only late after its day (a task, an acknowledgement) can be done as before. Nothing where less than half a working day was
/// lost, or no night.
follow_ups made_up(const context& by, instant since);

}  // namespace core::policies
