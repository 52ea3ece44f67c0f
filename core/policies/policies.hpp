#pragma once
// What follows by itself from what happened (event -> command): what each kind says (`follow` beside its aggregate), who leaves hands
// over, days that a wrong clock had set are set right, and who is concerned is told.

#include "core/follow_up.hpp"
#include "core/kernel/context.hpp"
#include "events/catalog/any.hpp"

namespace core::policies {

/// `by` is the moment just after `happened`, with the system asking.
follow_ups follow(const events::recorded& happened, const context& by);

}  // namespace core::policies
