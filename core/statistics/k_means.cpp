#include "core/statistics/k_means.hpp"

#include "core/statistics/sums.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace core::statistics {
namespace {

constexpr std::size_t rounds_max = 300;
constexpr double far = std::numeric_limits<double>::infinity();

/// k-means++: each further centre is a point, the likelier the farther it is from those before. Of several tries the one that
/// leaves least, as scikit-learn does.
points first_centres(const points& all, std::size_t k, chance& by) {
    points centres{all[by.below(all.size())]};
    std::vector<double> near(all.size(), far);
    const auto take_in = [&](std::vector<double>& to, const std::vector<double>& centre) {
        for (std::size_t i = 0; i < all.size(); ++i) to[i] = std::min(to[i], distance_squared(all[i], centre));
        return sum_of(to);
    };
    double left = take_in(near, centres.back());
    std::size_t tries = 2;
    for (auto n = k; n > 1; n /= 2) ++tries;
    while (centres.size() < k) {
        std::vector<double> best;
        std::size_t chosen = 0;
        double least = far;
        for (std::size_t t = 0; t < tries; ++t) {
            double at = by.share() * left;
            std::size_t i = 0;
            while (i + 1 < all.size() && (at -= near[i]) >= 0) ++i;
            while (near[i] == 0) i = (i + 1) % all.size();  // a centre already; as k points differ there is one that is not
            auto then = near;
            if (const double rest = take_in(then, all[i]); rest < least) {
                least = rest;
                chosen = i;
                best = std::move(then);
            }
        }
        centres.push_back(all[chosen]);
        near = std::move(best);
        left = least;
    }
    return centres;
}

/// A group that nothing is left of takes the point that is farthest from its own centre.
void fill_empty(const points& all, grouping& g, std::vector<std::size_t>& sizes) {
    for (std::size_t c = 0; c < sizes.size(); ++c) {
        if (sizes[c] > 0) continue;
        std::size_t farthest = 0;
        double most = -1;
        for (std::size_t i = 0; i < all.size(); ++i)
            if (const double d = distance_squared(all[i], g.centres[g.of[i]]); sizes[g.of[i]] > 1 && d > most) {
                most = d;
                farthest = i;
            }
        --sizes[g.of[farthest]];
        g.of[farthest] = c;
        sizes[c] = 1;
    }
}

void move_centres(const points& all, grouping& g) {
    const auto k = g.centres.size(), width = all.front().size();
    std::vector<std::size_t> sizes(k);
    for (const auto c : g.of) ++sizes[c];
    fill_empty(all, g, sizes);
    std::vector<careful_sum> sums(k * width);
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t d = 0; d < width; ++d) sums[g.of[i] * width + d].add(all[i][d]);
    for (std::size_t c = 0; c < k; ++c)
        for (std::size_t d = 0; d < width; ++d) g.centres[c][d] = sums[c * width + d].value() / static_cast<double>(sizes[c]);
}

/// Moves single points as long as that leaves less, counting what both centres move by it (Hartigan 1975): gets out of corners that
/// Lloyd's algorithm stays in.
void polish(const points& all, grouping& g) {
    const auto k = g.centres.size(), width = all.front().size();
    std::vector<double> sizes(k);
    for (const auto c : g.of) ++sizes[c];
    const auto moved = [&](std::size_t c, const std::vector<double>& by, double sign) {
        for (std::size_t d = 0; d < width; ++d) g.centres[c][d] += sign * (by[d] - g.centres[c][d]) / (sizes[c] + sign);
        sizes[c] += sign;
    };
    for (std::size_t round = 0, last = 1; round < rounds_max && last > 0; ++round) {
        last = 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto from = g.of[i];
            if (sizes[from] < 2) continue;
            const double saved = distance_squared(all[i], g.centres[from]) * sizes[from] / (sizes[from] - 1);
            double least = saved * (1 - 1e-9);  // what is won has to be more than rounding
            auto to = from;
            for (std::size_t c = 0; c < k; ++c)
                if (const double cost = distance_squared(all[i], g.centres[c]) * sizes[c] / (sizes[c] + 1); c != from && cost < least) {
                    least = cost;
                    to = c;
                }
            if (to == from) continue;
            moved(from, all[i], -1);
            moved(to, all[i], 1);
            g.of[i] = to;
            ++last;
        }
    }
}

grouping from_one_start(const points& all, std::size_t k, chance& by) {
    grouping g{first_centres(all, k, by), {}, 0};
    for (std::size_t round = 0; round < rounds_max; ++round) {
        auto next = nearest_centres(all, g.centres);
        if (next == g.of) break;
        g.of = std::move(next);
        move_centres(all, g);
    }
    polish(all, g);
    move_centres(all, g);
    careful_sum inertia;
    for (std::size_t i = 0; i < all.size(); ++i) inertia.add(distance_squared(all[i], g.centres[g.of[i]]));
    g.inertia = inertia.value();
    return g;
}

double pairs_in(double n) { return n * (n - 1) / 2; }

}  // namespace

double distance_squared(const std::vector<double>& a, const std::vector<double>& b) {
    double s = 0;
    for (std::size_t d = 0; d < a.size(); ++d) s += (a[d] - b[d]) * (a[d] - b[d]);
    return s;
}

labels nearest_centres(const points& all, const points& centres) {
    labels of(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        double least = far;
        for (std::size_t c = 0; c < centres.size(); ++c)
            if (const double d = distance_squared(all[i], centres[c]); d < least) {
                least = d;
                of[i] = c;
            }
    }
    return of;
}

grouping k_means(const points& all, std::size_t k, std::size_t starts, std::uint64_t seed) {
    chance by(seed);
    grouping best;
    best.inertia = far;
    for (std::size_t s = 0; s < starts; ++s)
        if (auto g = from_one_start(all, k, by); g.inertia < best.inertia) best = std::move(g);
    return best;
}

std::vector<double> silhouettes(const points& all, const labels& of, std::size_t k) {
    std::vector<std::size_t> sizes(k);
    for (const auto c : of) ++sizes[c];
    std::vector<double> made(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (sizes[of[i]] < 2) continue;
        std::vector<double> to(k);
        for (std::size_t j = 0; j < all.size(); ++j) to[of[j]] += std::sqrt(distance_squared(all[i], all[j]));
        const double own = to[of[i]] / static_cast<double>(sizes[of[i]] - 1);
        double other = far;
        for (std::size_t c = 0; c < k; ++c)
            if (c != of[i] && sizes[c] > 0) other = std::min(other, to[c] / static_cast<double>(sizes[c]));
        const double more = std::max(own, other);
        made[i] = more > 0 ? (other - own) / more : 0;
    }
    return made;
}

double adjusted_rand(const labels& a, const labels& b) {
    std::map<std::pair<std::size_t, std::size_t>, double> both;
    std::map<std::size_t, double> in_a, in_b;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ++both[{a[i], b[i]}];
        ++in_a[a[i]];
        ++in_b[b[i]];
    }
    double together = 0, of_a = 0, of_b = 0;
    for (const auto& [which, n] : both) together += pairs_in(n);
    for (const auto& [which, n] : in_a) of_a += pairs_in(n);
    for (const auto& [which, n] : in_b) of_b += pairs_in(n);
    const double expected = of_a * of_b / pairs_in(static_cast<double>(a.size())), most = (of_a + of_b) / 2;
    return most == expected ? 1 : (together - expected) / (most - expected);
}

}  // namespace core::statistics
