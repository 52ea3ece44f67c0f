#pragma once
// A formula as text, always the same for the same formula. parse(print(x)) is x, for every x that parse() makes; so is
// print(parse(t)) one text for all the ways to type it.

#include "core/formula/ast.hpp"

#include <string>
#include <string_view>

namespace core::formula {

std::string print(const expression& of);
std::string print(const filter& of);
/// As it is typed: in backquotes, where it has signs or is a word of the language.
std::string print_name(std::string_view name);

}  // namespace core::formula
