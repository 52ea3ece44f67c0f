#pragma once
// Which metrics move together (S4.2.1). That is not a cause, and every answer says so.
//
// Pearson's r with Student's t of n − 2, Spearman's as r of mid-ranks, intervals by Fisher's z (Fisher 1921), and where there is more
// than one test, p corrected for the share of false discoveries (Benjamini and Hochberg 1995).

#include "core/statistics/answer.hpp"

#include <string>
#include <utility>
#include <vector>

namespace core::statistics {

struct strength {
    double r;            ///< −1 to 1
    interval within;     ///< 95 %
    double p;            ///< that there is none, by itself
    double adjusted;     ///< p among all tests of this answer (a q-value); p itself where it is the only one
};

struct pair_of {
    std::string x, y;
    std::size_t lag = 0;  ///< y is taken so many periods after x
    std::size_t n = 0;    ///< complete pairs
    strength pearson, spearman;
    std::vector<std::pair<double, double>> points;  ///< as they were given, to be drawn: of lag 0, at most points_max evenly taken
};

inline constexpr std::size_t points_max = 1'000;

struct correlation : answer {
    std::vector<pair_of> pairs;  ///< of each two columns in their order, at each lag; with a lag both ways round
    std::size_t season = 0;      ///< periods in one: each value is taken less the mean of its place in it; 0: as they are
};

struct how_to_correlate {
    std::size_t lags = 0;    ///< at 0, 1, … this many
    std::size_t season = 0;  ///< 7 for days of a week, 12 for months; 0: none taken out
};

/// Rows are periods in their order. Refuses a column that does not change, and a pair with fewer than four complete rows.
outcome<correlation> correlate(const std::vector<column>& all, const how_to_correlate& how, const subject& about);

/// 1 for the smallest; equal ones share the mean of their places.
std::vector<double> mid_ranks(const std::vector<double>& all);
/// In the order given.
std::vector<double> benjamini_hochberg(const std::vector<double>& p);

}  // namespace core::statistics
