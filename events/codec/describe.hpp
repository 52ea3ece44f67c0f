#pragma once
// Small helpers over Boost.Describe that reader and writer share.

#include "events/catalog/value.hpp"

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include <optional>
#include <type_traits>
#include <variant>
#include <vector>

namespace events::codec {

template <class T>
concept described_struct = boost::describe::has_describe_members<T>::value && !std::is_union_v<T>;

template <class T>
concept described_enum = boost::describe::has_describe_enumerators<T>::value;

template <class T>
using members_of = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};

template <class T>
struct is_vector : std::false_type {};
template <class T>
struct is_vector<std::vector<T>> : std::true_type {};

template <class T>
struct is_id : std::false_type {};
template <class Tag>
struct is_id<id<Tag>> : std::true_type {};

/// A string in a type of its own, and nothing else: department, role.
template <class T>
concept code_string = requires(T t) { { t.code } -> std::same_as<std::string&>; } && sizeof(T) == sizeof(std::string);

template <class T>
inline constexpr bool is_personal = std::is_same_v<T, personal> || std::is_same_v<T, words>;

/// Does a T hold a personal field anywhere?
template <class T>
constexpr bool holds_personal() {
    if constexpr (is_personal<T>) {
        return true;
    } else if constexpr (is_optional<T>::value || is_vector<T>::value) {
        return holds_personal<typename T::value_type>();
    } else if constexpr (described_struct<T>) {
        bool any = false;
        boost::mp11::mp_for_each<members_of<T>>([&](auto d) {
            any = any || holds_personal<std::remove_cvref_t<decltype(std::declval<T&>().*d.pointer)>>();
        });
        return any;
    } else {
        return false;
    }
}

/// Calls f(personal&) for each personal field in `value`; words that are nobody's are passed over.
template <class T, class F>
void for_each_personal(T& value, F&& f) {
    using plain = std::remove_const_t<T>;
    if constexpr (std::is_same_v<plain, personal>) {
        f(value);
    } else if constexpr (std::is_same_v<plain, words>) {
        if (value.are_personal()) f(value);
    } else if constexpr (is_optional<plain>::value) {
        if constexpr (holds_personal<plain>())
            if (value) for_each_personal(*value, f);
    } else if constexpr (is_vector<plain>::value) {
        if constexpr (holds_personal<plain>())
            for (auto& item : value) for_each_personal(item, f);
    } else if constexpr (described_struct<plain>) {
        boost::mp11::mp_for_each<members_of<plain>>([&](auto d) { for_each_personal(value.*d.pointer, f); });
    }
}

/// Does it now? What has nothing but words may have none that are anybody's.
template <class T>
bool has_personal(const T& value) {
    bool any = false;
    if constexpr (holds_personal<T>()) for_each_personal(value, [&](const personal&) { any = true; });
    return any;
}

}  // namespace events::codec
