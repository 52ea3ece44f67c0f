#pragma once
// What an old event becomes. When a stored shape has to change, the old struct stays where it is, as
// `….v1`, its sibling `….v2` joins the catalog's variant in its place, and one overload
//
//     assigned upcast(assigned_v1&&);
//
// beside them says what the old one means in the new shape; the old one is then named in `retired` below.
// Chains follow by themselves: v1 → v2 → v3.

#include "events/catalog/catalog.hpp"

#include <boost/mp11.hpp>

namespace events::codec {

/// Old shapes that a log may still hold, oldest first.
using retired = boost::mp11::mp_list<task::assigned_v1, task::assigned_v2, task::assigned_v3, appraisal::self_drafted_v1,
                                     appraisal::self_submitted_v1, appraisal::evaluation_drafted_v1, appraisal::evaluated_v1,
                                     appraisal::talk_recorded_v1, appraisal::talk_revised_v1, appraisal::finalised_v1,
                                     incentive::proposed_v1, incentive::revised_v1, calendar::year_published_v1>;

template <class... Groups>
boost::mp11::mp_list<Groups...> groups_in(const std::variant<Groups...>&);
/// The variants that `Any` is a variant of.
template <class Any>
using groups_of = decltype(groups_in(std::declval<const Any&>()));

template <class Event, class Any>
struct is_current {
    template <class Group>
    using has = boost::mp11::mp_contains<Group, Event>;
    static constexpr bool value = boost::mp11::mp_any_of<groups_of<Any>, has>::value;
};

/// The newest shape of `event`, as an `Any` (a variant of variants).
template <class Any, class Event>
Any to_newest(Event&& event) {
    using plain = std::remove_cvref_t<Event>;
    if constexpr (is_current<plain, Any>::value) {
        Any result;
        boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, groups_of<Any>>>([&](auto group) {
            using group_type = typename decltype(group)::type;
            if constexpr (boost::mp11::mp_contains<group_type, plain>::value)
                result.template emplace<group_type>(std::forward<Event>(event));
        });
        return result;
    } else {
        return to_newest<Any>(upcast(std::forward<Event>(event)));
    }
}

}  // namespace events::codec
