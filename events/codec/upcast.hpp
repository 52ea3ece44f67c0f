#pragma once
// What an old event becomes. When a stored shape has to change, the old struct stays where it is, as
// `….v1`, its sibling `….v2` joins the aggregate's variant in its place, and one overload
//
//     assigned upcast(assigned_v1&&);
//
// beside them says what the old one means in the new shape; the old one is then named in `retired_shapes(const any*)` beside the
// variant. Chains follow by themselves: v1 → v2 → v3.

#include "events/catalog/any.hpp"

#include <boost/mp11.hpp>

#include <tuple>
#include <utility>

namespace events::codec {

template <class Group>
struct retired_of {
    using type = std::tuple<>;
};
template <class Group>
    requires requires { retired_shapes(static_cast<const Group*>(nullptr)); }
struct retired_of<Group> {
    using type = decltype(retired_shapes(static_cast<const Group*>(nullptr)));
};
/// Old shapes of an aggregate's events that a log may still hold, oldest first.
template <class Group>
using retired = typename retired_of<Group>::type;

/// The newest shape of `event`, as what its aggregate's events are.
template <group Group, class Event>
Group to_newest(Event&& event) {
    if constexpr (boost::mp11::mp_contains<Group, std::remove_cvref_t<Event>>::value) return Group(std::forward<Event>(event));
    else return to_newest<Group>(upcast(std::forward<Event>(event)));
}

}  // namespace events::codec
