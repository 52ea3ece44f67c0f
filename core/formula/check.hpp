#pragma once
// Whether a formula means something, and what: its names are those of the catalogue, its units fit, nothing is added up that does
// not add up, it does not go round in circles, and one value takes no more work than it may.

#include "core/formula/catalogue.hpp"
#include "core/formula/fault.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::formula {

/// Over what the values of a metric add up to its value for all of it together.
enum class additivity : std::uint8_t {
    constant,           ///< a number without data
    nowhere,            ///< a ratio, a mean, a count of different ones: it has to be calculated anew
    across_dimensions,  ///< a stock, and what looks at other periods: not over time
    everywhere,
};

/// A metric's formula with every name as the catalogue has it, and every reference bound to a part.
struct part {
    std::string code;  ///< empty where the formula is nobody's yet
    expression formula;
    bool missing_is_zero = false;
};

/// All that it takes to calculate one.
struct checked {
    std::vector<part> parts;  ///< each behind those that it refers to; the last is what was checked
    formula::unit unit;
    additivity adds = additivity::nowhere;
    unsigned shown_per = 1;   ///< 100 for a metric in %
};

/// `metric` is the one to be defined, with the formula as it was typed; its code may be known to the catalogue already, with another
/// formula, and is empty for one that is only tried. An empty unit is any. Time and memory are bounded by the text of all formulas
/// that it refers to. What would take the fault away is in its text.
found<checked> check(const metric& metric, const catalogue& against);

/// Whether its values may be added up over time, or over a dimension: nothing where they may, else what to do instead.
enum class over : std::uint8_t { time, dimension };
std::optional<fault> why_not_added_up(const checked& metric, over what);

}  // namespace core::formula
