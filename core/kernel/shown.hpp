#pragma once
// How the entities of a kind are shown, in lists and in dossiers. An aggregate of which there is a list has, in core/KIND/shown.hpp, a
// specialisation of shown_as with put_own(object, state, context): the fields of its rows.
//
// An object is written field by field, in that order: put(key, value); put_if(is, key, value); put_each(key, all, [](object, one));
// put_object(key, [](object)).

#include "core/kernel/context.hpp"

#include <string_view>

namespace core {

template <class A>
struct shown_as;

/// What most are content with.
struct shown_plainly {
    /// What its dossier has beyond its row, of the entity with this number.
    static void put_more(auto&, const auto&, std::uint64_t, const context&) {}
    /// Whether that is of today, and not of the moment that is looked at: it is left out of the past.
    static constexpr bool more_is_of_today = false;
};

}  // namespace core
