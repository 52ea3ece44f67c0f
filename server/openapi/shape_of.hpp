#pragma once
// The shape of what is read into a described struct, in the notation of shape.hpp.

#include "events/codec/describe.hpp"

#include <cstdint>
#include <string>
#include <type_traits>

namespace server::openapi {

template <class T>
std::string shape_of() {
    if constexpr (std::is_same_v<T, std::string>) return "text";
    else if constexpr (std::is_same_v<T, bool>) return "yes_no";
    else if constexpr (std::is_unsigned_v<T>) return "count";
    else {
        std::string all = "{ ";
        boost::mp11::mp_for_each<events::codec::members_of<T>>([&](auto d) {
            using field = std::remove_cvref_t<decltype(std::declval<T&>().*d.pointer)>;
            if (all.size() > 2) all += ", ";
            all += d.name;
            if constexpr (events::codec::is_optional<field>::value) all += "?: " + shape_of<typename field::value_type>() + " | null";
            else all += ": " + shape_of<field>();
        });
        return all + " }";
    }
}

}  // namespace server::openapi
