#pragma once
// Text of a formula to what it says. The grammar (words in any case, blanks anywhere):
//
//   formula   = sum ; sum = product {("+"|"-") product} ; product = unary {("*"|"/") unary} ; unary = ["-"] atom
//   atom      = number | "(" formula ")" | metric | aggregate ["where" filter] | shift "(" formula ["," count] ")"
//   aggregate = function "(" [field ["," number]] ")"
//   filter    = test {("and"|"or") test}
//   test      = dimension (("="|"!=") value | ["not"] "in" "(" value {"," value} ")" | "is" "missing")
//
// It takes time and memory in proportion to the text, which has at most bytes_max bytes.

#include "core/formula/fault.hpp"

#include <string_view>

namespace core::formula {

/// Takes any bytes. What the names stand for is checked by check.hpp; at most one fault is told.
found<expression> parse(std::string_view text);

}  // namespace core::formula
