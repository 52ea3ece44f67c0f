#pragma once
// What tells whether a regression's standard errors can be believed, and those that can be where it can't.

#include "core/statistics/least_squares.hpp"

#include <cstddef>
#include <vector>

namespace core::statistics {

double durbin_watson(const std::vector<double>& residuals);

struct verdict {
    double statistic, p;
};
/// Koenker's form: n R² of the squared residuals on the columns.
verdict breusch_pagan(const matrix& x, const std::vector<double>& residuals);

struct normality : verdict {
    double skewness, kurtosis;
};
normality jarque_bera(const std::vector<double>& residuals);

/// Each row's squared residual over (1 − leverage)².
matrix hc3(const matrix& x, const least_squares& fit);

/// Bartlett's weights over so many lags, times n / (n − p).
matrix newey_west(const matrix& x, const least_squares& fit, std::size_t lags);

/// 1 / (1 − R²) of each column on the others; the first column is the intercept, of which there is none (NaN).
std::vector<double> inflation(const matrix& x);

std::vector<double> cook_distances(const least_squares& fit);

}  // namespace core::statistics
