#include "opsroom/json.hpp"

namespace opsroom {

bool is_too_deep(std::string_view text) {
    std::size_t depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c == '\\') ++i;
            else if (c == '"') quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '[' || c == '{') {
            if (++depth > json_depth_max) return true;
        } else if ((c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return false;
}

json parse_json(std::string_view text) {
    if (is_too_deep(text)) return json(json::value_t::discarded);
    return json::parse(text, nullptr, false);
}

std::string as_text(const json& value, int indent) { return value.dump(indent); }

const json& at_or_null(const json& object, const char* key) {
    static const json nothing;
    if (!object.is_object()) return nothing;
    const auto found = object.find(key);
    return found == object.end() ? nothing : *found;
}

std::string text_at(const json& object, const char* key, std::string otherwise) {
    const auto& value = at_or_null(object, key);
    return value.is_string() ? value.get<std::string>() : std::move(otherwise);
}

std::optional<std::uint64_t> number_at(const json& object, const char* key) {
    const auto& value = at_or_null(object, key);
    if (!value.is_number_integer() || (!value.is_number_unsigned() && value.get<std::int64_t>() < 0)) return std::nullopt;
    return value.get<std::uint64_t>();
}

bool flag_at(const json& object, const char* key) {
    const auto& value = at_or_null(object, key);
    return value.is_boolean() && value.get<bool>();
}

const json& list_at(const json& object, const char* key) {
    static const json none = json::array();
    const auto& value = at_or_null(object, key);
    return value.is_array() ? value : none;
}

}  // namespace opsroom
