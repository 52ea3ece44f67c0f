#pragma once
// What people had no chance to do, as the room was not there: steps that were still to come when it went, and should have
// been taken by now, are moved by the days that were lost. The schedule's own event says so, and why.

#include "core/kernel/context.hpp"
#include "core/policies/follow_up.hpp"

namespace core::policies {

/// `since`: until when steps were last taken. Nothing where less than half a working day was lost, or no night.
follow_ups made_up(const context& by, instant since);

}  // namespace core::policies
