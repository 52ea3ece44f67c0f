#pragma once
// Probabilities of the distributions that tests are made with. NaN where an argument is.

namespace core::statistics {

/// That |t| is so far from 0, or farther, with so many degrees of freedom.
double t_two_sided(double t, double freedom);
/// What t is below with this probability.
double t_quantile(double probability, double freedom);
/// That F is so large, or larger.
double f_upper(double f, double above, double below);
double chi_squared_upper(double x, double freedom);
double normal_quantile(double probability);

}  // namespace core::statistics
