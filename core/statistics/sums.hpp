#pragma once
// Sums in the order of their terms, as exact as if they were made with twice the digits (Neumaier 1974; Ogita, Rump and Oishi 2005):
// what is left does not depend on how large the terms are beside one another.

#include <cmath>
#include <cstddef>
#include <span>

namespace core::statistics {

class careful_sum {
public:
    void add(double x) {
        const double next = sum_ + x;
        lost_ += std::abs(sum_) >= std::abs(x) ? (sum_ - next) + x : (x - next) + sum_;
        sum_ = next;
    }
    void add_product(double a, double b) {
        const double p = a * b;
        add(p);
        lost_ += std::fma(a, b, -p);
    }
    double value() const { return sum_ + lost_; }

private:
    double sum_ = 0, lost_ = 0;
};

inline double sum_of(std::span<const double> all) {
    careful_sum s;
    for (const double x : all) s.add(x);
    return s.value();
}

inline double mean_of(std::span<const double> all) { return sum_of(all) / static_cast<double>(all.size()); }

/// Of (x − x̄)(y − ȳ).
inline double codeviation(std::span<const double> x, double x_mean, std::span<const double> y, double y_mean) {
    careful_sum s;
    for (std::size_t i = 0; i < x.size(); ++i) s.add_product(x[i] - x_mean, y[i] - y_mean);
    return s.value();
}

}  // namespace core::statistics
