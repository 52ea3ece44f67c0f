#include "core/statistics/regression.hpp"

#include "core/statistics/diagnostics.hpp"
#include "core/statistics/distributions.hpp"
#include "core/statistics/sums.hpp"

#include <algorithm>
#include <cmath>

namespace core::statistics {
namespace {

constexpr double doubt = 0.05;           // below, chance is no explanation
constexpr double vif_high = 10;          // Marquardt 1970
constexpr double condition_high = 30;    // Belsley, Kuh and Welsch 1980
constexpr double watson_low = 1.5, watson_high = 2.5;
constexpr double all_its_own = 1 - 1e-8;  // leverage of a row that a coefficient is spent on

std::string named(const std::vector<std::string>& all, const char* before, const char* after, const char* between) {
    std::string made;
    for (const auto& name : all) made += (made.empty() ? "" : between) + (before + name) + after;
    return made;
}
std::string zh_names(const std::vector<std::string>& all) { return named(all, "「", "」", ""); }
std::string en_names(const std::vector<std::string>& all) { return named(all, "\"", "\"", ", "); }

bool changes(const std::vector<double>& all) { return std::any_of(all.begin(), all.end(), [&](double x) { return x != all.front(); }); }

std::optional<refused> why_not(const column& target, const std::vector<column>& on, const std::vector<std::size_t>& rows) {
    const auto p = on.size() + 1;
    if (rows.size() <= p)
        return refused{reason::too_few_rows, {"完整的行只有 " + std::to_string(rows.size()) + " 行，须多于系数的 " + std::to_string(p) + " 个：请增加数据或减少列。",
                                              "There are " + std::to_string(rows.size()) + " complete rows, and more than the " + std::to_string(p) + " coefficients are needed: add data, or take fewer columns."}, {}};
    std::vector<std::string> constant;
    if (!changes(only(target.values, rows))) constant.push_back(target.name);
    for (const auto& c : on)
        if (!changes(only(c.values, rows))) constant.push_back(c.name);
    if (constant.empty()) return std::nullopt;
    return refused{reason::constant_column, {zh_names(constant) + "在此时段没有变化：请去掉，或换一个时段。", en_names(constant) + " did not change in this time: leave it out, or choose another time."}, constant};
}

refused collinear(const least_squares& fit, const std::vector<column>& on) {
    refused no{reason::collinear_columns, {}, {}};
    for (const auto& d : fit.dependent) {
        // Whichever was found last: it is said of a column that is none of ours only if there is no other.
        std::vector<std::string> from;
        for (const auto c : d.from)
            if (c > 0) from.push_back(on[c - 1].name);
        auto name = d.column > 0 ? on[d.column - 1].name : std::string();
        if (name.empty() && !from.empty()) {
            name = from.back();
            from.pop_back();
        }
        no.columns.push_back(name);
        if (from.empty()) {
            no.why.zh += "列「" + name + "」几乎不变，与常数项分不开：请去掉。";
            no.why.en += "The column \"" + name + "\" hardly changes and can't be told from the intercept: leave it out. ";
        } else {
            no.why.zh += "列「" + name + "」可由" + zh_names(from) + "算出：请去掉其中一列。";
            no.why.en += "The column \"" + name + "\" can be calculated from " + en_names(from) + ": leave one of them out. ";
        }
        for (auto& f : from) no.columns.push_back(std::move(f));
    }
    if (no.why.en.ends_with(' ')) no.why.en.pop_back();
    return no;
}

matrix design(const std::vector<column>& on, const std::vector<std::size_t>& rows) {
    matrix x(rows.size(), on.size() + 1);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        x(i, 0) = 1;
        for (std::size_t c = 0; c < on.size(); ++c) x(i, c + 1) = on[c].values[rows[i]];
    }
    return x;
}

struct tested {
    double se, t, p;
    interval within;
};
tested test(double value, double variance, double freedom) {
    const double se = std::sqrt(variance), reach = t_quantile(0.975, freedom) * se;
    return {se, value / se, t_two_sided(value / se, freedom), {value - reach, value + reach}};
}

void diagnose(regression& r, const matrix& x, const least_squares& fit) {
    const auto n = static_cast<double>(x.rows), p = static_cast<double>(x.columns);
    r.condition = fit.condition;
    r.durbin_watson = durbin_watson(fit.residuals);
    const auto spread = breusch_pagan(x, fit.residuals);
    r.breusch_pagan = spread.statistic;
    r.breusch_pagan_p = spread.p;
    const auto normal = jarque_bera(fit.residuals);
    r.jarque_bera = normal.statistic;
    r.jarque_bera_p = normal.p;
    r.residual_skewness = normal.skewness;
    r.residual_kurtosis = normal.kurtosis;
    r.cook = cook_distances(fit);
    for (std::size_t i = 0; i < x.rows; ++i) {
        if (fit.leverage[i] > 2 * p / n) r.high_leverage.push_back(r.rows[i]);
        if (!(r.cook[i] <= 4 / n)) r.influential.push_back(r.rows[i]);
    }
}

/// Which standard errors hold, and what to say of that.
void choose(regression& r, const std::vector<double>& leverage, bool in_time) {
    using enum regression::covariance;
    const bool follows = in_time && (r.durbin_watson < watson_low || r.durbin_watson > watson_high);
    const bool spreads = r.breusch_pagan_p < doubt;
    const bool alone = std::any_of(leverage.begin(), leverage.end(), [](double h) { return h > all_its_own; });
    if (follows) r.robust = newey_west;
    else if (spreads && !alone) r.robust = hc3;
    if (follows)
        r.warnings.push_back({"残差前后相关（Durbin–Watson = " + shown(r.durbin_watson) + "）：标准误改用 Newey–West。",
                              "What is left follows from what was left before (Durbin–Watson = " + shown(r.durbin_watson) + "): standard errors are Newey–West's."});
    if (spreads)
        r.warnings.push_back({"残差的离散程度不一（Breusch–Pagan " + shown_p(r.breusch_pagan_p) + "）" + (r.robust == hc3 ? "：标准误改用 HC3。" : "。"),
                              "What is left does not spread the same everywhere (Breusch–Pagan " + shown_p(r.breusch_pagan_p) + ")" + (r.robust == hc3 ? ": standard errors are HC3." : ".")});
    if (alone) r.warnings.push_back({"有一行独占一个系数，它完全由自身决定：请核对。", "A row has a coefficient to itself, and is explained by nothing else: look at it."});
}

void warn(regression& r) {
    std::vector<std::string> inflated;
    for (const auto& c : r.coefficients)
        if (c.vif > vif_high) inflated.push_back(c.name);
    if (!inflated.empty())
        r.warnings.push_back({zh_names(inflated) + "与其他列高度相关（VIF > 10）：各自的系数不可靠。", en_names(inflated) + " go along with the other columns (VIF > 10): their own coefficients say little."});
    if (r.condition > condition_high) r.warnings.push_back({"列之间近于共线（条件数 " + shown(r.condition) + "）。", "The columns are nearly combinations of one another (condition " + shown(r.condition) + ")."});
    if (r.jarque_bera_p < doubt) r.warnings.push_back({"残差不是正态分布（Jarque–Bera " + shown_p(r.jarque_bera_p) + "）：数据不多时 p 值不准。", "What is left is not normally distributed (Jarque–Bera " + shown_p(r.jarque_bera_p) + "): with few data p is not exact."});
    if (!r.influential.empty())
        r.warnings.push_back({"有 " + std::to_string(r.influential.size()) + " 行对结果影响很大，请核对。", "Rows that weigh much on the result (" + std::to_string(r.influential.size()) + "): look at them."});
    if (r.n < 10 * (r.coefficients.size() - 1)) r.warnings.push_back({"每列不足 10 行数据，结果仅供参考。", "Fewer than ten rows for each column: take the result as a hint."});
    if (r.r_squared > 1 - 1e-12) r.warnings.push_back({"拟合得毫无误差：目标可能就是由这些列算出的。", "It fits without any error: the target may be calculated from these columns."});
}

void conclude(regression& r) {
    std::vector<std::string> matter;
    for (std::size_t i = 1; i < r.coefficients.size(); ++i)
        if (r.coefficients[i].robust_p < doubt) matter.push_back(r.coefficients[i].name);
    const auto share = shown(100 * r.r_squared);
    if (matter.empty()) r.conclusion = {"没有发现与「" + r.target + "」有明确关系的列；这不等于没有关系。", "Nothing was found that \"" + r.target + "\" clearly moves with; that is not to say that there is nothing."};
    else r.conclusion = {"这些列解释了「" + r.target + "」变化的 " + share + "%，其中" + zh_names(matter) + "的关系明确；相关不等于因果。",
                         "These columns go along with " + share + "% of the changes of \"" + r.target + "\", and clearly so " + en_names(matter) + "; that is not a cause."};
}

}  // namespace

outcome<regression> regress(const column& target, const std::vector<column>& on, bool in_time, const subject& about) {
    std::vector<column> table{target};
    table.insert(table.end(), on.begin(), on.end());
    if (auto no = why_no_table(table)) return *no;
    if (on.empty()) return refused{reason::too_few_distinct, {"请至少选择一列来解释目标。", "Choose one column at least that may explain the target."}, {}};
    const auto rows = complete_rows(table);
    if (auto no = why_not(target, on, rows)) return *no;
    const auto x = design(on, rows);
    const auto y = only(target.values, rows);
    const auto fit = solve(x, y);
    if (!fit.dependent.empty()) return collinear(fit, on);

    regression r;
    r.of = about;
    r.target = target.name;
    r.rows = rows;
    tell_left_out(r, rows.size(), target.values.size() - rows.size());
    const auto n = static_cast<double>(x.rows), k = static_cast<double>(on.size());
    r.freedom = x.rows - x.columns;
    const auto freedom = static_cast<double>(r.freedom);
    const double mean = mean_of(y), total = codeviation(y, mean, y, mean), variance = fit.squares / freedom;
    r.sigma = std::sqrt(variance);
    r.r_squared = 1 - fit.squares / total;
    r.r_squared_adjusted = 1 - variance / (total / (n - 1));
    r.f = (total - fit.squares) / k / variance;
    r.f_p = f_upper(std::max(r.f, 0.0), k, freedom);
    r.residuals = fit.residuals;
    r.fitted = fit.fitted;
    r.leverage = fit.leverage;
    diagnose(r, x, fit);
    choose(r, fit.leverage, in_time);
    r.lags = static_cast<std::size_t>(4 * std::pow(n / 100, 2.0 / 9));
    const auto robust = r.robust == regression::covariance::newey_west ? newey_west(x, fit, r.lags) : r.robust == regression::covariance::hc3 ? hc3(x, fit) : matrix();
    const auto vif = inflation(x);
    for (std::size_t c = 0; c < x.columns; ++c) {
        const auto plain = test(fit.coefficients[c], fit.inverse(c, c) * variance, freedom);
        const auto held = robust.rows ? test(fit.coefficients[c], robust(c, c), freedom) : plain;
        r.coefficients.push_back({c ? on[c - 1].name : std::string(), fit.coefficients[c], plain.se, plain.t, plain.p, plain.within, held.se, held.t, held.p, held.within, vif[c]});
    }
    warn(r);
    conclude(r);
    return r;
}

}  // namespace core::statistics
