#pragma once
// What a target moves with, all else given (S4.2.1): a linear regression with everything that tells whether to believe it.
//
// Formulas as in Greene, Econometric Analysis (8th ed., 2018): 4 (least squares), 9.4 (HC3), 20.5 (Newey and West 1987), 9.5 (Koenker's form of
// Breusch and Pagan 1979); Jarque and Bera 1987; Durbin and Watson 1950; Cook 1977; Marquardt's variance inflation factor.

#include "core/statistics/answer.hpp"

#include <optional>
#include <string>
#include <vector>

namespace core::statistics {

struct coefficient {
    std::string name;       ///< of the column; empty: the intercept
    double value;           ///< unit of the target per unit of the column
    double se, t, p;        ///< two-sided, Student's t with n − p
    interval within;
    double robust_se, robust_t, robust_p;  ///< by `regression::robust`; as the others where that is none
    interval robust_within;
    double vif = missing;   ///< how much of it the other columns explain, as 1 / (1 − R²); NaN of the intercept, 1 of an only column
};

struct regression : answer {
    enum class covariance : std::uint8_t { classic, hc3, newey_west };

    std::string target;
    std::vector<coefficient> coefficients;  ///< the intercept first
    std::size_t freedom;                    ///< n − p
    double sigma;                           ///< standard error of the residuals
    double r_squared, r_squared_adjusted;
    double f, f_p;                          ///< that nothing but the intercept plays a part
    double condition;                       ///< of the columns, each scaled to length 1
    double durbin_watson;                   ///< about 2 where what is left does not follow from what was left before
    double breusch_pagan, breusch_pagan_p;  ///< that what is left spreads the same everywhere
    double jarque_bera, jarque_bera_p;      ///< that what is left is normally distributed
    double residual_skewness, residual_kurtosis;  ///< 0 and 3 of a normal distribution
    std::vector<double> residuals, fitted;
    std::vector<double> leverage, cook;     ///< of each row that was used
    std::vector<std::size_t> rows;          ///< which of the rows given these are
    std::vector<std::size_t> high_leverage;  ///< of the rows given: leverage > 2p/n
    std::vector<std::size_t> influential;    ///< of the rows given: Cook's distance > 4/n

    covariance robust = covariance::classic;  ///< which standard errors are to be believed
    std::size_t lags = 0;                     ///< that Newey–West looks back: ⌊4 (n/100)^(2/9)⌋
};

/// `in_time`: rows follow one another in time, so that Newey–West means something. Refuses as many columns as rows, a target or
/// a column that does not change, and columns that are combinations of others, by name.
outcome<regression> regress(const column& target, const std::vector<column>& on, bool in_time, const subject& about);

}  // namespace core::statistics
