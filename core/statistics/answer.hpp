#pragma once
// What every answer of a method holds beside its figures (S4.2.1): what was asked, of how much data, and what of it has to be
// said before anybody acts on it; and why there is none.
//
// Missing values are NaN. All figures are doubles, made in a fixed order from fixed seeds: the same data give the same answer,
// digit for digit, on every run. They describe; money and metrics stay exact where they are kept (D17).

#include "events/catalog/value.hpp"

#include <boost/describe/enum.hpp>
#include <boost/system/result.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace core::statistics {

using words = events::bilingual;

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();
inline constexpr std::size_t rows_max = 100'000;
inline constexpr std::size_t columns_max = 50;

/// What is asked, and of what: carried into the answer as it is.
struct subject {
    std::string question;
    std::vector<std::string> metrics;  ///< each with the version of its formula: "转化率 v3"
    std::string period, grain, filter;
    std::uint64_t position = 0;        ///< of the log, that the data are of
    bool operator==(const subject&) const = default;
};

struct column {
    std::string name;
    std::vector<double> values;
};

/// An interval that holds the true value 95 times of 100.
struct interval {
    double low = missing, high = missing;
};

struct answer {
    subject of;
    std::size_t n = 0;          ///< rows that were used
    std::size_t left_out = 0;   ///< rows that were not, as something was missing in them
    words done_with_missing;
    std::vector<words> warnings;
    words conclusion;           ///< one sentence, which a person may change
    std::optional<std::uint64_t> seed;  ///< where chance had a part
};

BOOST_DEFINE_ENUM_CLASS(reason, too_few_rows, too_many_rows, too_many_columns, lengths_differ, not_finite, constant_column, collinear_columns, too_few_distinct, bad_setting)

struct refused {
    statistics::reason reason;
    words why;                         ///< with the cure
    std::vector<std::string> columns;  ///< that it is about
};

template <class T>
using outcome = boost::system::result<T, refused>;

/// "12.35", "1.2e-07": as a sentence has it, four digits.
std::string shown(double x);
/// "p = 0.034", "p < 0.001".
std::string shown_p(double p);

/// Whether these are columns of one table, neither too large nor with anything in them that is no number.
std::optional<refused> why_no_table(const std::vector<column>& all);
/// Rows in which nothing is missing, in their order.
std::vector<std::size_t> complete_rows(const std::vector<column>& all);
std::vector<double> only(const std::vector<double>& values, const std::vector<std::size_t>& rows);

/// What `answer` says of rows that were left out.
void tell_left_out(answer& a, std::size_t n, std::size_t left_out);

}  // namespace core::statistics
