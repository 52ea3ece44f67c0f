#pragma once
// The value of a checked formula over rows in memory: exact fractions from the rows to the end, rounded once, half up, to be
// shown (D17). What asks a database for the same has to come to the same text.
//
// Aggregates come first, over all days of the period that is asked for, and what is calculated with them after: a ratio is one of
// sums. There is no value where one is missing, never 0: why is told. count() and count_distinct() of a time that is covered by
// data are numbers, also 0; everything else of nothing is missing.

#include "core/formula/check.hpp"
#include "core/formula/period.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace core::formula {

/// An exact number as data have it: 1234.50 is {123450, 2}. At most 18 places.
struct decimal {
    std::int64_t units = 0;
    std::uint8_t places = 0;
};

/// What a row has in a column; nothing: it is missing.
using cell = std::variant<std::monostate, decimal, std::string>;

/// The rows of a set.
class rows {
public:
    virtual ~rows() = default;
    virtual std::size_t size() const = 0;
    virtual date day(std::size_t row) const = 0;
    /// The column of a field or dimension, by its code; nothing where there is none, which is a column of missing ones.
    virtual std::optional<std::size_t> column(std::string_view code) const = 0;
    virtual cell at(std::size_t row, std::size_t column) const = 0;
    /// The first and the last day that data were delivered for, whether there were rows or not. Nothing: none yet.
    virtual std::optional<std::pair<date, date>> covered() const = 0;
    /// A field's unit, as in the catalogue: what is in % is taken as a share.
    virtual std::string_view unit(std::size_t column) const = 0;
};

class data {
public:
    virtual ~data() = default;
    /// Null where there are none.
    virtual const rows* find(std::string_view set) const = 0;
};

/// Why there is no value; where there are several reasons, the last of these is told.
BOOST_DEFINE_ENUM_CLASS(no_value, zero_denominator,  ///< divided by 0
                        no_data,  ///< nothing that was recorded is in the filter, or in the field
                        partial,  ///< the data begin after the period does, or end before
                        not_yet)  ///< the data end before the period begins

struct question {
    formula::period period;
    std::vector<test> only;  ///< of all rows: of a region, a channel. Sets that have no such dimension have nothing to say
    bool to_date = false;    ///< of a period that the data do not reach the end of, what there is
};

struct answer {
    std::optional<std::string> shown;  ///< "12.50", in the metric's unit: of one in %, 12.5 per cent
    std::optional<std::string> exact;  ///< "1/8", the fraction itself, in lowest terms; "3" where it is whole
    std::optional<no_value> why;       ///< where there is none

    bool operator==(const answer&) const = default;
};

/// `digits` after the point, at most 9; half is rounded away from 0, as 四舍五入 does.
answer evaluate(const checked& metric, const data& from, const question& asked, unsigned digits);

}  // namespace core::formula
