#pragma once
// What of other entities a rule may refer to, and a command be about: what the asker may see. Who may see an entity is said beside
// its state, by the kind itself: may_see(state, context), and is_listed(state, context) where a list shows it to more people.

#include "core/kernel/context.hpp"
#include "core/kernel/flow.hpp"

#include <boost/mp11/algorithm.hpp>

#include <cstdint>

namespace core {

/// Whether a list shows it to `by.actor`.
template <class State>
bool is_listed(const State& of, const context& by) {
    return may_see(of, by);
}

namespace access {

/// What a command refers to: null where there is none that the asker may see, so that what is not theirs is as if it were not
/// there. The system sees all.
template <class A>
const typename A::state* find_seen(std::uint64_t number, const context& by) {
    const auto* found = by.others->find<A>(number);
    return found && (by.by_system() || may_see(*found, by)) ? found : nullptr;
}

/// Whether a command about an entity that the asker may not see is refused as one about nothing. It is, but where the very
/// command is theirs to give now: a superior leader applies results that they do not read.
template <class A, class Command>
bool is_hidden_from(const typename A::state& of, const Command&, const context& by) {
    if (by.by_system() || is_listed(of, by)) return false;
    if constexpr (requires { A::flow; A::relations_of(of, by); }) {
        const auto& row = A::flow[boost::mp11::mp_find<typename A::command, Command>::value];  // known to be in order where it is written
        return flow::who_refuses<A>(row, of, by) || flow::state_refuses<A>(row, of, by);
    } else {
        return true;
    }
}

}  // namespace access
}  // namespace core
