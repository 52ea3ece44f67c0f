#pragma once
// The files that something described carries, wherever in it they are.

#include "events/catalog/sealed_form.hpp"
#include "events/codec/describe.hpp"

namespace events::codec {

/// Calls f(attachment) and f(sealed_attachment) with each that is anywhere in `value`.
template <class T, class F>
void for_each_attachment(const T& value, F& f) {
    if constexpr (std::is_same_v<T, attachment> || std::is_same_v<T, sealed_attachment>) {
        f(value);
    } else if constexpr (is_vector<T>::value) {
        if constexpr (described_struct<typename T::value_type>)
            for (const auto& one : value) for_each_attachment(one, f);
    } else if constexpr (is_optional<T>::value) {
        if (value) for_each_attachment(*value, f);
    } else if constexpr (described_struct<T>) {
        boost::mp11::mp_for_each<members_of<T>>([&](auto d) { for_each_attachment(value.*d.pointer, f); });
    }
}

}  // namespace events::codec
