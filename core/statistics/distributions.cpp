#include "core/statistics/distributions.hpp"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include <cmath>
#include <limits>

namespace core::statistics {
namespace {

namespace math = boost::math;
using namespace math::policies;

/// Doubles are no wider on one machine than on another, and nothing throws: what has no answer is NaN.
using plain = policy<promote_double<false>, domain_error<ignore_error>, pole_error<ignore_error>, overflow_error<ignore_error>,
                     evaluation_error<ignore_error>>;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

}  // namespace

double t_two_sided(double t, double freedom) {
    if (std::isnan(t) || !(freedom > 0)) return none;
    if (std::isinf(t)) return 0;
    return 2 * math::cdf(math::complement(math::students_t_distribution<double, plain>(freedom), std::abs(t)));
}

double t_quantile(double probability, double freedom) {
    return freedom > 0 ? math::quantile(math::students_t_distribution<double, plain>(freedom), probability) : none;
}

double f_upper(double f, double above, double below) {
    if (std::isnan(f) || f < 0 || !(above > 0) || !(below > 0)) return none;
    if (std::isinf(f)) return 0;
    return math::cdf(math::complement(math::fisher_f_distribution<double, plain>(above, below), f));
}

double chi_squared_upper(double x, double freedom) {
    if (std::isnan(x) || x < 0 || !(freedom > 0)) return none;
    return math::cdf(math::complement(math::chi_squared_distribution<double, plain>(freedom), x));
}

double normal_quantile(double probability) { return math::quantile(math::normal_distribution<double, plain>(), probability); }

}  // namespace core::statistics
