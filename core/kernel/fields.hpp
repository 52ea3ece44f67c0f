#pragma once
// Where in a command the field is that a refusal names.

#include "core/kernel/archive.hpp"

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <string>
#include <string_view>
#include <type_traits>

namespace core {

/// The way to the field of this name, nearest first: "title", or "form/title" where it is a form's. Empty where the
/// command has none.
template <class Command>
std::string place_of(std::string_view field) {
    using members = archive::members_of<Command>;
    std::string found;
    boost::mp11::mp_for_each<members>([&](auto d) {
        if (d.name == field) found = d.name;
    });
    boost::mp11::mp_for_each<members>([&](auto d) {
        using inner = std::remove_cvref_t<decltype(std::declval<Command>().*d.pointer)>;
        if constexpr (boost::describe::has_describe_members<inner>::value) {
            if (!found.empty()) return;
            const auto place = place_of<inner>(field);
            if (!place.empty()) found = std::string(d.name) + "/" + place;
        }
    });
    return found;
}

}  // namespace core
