#pragma once
// The files that something described carries, wherever in it they are.

#include "events/catalog/sealed_form.hpp"

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <optional>
#include <type_traits>
#include <vector>

namespace events {
namespace detail {

template <class T>
inline constexpr bool may_hold_files = boost::describe::has_describe_members<T>::value;
template <class T>
inline constexpr bool may_hold_files<std::vector<T>> = may_hold_files<T>;
template <class T>
inline constexpr bool may_hold_files<std::optional<T>> = may_hold_files<T>;

}  // namespace detail

/// Calls f(attachment) and f(sealed_attachment) with each that is anywhere in `value`.
template <class T, class F>
void for_each_attachment(const T& value, F& f) {
    if constexpr (std::is_same_v<T, attachment> || std::is_same_v<T, sealed_attachment>) {
        f(value);
    } else if constexpr (!detail::may_hold_files<T>) {
        return;
    } else if constexpr (requires { value.has_value(); }) {
        if (value) for_each_attachment(*value, f);
    } else if constexpr (requires { value.begin(); }) {
        for (const auto& one : value) for_each_attachment(one, f);
    } else {
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto d) { for_each_attachment(value.*d.pointer, f); });
    }
}

}  // namespace events
