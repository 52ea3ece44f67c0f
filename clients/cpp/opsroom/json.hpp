#pragma once
// JSON values as the wire gives them, read leniently: what is absent or of another type is simply not there.

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace opsroom {

/// Keeps the order in which fields came, so that what is printed reads as it was sent.
using json = nlohmann::ordered_json;

// Reading and writing are compiled in json.cpp alone: they are most of what the library costs to compile.

/// What is nested deeper is not read: copying and writing it would go as deep.
inline constexpr std::size_t json_depth_max = 64;
bool is_too_deep(std::string_view text);

/// Discarded where it is not JSON, or nested too deep: `is_discarded()`, and neither an object nor an array.
json parse_json(std::string_view text);

/// On one line; with `indent`, a field a line.
std::string as_text(const json& value, int indent = -1);

const json& at_or_null(const json& object, const char* key);

std::string text_at(const json& object, const char* key, std::string otherwise = {});

std::optional<std::uint64_t> number_at(const json& object, const char* key);

bool flag_at(const json& object, const char* key);

/// The array's elements; none where there is no array.
const json& list_at(const json& object, const char* key);

}  // namespace opsroom
