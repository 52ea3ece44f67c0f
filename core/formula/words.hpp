#pragma once
// The words of the language. They are understood however they are capitalised, and printed in lower case.

#include "core/formula/ast.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::formula {

std::string_view name_of(function f);
std::string_view name_of(shift s);

std::optional<function> function_called(std::string_view word);
std::optional<shift> shift_called(std::string_view word);

/// Whether a name of data would be taken for a word of the language.
bool is_reserved(std::string_view word);

/// Whether `typed` is `word`, which is in lower case.
bool is_word(std::string_view typed, std::string_view word);

/// What can stand before an opening bracket.
std::vector<std::string> callable();

}  // namespace core::formula
