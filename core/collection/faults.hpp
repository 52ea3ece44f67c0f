#pragma once
// What is wrong with a collection plan's form, beyond the bounds of its fields.

#include "core/collection/collection.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace core::collecting {

/// A decimal number as it is written in a plan ("-1000", "0.5"), in millionths; nothing where it is none.
std::optional<std::int64_t> millionths(std::string_view text);

/// A lower-case letter, then those, digits and underscores; at most 63.
bool is_code(std::string_view text);

/// By itself: its columns, checks, schedule, way.
std::optional<collection_rejection> form_at_fault(const events::collection::form& f);

/// With what else there is: source, set, the version that it replaces.
std::optional<collection_rejection> surroundings_at_fault(const events::collection::form& f, collection_id own, const context& by);

/// Whether a plan that is in force, but for these two, fills that set.
bool is_set_in_use(std::string_view set, collection_id own, collection_id replaced, const context& by);

}  // namespace core::collecting
