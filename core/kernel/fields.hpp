#pragma once
// Where in a command the field is that a refusal names; and what holds for a field of its type in whichever command.

#include "core/kernel/archive.hpp"
#include "core/kernel/refusal.hpp"

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

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

/// As far as anybody plans. Whatever is counted by the day from here on comes to an end.
constexpr events::date last_day_known(events::date today) {
    const auto last = today + std::chrono::years(50);
    return last.ok() ? last : last.year() / last.month() / 28;
}

inline constexpr refusal day_too_far{"day_too_far", "", "日期过远：须在今天起 50 年以内。", "This day is too far: give one within 50 years from today.", obstacle::field, "day"};

namespace far {

template <class T>
concept described = boost::describe::has_describe_members<T>::value;
template <class T>
concept sequence = requires(const T& t) { t.begin(); typename T::value_type; } && !std::is_convertible_v<T, std::string_view>;

template <class T>
consteval bool has_days();
template <class... T>
consteval bool any_has_days(std::variant<T...>*) { return (has_days<T>() || ...); }
template <class T>
consteval bool any_has_days(std::optional<T>*) { return has_days<T>(); }
consteval bool any_has_days(const void*) { return false; }

template <class T>
consteval bool has_days() {
    bool has = std::is_same_v<T, events::date>;
    if constexpr (described<T>) {
        boost::mp11::mp_for_each<archive::members_of<T>>([&](auto d) {
            has = has || has_days<std::remove_cvref_t<decltype(std::declval<T&>().*d.pointer)>>();
        });
    } else if constexpr (sequence<T>) {
        has = has || has_days<typename T::value_type>();
    } else {
        has = has || any_has_days(static_cast<T*>(nullptr));
    }
    return has;
}

}  // namespace far

/// Where a day in `what` is later than `last`: "form/milestones/0/due".
template <class T>
std::optional<std::string> far_day(const T& what, events::date last) {
    std::optional<std::string> found;
    const auto within = [&](std::string name, const auto& one) {
        if (found) return;
        if (auto place = far_day(one, last)) found = place->empty() ? std::move(name) : std::move(name) + "/" + *place;
    };
    if constexpr (!far::has_days<T>()) {
        return found;
    } else if constexpr (std::is_same_v<T, events::date>) {
        if (what > last) found.emplace();
    } else if constexpr (far::described<T>) {
        boost::mp11::mp_for_each<archive::members_of<T>>([&](auto d) { within(d.name, what.*d.pointer); });
    } else if constexpr (far::sequence<T>) {
        std::size_t i = 0;
        for (const auto& one : what) within(std::to_string(i++), one);
    } else if constexpr (requires { what.has_value(); }) {
        if (what) return far_day(*what, last);
    } else {
        return std::visit([&](const auto& one) { return far_day(one, last); }, what);
    }
    return found;
}

}  // namespace core
