#pragma once
// Every text of a command at once, found by the command's description: a new field is under the rule as soon as it is described.

#include "core/kernel/archive.hpp"
#include "core/kernel/text.hpp"
#include "events/catalog/value.hpp"

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <type_traits>

namespace core::text {

/// Where a text has a character that no text may have.
struct unwanted {
    std::string place;  ///< "form/title", "messages/3/text"
    char32_t character;
};

namespace described {

/// A string in a type of its own, and nothing else: department, role.
template <class T>
concept code = requires(T t) { { t.code } -> std::same_as<std::string&>; } && sizeof(T) == sizeof(std::string);
template <class T>
concept list = requires(T t) { t.begin(); t.end(); t.push_back(*t.begin()); } && !std::is_same_v<T, std::string>;
template <class T>
concept maybe = requires(T t) { t.has_value(); *t; };

inline std::optional<unwanted> tidy_one(std::string& s) {
    if (is_plainly_tidy(s)) return std::nullopt;
    if (const auto c = first_unwanted(s)) return unwanted{{}, *c};
    s = tidied(s);
    return std::nullopt;
}

inline std::optional<unwanted> within(std::optional<unwanted> found, const std::string& place) {
    if (found) found->place = place + (found->place.empty() ? "" : "/") + found->place;
    return found;
}

}  // namespace described

namespace described {

/// Calls `f` with every text in it, until it finds something: that, with its place.
template <class T, class F>
std::optional<unwanted> each_text(T& value, F f) {
    if constexpr (std::is_same_v<T, std::string>) {
        return f(value);
    } else if constexpr (std::is_base_of_v<events::personal, T>) {
        return f(value.text);
    } else if constexpr (code<T>) {
        return f(value.code);
    } else if constexpr (maybe<T>) {
        return value ? each_text(*value, f) : std::nullopt;
    } else if constexpr (list<T>) {
        if constexpr (!std::is_arithmetic_v<typename T::value_type>) {
            std::size_t i = 0;
            for (auto& one : value) {
                if (auto found = within(each_text(one, f), std::to_string(i))) return found;
                ++i;
            }
        }
        return std::nullopt;
    } else if constexpr (boost::describe::has_describe_members<T>::value) {
        std::optional<unwanted> found;
        boost::mp11::mp_for_each<archive::members_of<T>>([&](auto d) {
            if (!found) found = within(each_text(value.*d.pointer, f), d.name);
        });
        return found;
    } else {
        return std::nullopt;
    }
}

}  // namespace described

/// Makes every text in it as it is kept. The first place that can't be, where there is one.
template <class T>
std::optional<unwanted> tidy(T& value) {
    return described::each_text(value, described::tidy_one);
}

/// Without what no text may have, and what can't be seen: of text from before there were these rules.
std::string mended(std::string_view s);

/// So that what follows from old text is not refused for it.
template <class T>
void mend(T& value) {
    described::each_text(value, [](std::string& s) {
        if (!is_plainly_tidy(s)) s = mended(s);
        return std::optional<unwanted>();
    });
}

}  // namespace core::text
