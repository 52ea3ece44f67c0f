#pragma once
// JSON values as the wire gives them, read leniently: what is absent or of another type is simply not there.

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace cli {

/// Keeps the order in which fields came, so that what is printed reads as it was sent.
using json = nlohmann::ordered_json;

inline const json& at_or_null(const json& object, const char* key) {
    static const json nothing;
    if (!object.is_object()) return nothing;
    const auto found = object.find(key);
    return found == object.end() ? nothing : *found;
}

inline std::string text_at(const json& object, const char* key, std::string otherwise = {}) {
    const auto& value = at_or_null(object, key);
    return value.is_string() ? value.get<std::string>() : otherwise;
}

inline std::optional<std::uint64_t> number_at(const json& object, const char* key) {
    const auto& value = at_or_null(object, key);
    if (!value.is_number_integer() || (!value.is_number_unsigned() && value.get<std::int64_t>() < 0)) return std::nullopt;
    return value.get<std::uint64_t>();
}

inline bool flag_at(const json& object, const char* key) {
    const auto& value = at_or_null(object, key);
    return value.is_boolean() && value.get<bool>();
}

/// The array's elements; none where there is no array.
inline const json& list_at(const json& object, const char* key) {
    static const json none = json::array();
    const auto& value = at_or_null(object, key);
    return value.is_array() ? value : none;
}

}  // namespace cli
