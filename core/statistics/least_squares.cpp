#include "core/statistics/least_squares.hpp"

#include "core/statistics/sums.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <numeric>

namespace core::statistics {
namespace {

using Eigen::Index;
using dense = Eigen::MatrixXd;
using by_rows = Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;

// A column whose part that no other explains is smaller than this is one of the others. Longley's smallest is 1e-5 of its length.
constexpr double nothing_left = 1e-10;
constexpr double takes_part = 1e-7;

double length_of(const matrix& x, std::size_t c) {
    careful_sum s;
    for (std::size_t r = 0; r < x.rows; ++r) s.add_product(x(r, c), x(r, c));
    return std::sqrt(s.value());
}

void find_dependent(least_squares& made, const Eigen::ColPivHouseholderQR<dense>& qr, Index rank) {
    const auto& order = qr.colsPermutation().indices();
    const dense r = qr.matrixQR().topRows(qr.cols()).triangularView<Eigen::Upper>();
    for (Index j = rank; j < qr.cols(); ++j) {
        least_squares::dependence d{static_cast<std::size_t>(order[j]), {}};
        const Eigen::VectorXd share = r.topLeftCorner(rank, rank).triangularView<Eigen::Upper>().solve(r.col(j).head(rank));
        for (Index i = 0; i < rank; ++i)
            if (std::abs(share[i]) > takes_part) d.from.push_back(static_cast<std::size_t>(order[i]));
        std::sort(d.from.begin(), d.from.end());
        made.dependent.push_back(std::move(d));
    }
}

void residuals_of(const matrix& x, const std::vector<double>& y, least_squares& made) {
    for (std::size_t i = 0; i < x.rows; ++i) {
        careful_sum rest, fitted;
        rest.add(y[i]);
        for (std::size_t c = 0; c < x.columns; ++c) {
            rest.add_product(-made.coefficients[c], x(i, c));
            fitted.add_product(made.coefficients[c], x(i, c));
        }
        made.residuals[i] = rest.value();
        made.fitted[i] = fitted.value();
    }
}

}  // namespace

least_squares solve(const matrix& x, const std::vector<double>& y) {
    least_squares made;
    const auto n = static_cast<Index>(x.rows), p = static_cast<Index>(x.columns);
    Eigen::VectorXd lengths(p);
    for (Index c = 0; c < p; ++c) {
        lengths[c] = length_of(x, static_cast<std::size_t>(c));
        if (!(lengths[c] > 0)) made.dependent.push_back({static_cast<std::size_t>(c), {}});  // nothing but zeros
    }
    if (!made.dependent.empty()) return made;
    const dense scaled = by_rows(x.values.data(), n, p) * lengths.cwiseInverse().asDiagonal();
    const Eigen::ColPivHouseholderQR<dense> qr(scaled);
    const auto diagonal = qr.matrixQR().diagonal().cwiseAbs();
    Index rank = 0;
    while (rank < p && diagonal[rank] > nothing_left * diagonal[0]) ++rank;
    if (rank < p) {
        find_dependent(made, qr, rank);
        return made;
    }

    made.coefficients.resize(x.columns);
    made.residuals.resize(x.rows);
    made.fitted.resize(x.rows);
    const auto take_in = [&](const Eigen::VectorXd& more) {
        const Eigen::VectorXd step = qr.solve(more).cwiseQuotient(lengths);
        for (Index c = 0; c < p; ++c) made.coefficients[static_cast<std::size_t>(c)] += step[c];
        residuals_of(x, y, made);
    };
    take_in(Eigen::Map<const Eigen::VectorXd>(y.data(), n));
    take_in(Eigen::Map<const Eigen::VectorXd>(made.residuals.data(), n));
    careful_sum squares;
    for (const double e : made.residuals) squares.add_product(e, e);
    made.squares = squares.value();

    const dense r = qr.matrixQR().topRows(p).triangularView<Eigen::Upper>();
    const dense r_inverse = r.triangularView<Eigen::Upper>().solve(dense::Identity(p, p));
    const dense placed = qr.colsPermutation() * r_inverse;  // rows in the columns' own order
    const dense inverse = placed * placed.transpose();
    made.inverse = matrix(x.columns, x.columns);
    for (Index a = 0; a < p; ++a)
        for (Index b = 0; b < p; ++b) made.inverse(static_cast<std::size_t>(a), static_cast<std::size_t>(b)) = inverse(a, b) / (lengths[a] * lengths[b]);
    const dense q = scaled * placed;
    made.leverage.resize(x.rows);
    for (Index i = 0; i < n; ++i) made.leverage[static_cast<std::size_t>(i)] = q.row(i).squaredNorm();
    const auto singular = Eigen::JacobiSVD<dense>(r).singularValues();
    made.condition = singular[0] / singular[p - 1];
    return made;
}

matrix sandwich(const matrix& bread, const matrix& middle) {
    const auto p = static_cast<Index>(bread.rows);
    const by_rows b(bread.values.data(), p, p), m(middle.values.data(), p, p);
    const dense all = b * m * b;
    matrix made(bread.rows, bread.rows);
    for (Index i = 0; i < p; ++i)
        for (Index j = 0; j < p; ++j) made(static_cast<std::size_t>(i), static_cast<std::size_t>(j)) = all(i, j);
    return made;
}

}  // namespace core::statistics
