#pragma once
// How people type what the schema describes, where that is not as it is called there. It is typed in scripts too, so it stays.

#include "clients/cli/commands/rows.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

struct typed_as {
    std::string_view key;         ///< what the field's key ends with
    std::string_view name;        ///< without dashes; empty: it is not typed, but follows from what is
    value is = value::text;       ///< other than text: not as its shape has it
};

/// Null where it is typed as it is called.
const typed_as* typed_as_of(std::string_view key);

/// What is sent where nothing is typed; nothing where it has to be. What a form on a page begins with is seen before it is sent, and so is not meant.
std::optional<std::string> default_of(const described_field& f);

/// The keys of a command's arguments, in their order, where they are not those that follow from what it takes (described_rows.cpp).
std::optional<std::vector<std::string>> arguments_of(std::string_view command);

}  // namespace cli
