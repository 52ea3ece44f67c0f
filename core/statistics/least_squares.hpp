#pragma once
// Ordinary least squares, as numbers: what regression.cpp makes an answer of. The only header that stands before Eigen.
//
// Columns are scaled to length 1, factorised by QR with column pivoting (Businger and Golub 1965), and the solution is refined once
// with residuals that are summed carefully (Björck 1996, 2.9): so that NIST's Longley comes out to eleven digits.

#include <cstddef>
#include <vector>

namespace core::statistics {

/// Row by row.
struct matrix {
    std::size_t rows = 0, columns = 0;
    std::vector<double> values;

    matrix() = default;
    matrix(std::size_t r, std::size_t c) : rows(r), columns(c), values(r * c) {}
    double& operator()(std::size_t r, std::size_t c) { return values[r * columns + c]; }
    double operator()(std::size_t r, std::size_t c) const { return values[r * columns + c]; }
};

struct least_squares {
    std::vector<double> coefficients, residuals, fitted;
    std::vector<double> leverage;  ///< the diagonal of X (XᵀX)⁻¹ Xᵀ
    matrix inverse;                ///< (XᵀX)⁻¹
    double squares = 0;            ///< the sum of squared residuals
    double condition = 0;          ///< of the scaled columns: the largest singular value over the smallest

    /// Where columns are combinations of others these are named, and there is nothing else: each as the column and those that
    /// it can be calculated from.
    struct dependence {
        std::size_t column;
        std::vector<std::size_t> from;
    };
    std::vector<dependence> dependent;
};

/// Of `x` with at least as many rows as columns.
least_squares solve(const matrix& x, const std::vector<double>& y);

/// (XᵀX)⁻¹ (Σ wᵢⱼ xᵢ xⱼᵀ) (XᵀX)⁻¹ for a middle that is given: what robust covariances are made of.
matrix sandwich(const matrix& bread, const matrix& middle);

}  // namespace core::statistics
