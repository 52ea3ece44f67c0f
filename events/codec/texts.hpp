#pragma once
// The texts that something described carries, wherever in it they are.

#include "events/codec/describe.hpp"

#include <string>
#include <string_view>

namespace events::codec {

/// Calls f(field, text) with every text in `value` that is nobody's own, and with the name of each file; `field`: of the nearest
/// struct around it.
template <class T, class F>
void for_each_text(const T& value, std::string_view field, F& f) {
    if constexpr (std::is_same_v<T, std::string>) {
        f(field, value);
    } else if constexpr (std::is_same_v<T, words>) {
        if (!value.are_personal()) f(field, value.text);
    } else if constexpr (std::is_same_v<T, attachment>) {
        f(field, value.name);
    } else if constexpr (is_vector<T>::value) {
        for (const auto& one : value) for_each_text(one, field, f);
    } else if constexpr (is_optional<T>::value) {
        if (value) for_each_text(*value, field, f);
    } else if constexpr (described_struct<T> && !code_string<T>) {
        boost::mp11::mp_for_each<members_of<T>>([&](auto d) { for_each_text(value.*d.pointer, d.name, f); });
    }
}

}  // namespace events::codec
