#pragma once
// An id that is not known yet: "#3" is what the command with that place in the same transaction, counted from 0, makes.
//
// Where references are allowed, such a string is read into an id as a number that no id has; whoever gives out the numbers
// puts the right ones in.

#include "events/catalog/stream.hpp"
#include "events/codec/describe.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace events::codec {

/// While it lives, this thread reads "#3" as an id, and counts how many it has read so.
class references_allowed {
public:
    references_allowed();
    ~references_allowed();
    references_allowed(const references_allowed&) = delete;
    references_allowed& operator=(const references_allowed&) = delete;

    std::uint64_t count() const;
};

/// 3, of "#3".
std::optional<std::uint32_t> parse_reference(std::string_view text);

/// No number from outside reaches this far.
inline constexpr std::uint64_t reference_bit = std::uint64_t{1} << 63;

/// The place that an id refers to; nothing for a number.
constexpr std::optional<std::uint32_t> reference_in(std::uint64_t id) {
    return id & reference_bit ? std::optional(static_cast<std::uint32_t>(id & ~reference_bit)) : std::nullopt;
}

/// Does a T hold an entity's id anywhere?
template <class T>
constexpr bool holds_id() {
    if constexpr (is_id<T>::value) {
        return true;
    } else if constexpr (is_optional<T>::value || is_vector<T>::value) {
        return holds_id<typename T::value_type>();
    } else if constexpr (described_struct<T>) {
        bool any = false;
        boost::mp11::mp_for_each<members_of<T>>(
            [&](auto d) { any = any || holds_id<std::remove_cvref_t<decltype(std::declval<T&>().*d.pointer)>>(); });
        return any;
    } else {
        return false;
    }
}

/// Calls f(id&) for each id in `value`.
template <class T, class F>
void for_each_id(T& value, F&& f) {
    if constexpr (is_id<T>::value) {
        f(value);
    } else if constexpr (is_optional<T>::value) {
        if constexpr (holds_id<T>())
            if (value) for_each_id(*value, f);
    } else if constexpr (is_vector<T>::value) {
        if constexpr (holds_id<T>())
            for (auto& item : value) for_each_id(item, f);
    } else if constexpr (described_struct<T>) {
        boost::mp11::mp_for_each<members_of<T>>([&](auto d) { for_each_id(value.*d.pointer, f); });
    }
}

}  // namespace events::codec
