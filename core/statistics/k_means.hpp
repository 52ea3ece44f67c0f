#pragma once
// Groups of points around centres, as numbers: what clusters.cpp makes an answer of.

#include "core/statistics/chance.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace core::statistics {

using points = std::vector<std::vector<double>>;  ///< all of one length
using labels = std::vector<std::size_t>;          ///< which group each point is of, from 0

double distance_squared(const std::vector<double>& a, const std::vector<double>& b);

struct grouping {
    points centres;
    labels of;
    double inertia = 0;  ///< the sum of squared distances to the own centre
};

/// Lloyd's algorithm from k-means++ (Arthur and Vassilvitskii 2007), then Hartigan's; the best of `starts`. `k` is at most the number of different points.
grouping k_means(const points& all, std::size_t k, std::size_t starts, std::uint64_t seed);

labels nearest_centres(const points& all, const points& centres);

/// Of each point (Rousseeuw 1987): −1 to 1; 0 of one that is alone in its group.
std::vector<double> silhouettes(const points& all, const labels& of, std::size_t k);

/// How much two groupings of the same points agree beyond chance (Hubert and Arabie 1985): 1 where they are the same.
double adjusted_rand(const labels& a, const labels& b);

}  // namespace core::statistics
