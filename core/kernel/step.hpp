#pragma once
// How a command to what is there is decided by the row of its flow: in the same order in every kind.

#include "core/kernel/flow.hpp"

namespace core::flow {

/// Whether who asks may; whether it has already taken effect, when nothing happens and it succeeds; whether it is for this state; whether
/// its fields are good. Then what happens. Each is asked only where those before let it pass.
template <class A, class Command, class TookEffect, class Fault, class Event>
decision<A> decide_step(const typename A::state& now, const context& by, TookEffect took_effect, Fault at_fault, Event event) {
    const auto& row = row_of<A, Command>();
    if (const auto no = who_refuses<A>(row, now, by)) return *no;
    decided<typename A::event> all;
    if (took_effect()) return all;
    if (const auto no = state_refuses<A>(row, now, by)) return *no;
    if (const auto no = at_fault()) return *no;
    all.push_back(event());
    return all;
}

}  // namespace core::flow
