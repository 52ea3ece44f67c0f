#include "core/statistics/clusters.hpp"

#include "core/statistics/k_means.hpp"
#include "core/statistics/sums.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace core::statistics {
namespace {

constexpr std::uint64_t seed = 20'260'101;  // any; it stands in the answer
constexpr std::size_t starts_least = 25, starts_most = 100, resamples = 20, starts_of_resample = 5;
constexpr std::size_t cells_of_most = 10'000;  // tables up to here are quick enough to be started more often
constexpr double hardly = 0.25;
constexpr double stable_enough = 0.75;  // Hennig 2007

struct prepared {
    points all;
    std::size_t different;
};

std::optional<refused> z_score(const std::vector<column>& all, clustering& c, prepared& to) {
    to.all.assign(c.rows.size(), std::vector<double>(all.size()));
    for (std::size_t d = 0; d < all.size(); ++d) {
        const auto values = only(all[d].values, c.rows);
        const double mean = mean_of(values), sd = std::sqrt(codeviation(values, mean, values, mean) / static_cast<double>(values.size()));
        if (!(sd > 1e-12 * std::abs(mean)))
            return refused{reason::constant_column, {"列「" + all[d].name + "」没有变化，分不出群：请去掉。", "The column \"" + all[d].name + "\" does not change and tells nothing apart: leave it out."}, {all[d].name}};
        c.columns.push_back(all[d].name);
        c.means.push_back(mean);
        c.sds.push_back(sd);
        for (std::size_t i = 0; i < values.size(); ++i) to.all[i][d] = (values[i] - mean) / sd;
    }
    to.different = std::set<std::vector<double>>(to.all.begin(), to.all.end()).size();
    if (to.different < 3) return refused{reason::too_few_distinct, {"不同的行少于 3 个，分不出群：请增加数据或列。", "There are fewer than three different rows, and no groups: add data, or columns."}, {}};
    return std::nullopt;
}

double mean_silhouette(const points& all, const grouping& g) { return mean_of(silhouettes(all, g.of, g.centres.size())); }

/// Drawn anew with replacement, grouped, and all rows put to the nearest of those centres: does that come out the same?
double stability_of(const points& all, const grouping& g) {
    chance by(seed + 1);
    careful_sum agreed;
    for (std::size_t s = 0; s < resamples; ++s) {
        points drawn;
        for (std::size_t i = 0; i < all.size(); ++i) drawn.push_back(all[by.below(all.size())]);
        const auto k = std::min(g.centres.size(), std::set<std::vector<double>>(drawn.begin(), drawn.end()).size());
        agreed.add(adjusted_rand(g.of, nearest_centres(all, k_means(drawn, k, starts_of_resample, by.next()).centres)));
    }
    return agreed.value() / static_cast<double>(resamples);
}

void describe(clustering& c, const grouping& g, const points& all) {
    const auto each = silhouettes(all, g.of, c.k);
    std::vector<cluster> found(c.k);
    std::vector<careful_sum> sums(c.k);
    for (std::size_t i = 0; i < all.size(); ++i) {
        ++found[g.of[i]].size;
        sums[g.of[i]].add(each[i]);
    }
    for (std::size_t k = 0; k < c.k; ++k) {
        found[k].silhouette = sums[k].value() / static_cast<double>(found[k].size);
        for (std::size_t d = 0; d < c.columns.size(); ++d) found[k].centre.push_back(c.means[d] + c.sds[d] * g.centres[k][d]);
    }
    // By size, and then by the centre: not by which came out first.
    std::vector<std::size_t> order(c.k), place(c.k);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return found[a].size != found[b].size ? found[a].size > found[b].size : found[a].centre < found[b].centre; });
    for (std::size_t k = 0; k < c.k; ++k) {
        place[order[k]] = k;
        c.clusters.push_back(found[order[k]]);
    }
    for (const auto label : g.of) c.cluster_of.push_back(place[label]);
    c.silhouette = mean_of(each);
    c.inertia = g.inertia;
}

void conclude(clustering& c) {
    c.clear = c.silhouette >= hardly;
    const auto k = std::to_string(c.k), s = shown(c.silhouette);
    if (c.clear) {
        const auto share = shown(100.0 * static_cast<double>(c.clusters.front().size) / static_cast<double>(c.n));
        c.conclusion = {"分为 " + k + " 群（轮廓系数 " + s + "），最大的一群占 " + share + "%。", "There are " + k + " groups (silhouette " + s + "), of which the largest has " + share + "%."};
    } else {
        c.conclusion = {"没有明显的群（轮廓系数 " + s + "，低于 0.25）。", "There are no clear groups (silhouette " + s + ", below 0.25)."};
    }
    if (c.stability < stable_enough)
        c.warnings.push_back({"换一批数据分法就会变（稳定性 " + shown(c.stability) + "）：请勿据此给人或渠道贴标签。", "With other data the groups come out differently (stability " + shown(c.stability) + "): do not label anybody by them."});
    for (std::size_t i = 0; i < c.clusters.size(); ++i)
        if (c.clear && c.clusters[i].silhouette < hardly)
            c.warnings.push_back({"第 " + std::to_string(i + 1) + " 群不明显（轮廓系数 " + shown(c.clusters[i].silhouette) + "）。", "Group " + std::to_string(i + 1) + " is hardly one (silhouette " + shown(c.clusters[i].silhouette) + ")."});
    if (c.n < 10 * c.k) c.warnings.push_back({"每群平均不足 10 行，结果仅供参考。", "There are fewer than ten rows for each group: take the result as a hint."});
}

}  // namespace

outcome<clustering> group_into(const std::vector<column>& all, std::size_t k, const subject& about) {
    if (auto no = why_no_table(all)) return *no;
    clustering c;
    c.rows = complete_rows(all);
    if (c.rows.size() < 3) return refused{reason::too_few_rows, {"完整的行少于 3 行：请增加数据。", "There are fewer than three complete rows: add data."}, {}};
    if (c.rows.size() > grouped_max || c.rows.size() * all.size() > grouped_cells_max)
        return refused{reason::too_many_rows, {"最多 " + std::to_string(grouped_max) + " 行，行数乘列数最多 " + std::to_string(grouped_cells_max) + "：请先汇总或抽样。",
                                               "At most " + std::to_string(grouped_max) + " rows, and " + std::to_string(grouped_cells_max) + " cells, are grouped: aggregate first, or take a sample."}, {}};
    c.of = about;
    tell_left_out(c, c.rows.size(), all.front().values.size() - c.rows.size());
    c.seed = seed;
    prepared p;
    if (auto no = z_score(all, c, p)) return *no;
    const auto most = std::min({groups_max, p.different - 1, c.rows.size() - 1});
    if (k == 1 || k > most)
        return refused{reason::bad_setting, {"群数须为 2–" + std::to_string(most) + "，或留空由轮廓系数决定。", "The number of groups is 2–" + std::to_string(most) + ", or left to the silhouette."}, {}};

    const auto starts = p.all.size() * all.size() <= cells_of_most ? starts_most : starts_least;
    std::vector<grouping> tried;
    for (std::size_t of = 2; of <= most; ++of) {
        tried.push_back(k_means(p.all, of, starts, seed + of));
        c.curve.push_back({of, tried.back().inertia, mean_silhouette(p.all, tried.back())});
    }
    const auto best = std::max_element(c.curve.begin(), c.curve.end(), [](const of_k& a, const of_k& b) { return a.silhouette < b.silhouette; });
    c.k = k ? k : best->k;
    const auto& g = tried[c.k - 2];
    describe(c, g, p.all);
    c.stability = stability_of(p.all, g);
    conclude(c);
    return c;
}

}  // namespace core::statistics
