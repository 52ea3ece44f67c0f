#pragma once
// An aggregate over rows. For .cpp files of this folder: it brings the exact numbers with it.

#include "core/formula/evaluate.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <variant>

namespace core::formula {

using exact = boost::multiprecision::cpp_rational;
using value = std::variant<exact, no_value>;

/// Of canonical digits: "12.5".
exact exact_of(std::string_view digits);
exact exact_of(const decimal& d);

/// Over the days `from` to `until`, of the rows that pass its filter and `only`.
value fold(const aggregate& of, const rows& over, date from, date until, const std::vector<test>& only, bool missing_is_zero);

}  // namespace core::formula
