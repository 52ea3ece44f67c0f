#include "core/statistics/diagnostics.hpp"

#include "core/statistics/distributions.hpp"
#include "core/statistics/sums.hpp"

#include <cmath>
#include <limits>

namespace core::statistics {
namespace {

double squares_of(const std::vector<double>& all) {
    careful_sum s;
    for (const double e : all) s.add_product(e, e);
    return s.value();
}

/// 1 − R² of `y` on `x`, which has an intercept. 0/0 where y does not change.
double unexplained(const matrix& x, const std::vector<double>& y) {
    const double mean = mean_of(y);
    return solve(x, y).squares / codeviation(y, mean, y, mean);
}

/// Σ wᵢ xᵢ xⱼᵀ for i = j + lag, both ways round where there is a lag.
void add_products(std::vector<careful_sum>& to, const matrix& x, const std::vector<double>& weights, std::size_t lag, double times) {
    for (std::size_t i = lag; i < x.rows; ++i) {
        const double w = times * weights[i] * weights[i - lag];
        for (std::size_t a = 0; a < x.columns; ++a)
            for (std::size_t b = 0; b < x.columns; ++b)
                to[a * x.columns + b].add_product(w, lag == 0 ? x(i, a) * x(i, b) : x(i, a) * x(i - lag, b) + x(i - lag, a) * x(i, b));
    }
}

matrix made_of(const std::vector<careful_sum>& sums, std::size_t p, double times) {
    matrix m(p, p);
    for (std::size_t i = 0; i < sums.size(); ++i) m.values[i] = sums[i].value() * times;
    return m;
}

}  // namespace

double durbin_watson(const std::vector<double>& residuals) {
    careful_sum steps;
    for (std::size_t i = 1; i < residuals.size(); ++i) {
        const double d = residuals[i] - residuals[i - 1];
        steps.add_product(d, d);
    }
    return steps.value() / squares_of(residuals);
}

verdict breusch_pagan(const matrix& x, const std::vector<double>& residuals) {
    std::vector<double> squared;
    for (const double e : residuals) squared.push_back(e * e);
    const double statistic = static_cast<double>(x.rows) * (1 - unexplained(x, squared));
    return {statistic, chi_squared_upper(std::max(statistic, 0.0), static_cast<double>(x.columns - 1))};
}

normality jarque_bera(const std::vector<double>& residuals) {
    const auto n = static_cast<double>(residuals.size());
    const double mean = mean_of(residuals);
    careful_sum second, third, fourth;
    for (const double e : residuals) {
        const double d = e - mean, dd = d * d;
        second.add_product(d, d);
        third.add_product(dd, d);
        fourth.add_product(dd, dd);
    }
    const double m2 = second.value() / n, skewness = third.value() / n / std::pow(m2, 1.5), kurtosis = fourth.value() / n / (m2 * m2);
    const double statistic = n / 6 * (skewness * skewness + (kurtosis - 3) * (kurtosis - 3) / 4);
    return {{statistic, chi_squared_upper(statistic, 2)}, skewness, kurtosis};
}

matrix hc3(const matrix& x, const least_squares& fit) {
    std::vector<double> weights;
    for (std::size_t i = 0; i < x.rows; ++i) weights.push_back(fit.residuals[i] / (1 - fit.leverage[i]));
    std::vector<careful_sum> middle(x.columns * x.columns);
    add_products(middle, x, weights, 0, 1);
    return sandwich(fit.inverse, made_of(middle, x.columns, 1));
}

matrix newey_west(const matrix& x, const least_squares& fit, std::size_t lags) {
    std::vector<careful_sum> middle(x.columns * x.columns);
    for (std::size_t lag = 0; lag <= lags; ++lag)
        add_products(middle, x, fit.residuals, lag, 1 - static_cast<double>(lag) / static_cast<double>(lags + 1));
    const auto n = static_cast<double>(x.rows), p = static_cast<double>(x.columns);
    return sandwich(fit.inverse, made_of(middle, x.columns, n / (n - p)));
}

std::vector<double> inflation(const matrix& x) {
    std::vector<double> all(x.columns, 1.0);
    all[0] = std::numeric_limits<double>::quiet_NaN();
    if (x.columns < 3) return all;
    for (std::size_t c = 1; c < x.columns; ++c) {
        matrix others(x.rows, x.columns - 1);
        std::vector<double> of(x.rows);
        for (std::size_t i = 0; i < x.rows; ++i) {
            of[i] = x(i, c);
            for (std::size_t k = 0, to = 0; k < x.columns; ++k)
                if (k != c) others(i, to++) = x(i, k);
        }
        all[c] = 1 / unexplained(others, of);
    }
    return all;
}

std::vector<double> cook_distances(const least_squares& fit) {
    const auto p = static_cast<double>(fit.coefficients.size()), n = static_cast<double>(fit.residuals.size());
    const double variance = fit.squares / (n - p);
    std::vector<double> all;
    for (std::size_t i = 0; i < fit.residuals.size(); ++i) {
        const double h = fit.leverage[i], e = fit.residuals[i];
        all.push_back(e * e / (p * variance) * h / ((1 - h) * (1 - h)));
    }
    return all;
}

}  // namespace core::statistics
