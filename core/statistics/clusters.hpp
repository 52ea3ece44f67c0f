#pragma once
// Whether things fall into groups, and which (S4.2.1): k-means of z-scored columns, as many groups as the silhouette says.

#include "core/statistics/answer.hpp"

#include <string>
#include <vector>

namespace core::statistics {

inline constexpr std::size_t groups_max = 10;
inline constexpr std::size_t grouped_max = 5'000;        ///< rows: every silhouette looks at every pair of them
inline constexpr std::size_t grouped_cells_max = 50'000;  ///< rows times columns: some seconds

struct of_k {
    std::size_t k;
    double inertia;
    double silhouette;  ///< mean of all rows
};

struct cluster {
    std::size_t size;
    std::vector<double> centre;  ///< in the columns' own units
    double silhouette;           ///< mean of its rows; below 0.25 it is hardly a group
};

struct clustering : answer {
    std::vector<std::string> columns;  ///< all z-scored, by the sd with n
    std::vector<double> means, sds;    ///< that they were z-scored by
    std::vector<of_k> curve;           ///< 2 … 10, or as many as there are different rows
    std::size_t k;                     ///< of the highest silhouette; the fewest of equals
    double inertia, silhouette;
    std::vector<cluster> clusters;     ///< the largest first
    std::vector<std::size_t> rows;     ///< which of the rows given were grouped
    std::vector<std::size_t> cluster_of;  ///< of each of these
    double stability;                  ///< mean adjusted Rand index over resamples: 1 where the groups always come out the same
    bool clear;                        ///< silhouette ≥ 0.25 (Kaufman and Rousseeuw 1990)
};

/// `k` 0: to be found. Refuses columns that do not change, by name, and fewer than three different rows.
outcome<clustering> group_into(const std::vector<column>& all, std::size_t k, const subject& about);

}  // namespace core::statistics
