#pragma once
// The shape that every aggregate has.
//
// decide is pure: no clock, no randomness, no I/O. A command that has already taken effect decides no event
// and succeeds. evolve never fails: what happened, happened.

#include "core/kernel/context.hpp"
#include "core/kernel/refusal.hpp"
#include "events/catalog/stream.hpp"

#include <boost/container/small_vector.hpp>
#include <boost/system/result.hpp>

#include <concepts>
#include <string_view>

namespace core {

template <class Event>
using decided = boost::container::small_vector<Event, 1>;

template <class Aggregate>
using decision = boost::system::result<decided<typename Aggregate::event>, typename Aggregate::rejection>;

template <class A>
concept decider = requires(const typename A::state& now, typename A::state moved, const typename A::command& asked,
                           const typename A::event& happened, const context& by, typename A::rejection no) {
    { A::category } -> std::convertible_to<events::category>;
    { A::decide(now, asked, by) } -> std::same_as<decision<A>>;
    // In place, as a channel's state is large.
    { A::evolve(moved, happened) } -> std::same_as<void>;
    { A::explain(no) } -> std::same_as<refusal>;
};

}  // namespace core
