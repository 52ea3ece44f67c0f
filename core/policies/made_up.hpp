#pragma once
// What people had no chance to do, as the room was not there: whatever is closed to them by the day is open as many working days
// as it was to be (core/policies/lost_time.hpp). The event that moves it says so, and why; whom it concerns is told.
//
// That is whatever a rule closes, or decides without them, by the day: an election's nominations and voting, a cycle's
// self-appraisal, evaluation and calibration, more time that somebody was given for F6 and F7, an appeal, an assessor's opinion, a
// panellist's signature. What is only late after its day (a task, an acknowledgement) can be done as before.

#include "core/kernel/context.hpp"
#include "core/policies/follow_up.hpp"

namespace core::policies {

/// `since`: until when steps were last taken. Nothing where less than half a working day was lost, or no night.
follow_ups made_up(const context& by, instant since);

}  // namespace core::policies
