#include "core/statistics/descriptive.hpp"

#include "core/statistics/distributions.hpp"
#include "core/statistics/sums.hpp"

#include <algorithm>
#include <cmath>

namespace core::statistics {
namespace {

using std::chrono::sys_days;

group group_of(const std::vector<double>& all) {
    group g{all.size(), missing, missing};
    if (all.empty()) return g;
    g.mean = mean_of(all);
    if (all.size() > 1) g.sd = std::sqrt(codeviation(all, g.mean, all, g.mean) / static_cast<double>(all.size() - 1));
    return g;
}

/// Joanes and Gill 1998, G1.
double skewness_of(const std::vector<double>& all, double mean) {
    const auto n = static_cast<double>(all.size());
    if (all.size() < 3) return missing;
    careful_sum second, third;
    for (const double x : all) {
        const double d = x - mean;
        second.add_product(d, d);
        third.add_product(d * d, d);
    }
    const double m2 = second.value() / n, m3 = third.value() / n;
    return m2 > 0 ? m3 / std::pow(m2, 1.5) * std::sqrt(n * (n - 1)) / (n - 2) : missing;
}

std::optional<trend> trend_of(const std::vector<double>& at, const std::vector<double>& values) {
    const auto n = static_cast<double>(values.size());
    if (values.size() < 3) return std::nullopt;
    const double x = mean_of(at), y = mean_of(values);
    const double xx = codeviation(at, x, at, x);
    if (!(xx > 0)) return std::nullopt;
    const double slope = codeviation(at, x, values, y) / xx;
    careful_sum squares;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double rest = values[i] - y - slope * (at[i] - x);
        squares.add_product(rest, rest);
    }
    const double se = std::sqrt(squares.value() / (n - 2) / xx), reach = t_quantile(0.975, n - 2) * se;
    return trend{slope, {slope - reach, slope + reach}, t_two_sided(slope / se, n - 2)};
}

void split_by_day(description& d, const series& of, const std::vector<std::size_t>& rows, const working_calendar& calendar) {
    std::array<std::vector<double>, 7> weekdays;
    std::vector<double> worked, off;
    for (const auto i : rows) {
        weekdays[std::chrono::weekday(sys_days(of.days[i])).iso_encoding() - 1].push_back(of.values[i]);
        (calendar.is_working_day(of.days[i]) ? worked : off).push_back(of.values[i]);
    }
    for (std::size_t w = 0; w < 7; ++w) d.by_weekday[w] = group_of(weekdays[w]);
    d.working_days = group_of(worked);
    d.days_off = group_of(off);
}

void conclude(description& d, const series& of) {
    const auto unit = of.unit.empty() ? std::string() : " " + of.unit;
    auto& [zh, en] = d.conclusion;
    zh = of.name + "的平均为 " + shown(d.mean) + unit + "，一半的值在 " + shown(d.q25) + " 至 " + shown(d.q75) + " 之间";
    en = of.name + " is " + shown(d.mean) + unit + " on average, and half of the values lie between " + shown(d.q25) + " and " + shown(d.q75);
    if (d.trend && d.trend->p < 0.05) {
        const bool up = d.trend->slope > 0;
        zh += std::string("；总体呈") + (up ? "上升" : "下降") + "趋势（" + shown_p(d.trend->p) + "）";
        en += std::string("; it tends to ") + (up ? "rise" : "fall") + " (" + shown_p(d.trend->p) + ")";
    }
    zh += "。";
    en += ".";
    if (d.n < 10) d.warnings.push_back({"不足 10 个值，数字仅供参考。", "Fewer than ten values: take these figures as a hint."});
    if (std::abs(d.skewness) > 1) d.warnings.push_back({"分布明显偏斜：中位数比平均数更能代表。", "The values are clearly skewed: the median says more than the mean."});
    if (!d.outliers.empty())
        d.warnings.push_back({"有 " + std::to_string(d.outliers.size()) + " 个离群值，请核对后再下结论。", "There are outliers (" + std::to_string(d.outliers.size()) + "): look at them before you conclude."});
}

}  // namespace

double quantile_of(const std::vector<double>& sorted, double share) {
    const double at = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const auto above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

outcome<description> describe(const series& of, const subject& about, const working_calendar& calendar) {
    const std::vector<column> table{{of.name, of.values}};
    if (auto no = why_no_table(table)) return *no;
    const bool dated = !of.days.empty();
    if (dated && of.days.size() != of.values.size()) return refused{reason::lengths_differ, {"日期与数值的个数不同：请重新取数。", "There are not as many days as values: take the data again."}, {of.name}};
    const auto rows = complete_rows(table);
    if (rows.empty()) return refused{reason::too_few_rows, {"「" + of.name + "」在此时段没有数值：请换一个时段。", "\"" + of.name + "\" has no value in this time: choose another."}, {of.name}};
    const auto values = only(of.values, rows);
    auto sorted = values;
    std::sort(sorted.begin(), sorted.end());

    description d;
    d.of = about;
    tell_left_out(d, rows.size(), of.values.size() - rows.size());
    const auto all = group_of(values);
    d.mean = all.mean;
    d.sd = all.sd;
    d.min = sorted.front();
    d.q05 = quantile_of(sorted, 0.05);
    d.q25 = quantile_of(sorted, 0.25);
    d.median = quantile_of(sorted, 0.5);
    d.q75 = quantile_of(sorted, 0.75);
    d.q95 = quantile_of(sorted, 0.95);
    d.max = sorted.back();
    d.skewness = skewness_of(values, d.mean);
    d.share_of_zero = static_cast<double>(std::count(values.begin(), values.end(), 0.0)) / static_cast<double>(values.size());
    const double reach = 1.5 * (d.q75 - d.q25);
    d.fences = {d.q25 - reach, d.q75 + reach};
    for (const auto i : rows)
        if (of.values[i] < d.fences.low || of.values[i] > d.fences.high) d.outliers.push_back(i);
    std::vector<double> at;
    for (const auto i : rows) at.push_back(dated ? static_cast<double>((sys_days(of.days[i]) - sys_days(of.days.front())).count()) : static_cast<double>(i));
    d.trend = trend_of(at, values);
    if (dated) split_by_day(d, of, rows, calendar);
    conclude(d, of);
    return d;
}

}  // namespace core::statistics
