#include "core/statistics/correlation.hpp"

#include "core/statistics/distributions.hpp"
#include "core/statistics/sums.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace core::statistics {
namespace {

constexpr std::size_t pairs_min = 4;     // below there is no interval
constexpr std::size_t lags_max = 60, season_max = 366, tests_max = 10'000;
constexpr std::size_t work_max = 20'000'000;  // rows of all tests together: some seconds
constexpr double doubt = 0.05;

double pearson(const std::vector<double>& x, const std::vector<double>& y) {
    const double a = mean_of(x), b = mean_of(y);
    const double xx = codeviation(x, a, x, a), yy = codeviation(y, b, y, b);
    return std::clamp(codeviation(x, a, y, b) / std::sqrt(xx) / std::sqrt(yy), -1.0, 1.0);
}

strength strength_of(double r, std::size_t n) {
    const auto freedom = static_cast<double>(n) - 2;
    const double t = r * std::sqrt(freedom / ((1 - r) * (1 + r)));
    const double z = std::atanh(r), reach = normal_quantile(0.975) / std::sqrt(static_cast<double>(n) - 3);
    const double p = t_two_sided(t, freedom);
    return {r, {std::tanh(z - reach), std::tanh(z + reach)}, p, p};
}

std::vector<double> without_season(const std::vector<double>& all, std::size_t season) {
    if (season < 2) return all;
    auto made = all;
    for (std::size_t place = 0; place < season; ++place) {
        careful_sum s;
        std::size_t n = 0;
        for (auto i = place; i < all.size(); i += season)
            if (!std::isnan(all[i])) {
                s.add(all[i]);
                ++n;
            }
        for (auto i = place; i < all.size(); i += season) made[i] = all[i] - s.value() / static_cast<double>(n);
    }
    return made;
}

/// How much a value says of the next.
double follows(const std::vector<double>& all) {
    std::vector<double> first, next;
    for (std::size_t i = 1; i < all.size(); ++i)
        if (!std::isnan(all[i - 1]) && !std::isnan(all[i])) {
            first.push_back(all[i - 1]);
            next.push_back(all[i]);
        }
    return first.size() < pairs_min ? 0 : pearson(first, next);
}

bool changes(const std::vector<double>& all) {
    const auto first = std::find_if(all.begin(), all.end(), [](double x) { return !std::isnan(x); });
    return first != all.end() && std::any_of(first, all.end(), [&](double x) { return !std::isnan(x) && std::abs(x - *first) > 1e-12 * std::abs(*first); });
}

struct complete {
    std::vector<double> x, y;
};
complete pairs_at(const std::vector<double>& x, const std::vector<double>& y, std::size_t lag) {
    complete made;
    for (std::size_t i = 0; i + lag < x.size(); ++i)
        if (!std::isnan(x[i]) && !std::isnan(y[i + lag])) {
            made.x.push_back(x[i]);
            made.y.push_back(y[i + lag]);
        }
    return made;
}

std::vector<std::pair<double, double>> drawn(const column& x, const column& y) {
    const auto both = pairs_at(x.values, y.values, 0);
    const auto n = both.x.size(), shown = std::min(n, points_max);
    std::vector<std::pair<double, double>> made;
    for (std::size_t i = 0; i < shown; ++i) made.emplace_back(both.x[i * n / shown], both.y[i * n / shown]);
    return made;
}

refused does_not_change(const std::string& name, bool season) {
    return {reason::constant_column, {"「" + name + "」" + (season ? "去掉季节后" : "在此时段") + "没有变化，谈不上相关：请去掉，或换一个时段。",
                                      "\"" + name + "\" does not change" + (season ? " once the season is taken out" : " in this time") + ", so that nothing moves with it: leave it out, or choose another time."}, {name}};
}

void adjust(correlation& c) {
    const auto over = [&](strength pair_of::*which) {
        std::vector<double> p;
        for (const auto& one : c.pairs) p.push_back((one.*which).p);
        const auto q = benjamini_hochberg(p);
        for (std::size_t i = 0; i < q.size(); ++i) (c.pairs[i].*which).adjusted = q[i];
    };
    over(&pair_of::pearson);
    over(&pair_of::spearman);
}

void conclude(correlation& c, const std::vector<std::vector<double>>& used) {
    const pair_of* best = nullptr;
    for (const auto& one : c.pairs)
        if (one.pearson.adjusted < doubt && (!best || std::abs(one.pearson.r) > std::abs(best->pearson.r))) best = &one;
    if (!best) {
        c.conclusion = {"没有发现明确的相关；这不等于没有关系。", "No clear correlation was found; that is not to say that there is none."};
    } else {
        const auto lag = std::to_string(best->lag), r = shown(best->pearson.r), p = shown_p(best->pearson.adjusted);
        c.conclusion = {"「" + best->x + "」与" + (best->lag ? " " + lag + " 期后的" : "") + "「" + best->y + "」" + (best->pearson.r > 0 ? "同向" : "反向") + "变化（r = " + r + "，" + p + "）；相关不等于因果。",
                        "\"" + best->x + "\" and \"" + best->y + "\"" + (best->lag ? " " + lag + " periods later" : "") + " move " + (best->pearson.r > 0 ? "together" : "against each other") + " (r = " + r + ", " + p + "); that is not a cause."};
    }
    if (c.pairs.size() > 1)
        c.warnings.push_back({"共做了 " + std::to_string(c.pairs.size()) + " 次检验，p 值已按 Benjamini–Hochberg 校正。", std::to_string(c.pairs.size()) + " tests were made: p is corrected by Benjamini and Hochberg."});
    std::size_t lasting = 0;
    for (const auto& column : used) lasting += follows(column) > 0.5;
    if (lasting > 1) c.warnings.push_back({"多个指标的值前后相连，p 值偏小：趋势相同不等于相关。", "Several of these follow from their own past, so that p is too small: a common trend is no correlation."});
    const bool apart = std::any_of(c.pairs.begin(), c.pairs.end(), [](const pair_of& one) { return std::abs(one.pearson.r - one.spearman.r) > 0.2; });
    if (apart) c.warnings.push_back({"Pearson 与 Spearman 相差较大：可能有离群值或不是直线关系，请看散点图。", "Pearson and Spearman differ: there may be outliers, or it is no straight line; look at the points."});
}

}  // namespace

std::vector<double> mid_ranks(const std::vector<double>& all) {
    std::vector<std::size_t> order(all.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return all[a] < all[b]; });
    std::vector<double> ranks(all.size());
    for (std::size_t i = 0; i < order.size();) {
        auto j = i;
        while (j < order.size() && all[order[j]] == all[order[i]]) ++j;
        for (auto k = i; k < j; ++k) ranks[order[k]] = static_cast<double>(i + j + 1) / 2;
        i = j;
    }
    return ranks;
}

std::vector<double> benjamini_hochberg(const std::vector<double>& p) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return p[a] < p[b]; });
    std::vector<double> adjusted(p.size());
    double least = 1;
    for (auto i = order.size(); i-- > 0;) {
        least = std::min(least, p[order[i]] * static_cast<double>(p.size()) / static_cast<double>(i + 1));
        adjusted[order[i]] = least;
    }
    return adjusted;
}

outcome<correlation> correlate(const std::vector<column>& all, const how_to_correlate& how, const subject& about) {
    if (auto no = why_no_table(all)) return *no;
    if (all.size() < 2) return refused{reason::too_few_distinct, {"请至少选择两个指标。", "Choose two metrics at least."}, {}};
    const auto tests = all.size() * (all.size() - 1) / 2 * (1 + 2 * std::min(how.lags, lags_max));
    if (how.lags > lags_max || how.season > season_max || how.season == 1 || tests > tests_max || tests * all.front().values.size() > work_max)
        return refused{reason::bad_setting, {"滞后最多 60 期，季节为 2–366 期，检验最多 10000 次、合计 2000 万行：请减少。", "At most 60 lags, a season of 2–366 periods, and 10,000 tests of 20 million rows together are taken: choose less."}, {}};
    std::vector<std::vector<double>> used;
    for (const auto& c : all) {
        used.push_back(without_season(c.values, how.season));
        if (!changes(c.values) || !changes(used.back())) return does_not_change(c.name, changes(c.values));
    }

    correlation made;
    made.of = about;
    made.season = how.season;
    const auto rows = all.front().values.size(), complete = complete_rows(all).size();
    tell_left_out(made, complete, rows - complete);
    if (made.left_out) made.done_with_missing = {"每对指标只用两者都有的期数，没有填补。", "Of each pair the periods count that have both, and nothing was filled in."};
    const auto compare = [&](std::size_t a, std::size_t b, std::size_t lag) -> std::optional<refused> {
        const auto both = pairs_at(used[a], used[b], lag);
        const auto n = both.x.size();
        if (n < pairs_min || !changes(both.x) || !changes(both.y))
            return refused{reason::too_few_rows, {"「" + all[a].name + "」与「" + all[b].name + "」只有 " + std::to_string(n) + " 期两者都有且有变化，至少要 4 期：请延长时段或减少滞后。",
                                                  "\"" + all[a].name + "\" and \"" + all[b].name + "\" have " + std::to_string(n) + " periods in common in which they change, and four are needed: choose a longer time, or fewer lags."}, {all[a].name, all[b].name}};
        made.pairs.push_back({all[a].name, all[b].name, lag, n, strength_of(pearson(both.x, both.y), n), strength_of(pearson(mid_ranks(both.x), mid_ranks(both.y)), n), {}});
        if (lag == 0) made.pairs.back().points = drawn(all[a], all[b]);
        return std::nullopt;
    };
    for (std::size_t a = 0; a < all.size(); ++a)
        for (std::size_t b = a + 1; b < all.size(); ++b)
            for (std::size_t lag = 0; lag <= how.lags; ++lag) {
                if (auto no = compare(a, b, lag)) return *no;
                if (lag == 0) continue;
                if (auto no = compare(b, a, lag)) return *no;
            }
    adjust(made);
    conclude(made, used);
    return made;
}

}  // namespace core::statistics
