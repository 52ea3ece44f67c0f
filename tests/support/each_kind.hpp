#pragma once
// What a test tries of every aggregate there is, with its types.

#include "tests/support/every_kind.hpp"
#include "events/catalog/any.hpp"

#include <boost/mp11/algorithm.hpp>

namespace opsroom_test {

/// Calls f(mp_identity<A>) with each.
template <class F>
void each_aggregate(F f) {
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, core::aggregate_list>>(f);
}

/// Calls f(mp_identity<A>, group) with what it holds, and whose it is.
template <class F>
void with_group(const core::any_command& command, F f) {
    each_aggregate([&]<class A>(boost::mp11::mp_identity<A> a) {
        if (const auto* group = command.get_if<typename A::command>()) f(a, *group);
    });
}
template <class F>
void with_group(const events::any& event, F f) {
    each_aggregate([&]<class A>(boost::mp11::mp_identity<A> a) {
        if (const auto* group = event.get_if<typename A::event>()) f(a, *group);
    });
}

/// Null where it is another.
template <class Command>
const Command* command_in(const core::any_command& command) {
    const Command* found = nullptr;
    with_group(command, [&](auto, const auto& group) {
        if constexpr (boost::mp11::mp_contains<std::decay_t<decltype(group)>, Command>::value) found = std::get_if<Command>(&group);
    });
    return found;
}

}  // namespace opsroom_test
