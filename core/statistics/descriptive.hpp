#pragma once
// What a series of values looks like (S4.2.1).

#include "core/kernel/calendar.hpp"
#include "core/statistics/answer.hpp"

#include <array>
#include <optional>
#include <vector>

namespace core::statistics {

/// Values in the unit of the metric, each of a day (the first of its period), ascending. Without days it is a plain list.
struct series {
    std::string name;
    std::string unit;
    std::vector<double> values;
    std::vector<events::date> days;  ///< as many as values, or none
};

struct group {
    std::size_t n = 0;
    double mean = missing, sd = missing;
};

struct trend {
    double slope;          ///< unit per day, or per value where there are no days
    interval within;       ///< 95 %, Student's t of n − 2
    double p;
};

struct description : answer {
    double mean, sd;       ///< sd with n − 1; NaN of one value
    double min, q05, q25, median, q75, q95, max;  ///< quantiles by Hyndman and Fan 1996, definition 7
    double skewness;       ///< adjusted Fisher–Pearson, G1; NaN of fewer than three, or of equal values
    double share_of_zero;  ///< of the values that there are
    interval fences;       ///< q25 − 1.5 IQR and q75 + 1.5 IQR (Tukey 1977)
    std::vector<std::size_t> outliers;  ///< which of the values, from 0, lie beyond
    std::optional<statistics::trend> trend;  ///< of three values or more, not all on one day
    std::array<group, 7> by_weekday{};  ///< from Monday
    group working_days, days_off;       ///< by the department's calendar
};

/// Refuses what has no value at all, or values that are no numbers.
outcome<description> describe(const series& of, const subject& about, const working_calendar& calendar);

/// Of sorted values, at least one.
double quantile_of(const std::vector<double>& sorted, double share);

}  // namespace core::statistics
