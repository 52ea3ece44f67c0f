#pragma once
// One setting's value to and from text and JSON, by its type. Internal to ops.

#include "server/ops/config.hpp"

#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/mp11.hpp>
#include <nlohmann/json.hpp>

#include <charconv>
#include <concepts>
#include <type_traits>

namespace server::ops {

template <class T>
concept described_enum = std::is_enum_v<T>;
template <class T>
concept number = std::integral<T> && !std::same_as<T, bool>;
using list = std::vector<std::string>;

// What may be written, for a person.

inline std::string allowed_for(const std::string&, std::int64_t, std::int64_t) { return {}; }
inline std::string allowed_for(const list&, std::int64_t, std::int64_t) { return {}; }
inline std::string allowed_for(bool, std::int64_t, std::int64_t) { return "true | false"; }
template <number T>
std::string allowed_for(T, std::int64_t least, std::int64_t most) {
    return std::to_string(least) + "–" + std::to_string(most);
}
template <described_enum T>
std::string allowed_for(T, std::int64_t, std::int64_t) {
    std::string names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
        [&](auto e) { names += (names.empty() ? "" : " | ") + std::string(e.name); });
    return names;
}

template <class T>
setting::kind kind_of(const T&) {
    if constexpr (std::same_as<T, bool>)
        return setting::kind::on_off;
    else if constexpr (std::same_as<T, list>)
        return setting::kind::list;
    else
        return setting::kind::plain;
}

// From text. False, and nothing is changed, where it does not fit.

inline bool read_text(std::string_view text, std::string& into, std::int64_t least, std::int64_t most) {
    const auto size = static_cast<std::int64_t>(text.size());
    if (size < least || size > most) return false;
    into = text;
    return true;
}

inline bool read_text(std::string_view text, bool& into, std::int64_t, std::int64_t) {
    if (text != "true" && text != "1" && text != "false" && text != "0") return false;
    into = text == "true" || text == "1";
    return true;
}

template <number T>
bool read_text(std::string_view text, T& into, std::int64_t least, std::int64_t most) {
    std::int64_t value = 0;
    const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (bad != std::errc{} || end != text.data() + text.size() || value < least || value > most) return false;
    into = static_cast<T>(value);
    return true;
}

template <described_enum T>
bool read_text(std::string_view text, T& into, std::int64_t, std::int64_t) {
    return boost::describe::enum_from_string(std::string(text).c_str(), into);
}

/// Comma-separated; `most` elements.
inline bool read_text(std::string_view text, list& into, std::int64_t, std::int64_t most) {
    list all;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        if (comma > 0) all.emplace_back(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    if (static_cast<std::int64_t>(all.size()) > most) return false;
    into = std::move(all);
    return true;
}

// From JSON: numbers are numbers there, and not text.

template <class T>
bool read_json(const nlohmann::json& value, T& into, std::int64_t least, std::int64_t most) {
    if constexpr (std::same_as<T, bool>) {
        if (!value.is_boolean()) return false;
        into = value.get<bool>();
        return true;
    } else if constexpr (number<T>) {
        return value.is_number_integer() && read_text(value.dump(), into, least, most);
    } else if constexpr (std::same_as<T, list>) {
        if (!value.is_array() || static_cast<std::int64_t>(value.size()) > most) return false;
        for (const auto& v : value) {
            if (!v.is_string()) return false;
        }
        into = value.get<list>();
        return true;
    } else {
        return value.is_string() && read_text(value.get_ref<const std::string&>(), into, least, most);
    }
}

template <class T>
nlohmann::json to_json(const T& value) {
    if constexpr (described_enum<T>) {
        std::string name;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto e) {
            if (e.value == value) name = e.name;
        });
        return name;
    } else {
        return value;
    }
}

// By place in settings().

std::optional<std::size_t> find_setting(std::string_view key);
bool set_from_text(config& into, std::size_t index, std::string_view text);
bool set_from_json(config& into, std::size_t index, const nlohmann::json& value);

}  // namespace server::ops
