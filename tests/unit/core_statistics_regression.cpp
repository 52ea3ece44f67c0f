// Regressions (S4.2.1): what statsmodels and NIST say of the same data, and what is refused by name.

#include "core/statistics/diagnostics.hpp"
#include "core/statistics/regression.hpp"
#include "tests/support/golden_statistics.hpp"

#include <catch2/catch.hpp>

using namespace core::statistics;
using support::numbers;

namespace {

column column_of(const nlohmann::json& c) { return {c.at("name").get<std::string>(), numbers(c.at("values"))}; }

matrix design(const std::vector<column>& on) {
    matrix x(on.front().values.size(), on.size() + 1);
    for (std::size_t i = 0; i < x.rows; ++i) {
        x(i, 0) = 1;
        for (std::size_t c = 0; c < on.size(); ++c) x(i, c + 1) = on[c].values[i];
    }
    return x;
}

/// y, and columns of which some follow from others.
struct made_up {
    column y{"y", {}};
    std::vector<column> on{{"甲", {}}, {"乙", {}}, {"丙", {}}};
};
made_up some(std::size_t n) {
    made_up m;
    for (std::size_t i = 0; i < n; ++i) {
        const auto x = static_cast<double>(i);
        m.on[0].values.push_back(x);
        m.on[1].values.push_back(std::fmod(7 * x, 11));
        m.on[2].values.push_back(std::fmod(5 * x, 13));
        m.y.values.push_back(2 * x - m.on[1].values.back() + std::fmod(3 * x, 5));
    }
    return m;
}

bool warns(const regression& r, const std::string& of) {
    return std::any_of(r.warnings.begin(), r.warnings.end(), [&](const words& w) { return w.zh.find(of) != w.zh.npos && !w.en.empty(); });
}

}  // namespace

TEST_CASE("statistics: a regression is what statsmodels says, in every figure", "[core][statistics][S4.2.1]") {
    const support::deviation near(1e-9);
    for (const auto& c : support::golden_statistics("regression")) {
        const auto name = c.at("name").get<std::string>();
        // statsmodels itself is 1e-8 off NIST here: see the next case.
        if (name == "longley") continue;
        INFO(name);
        const auto target = column_of(c.at("target"));
        const auto on = support::table(c.at("columns"));
        const auto made = regress(target, on, c.at("in_time"), {});
        REQUIRE(made.has_value());
        const auto& r = *made;
        const auto& e = c.at("expected");
        const auto coefficients = numbers(e.at("coefficients"));
        const auto& robust = e.at(e.at("robust").get<std::string>());
        CHECK(r.lags == e.at("lags"));
        CHECK(static_cast<int>(r.robust) == (e.at("robust") == "newey_west" ? 2 : e.at("robust") == "hc3" ? 1 : 0));
        for (std::size_t i = 0; i < coefficients.size(); ++i) {
            const auto& got = r.coefficients[i];
            const auto at = name + " " + got.name;
            near(at, got.value, coefficients[i]);
            near(at + " se", got.se, e.at("classic").at("se")[i]);
            near(at + " t", got.t, e.at("classic").at("t")[i]);
            near(at + " p", got.p, e.at("classic").at("p")[i]);
            near(at + " low", got.within.low, e.at("classic").at("within")[i][0], got.se);
            near(at + " high", got.within.high, e.at("classic").at("within")[i][1], got.se);
            near(at + " robust se", got.robust_se, robust.at("se")[i]);
            near(at + " robust t", got.robust_t, robust.at("t")[i]);
            near(at + " robust p", got.robust_p, robust.at("p")[i]);
            near(at + " robust low", got.robust_within.low, robust.at("within")[i][0], got.se);
            near(at + " robust high", got.robust_within.high, robust.at("within")[i][1], got.se);
            if (i) near(at + " vif", got.vif, e.at("vif")[i - 1]);
            else CHECK(std::isnan(got.vif));
        }
        near(name + " sigma", r.sigma, e.at("sigma"));
        near(name + " R²", r.r_squared, e.at("r_squared"));
        near(name + " adjusted R²", r.r_squared_adjusted, e.at("r_squared_adjusted"));
        near(name + " F", r.f, e.at("f"));
        near(name + " F p", r.f_p, e.at("f_p"));
        near(name + " condition", r.condition, e.at("condition"));
        near(name + " DW", r.durbin_watson, e.at("durbin_watson"));
        near(name + " BP", r.breusch_pagan, e.at("breusch_pagan"));
        near(name + " BP p", r.breusch_pagan_p, e.at("breusch_pagan_p"));
        near(name + " JB", r.jarque_bera, e.at("jarque_bera"));
        near(name + " JB p", r.jarque_bera_p, e.at("jarque_bera_p"));
        near(name + " skewness", r.residual_skewness, e.at("skewness"));
        near(name + " kurtosis", r.residual_kurtosis, e.at("kurtosis"));
        const auto leverage = numbers(e.at("leverage")), cook = numbers(e.at("cook"));
        const double largest = *std::max_element(cook.begin(), cook.end());
        for (std::size_t i = 0; i < leverage.size(); ++i) {
            near(name + " leverage", r.leverage[i], leverage[i]);
            near(name + " Cook", r.cook[i], cook[i], largest * 1e-3);
        }
        // All three, whichever the data call for.
        const auto x = design(on);
        const auto fit = solve(x, target.values);
        const auto h = hc3(x, fit), w = newey_west(x, fit, r.lags);
        for (std::size_t i = 0; i < coefficients.size(); ++i) {
            near(name + " HC3", std::sqrt(h(i, i)), e.at("hc3").at("se")[i]);
            near(name + " Newey–West", std::sqrt(w(i, i)), e.at("newey_west").at("se")[i]);
        }
    }
}

TEST_CASE("statistics: Longley and Norris are what NIST certifies", "[core][statistics][S4.2.1]") {
    const support::deviation near(1e-9);
    std::size_t seen = 0;
    for (const auto& c : support::golden_statistics("regression")) {
        if (!c.contains("certified")) continue;
        ++seen;
        const auto name = c.at("name").get<std::string>();
        const auto made = regress(column_of(c.at("target")), support::table(c.at("columns")), false, {});
        REQUIRE(made.has_value());
        const auto& e = c.at("certified");
        for (std::size_t i = 0; i < made->coefficients.size(); ++i) {
            near(name + " " + made->coefficients[i].name, made->coefficients[i].value, e.at("coefficients")[i]);
            near(name + " se", made->coefficients[i].se, e.at("se")[i]);
        }
        near(name + " sigma", made->sigma, e.at("sigma"));
        near(name + " R²", made->r_squared, e.at("r_squared"));
        near(name + " F", made->f, e.at("f"));
        if (name != "longley") continue;
        CHECK(warns(*made, "VIF > 10"));
        CHECK(warns(*made, "近于共线"));
        CHECK(warns(*made, "每列不足 10 行"));
        CHECK_THAT(made->conclusion.zh, Catch::Contains("相关不等于因果"));
        // What does not depend on its last digits.
        CHECK(support::apart(made->durbin_watson, c.at("expected").at("durbin_watson")) < 1e-6);
        for (std::size_t i = 1; i < made->coefficients.size(); ++i) CHECK(support::apart(made->coefficients[i].vif, c.at("expected").at("vif")[i - 1]) < 1e-6);
    }
    CHECK(seen == 2);
}

TEST_CASE("statistics: columns that follow from others are refused by name", "[core][statistics][S4.2.1]") {
    auto m = some(40);
    CHECK(regress(m.y, m.on, false, {}).has_value());
    column total{"合计", {}};
    for (std::size_t i = 0; i < 40; ++i) total.values.push_back(m.on[0].values[i] + m.on[1].values[i]);
    m.on.push_back(total);
    const auto no = regress(m.y, m.on, false, {}).error();
    CHECK(no.reason == reason::collinear_columns);
    auto named = no.columns;
    std::sort(named.begin(), named.end());
    CHECK(named == std::vector<std::string>{"乙", "合计", "甲"});
    CHECK_THAT(no.why.zh, Catch::Contains("算出：请去掉其中一列"));
    CHECK_THAT(no.why.zh, !Catch::Contains("丙"));
    // However large they are.
    for (auto& v : m.on.back().values) v *= 1e9;
    CHECK(regress(m.y, m.on, false, {}).error().reason == reason::collinear_columns);
    // The same column twice.
    m.on.back() = {"又甲", m.on[0].values};
    const auto twice = regress(m.y, m.on, false, {}).error();
    CHECK(twice.columns.size() == 2);
    // Shares that add up to 100 are the intercept.
    m = some(40);
    m.on.resize(2);
    for (std::size_t i = 0; i < 40; ++i) m.on[1].values[i] = 100 - m.on[0].values[i];
    const auto shares = regress(m.y, m.on, false, {}).error();
    CHECK(shares.reason == reason::collinear_columns);
    CHECK(shares.columns.size() == 2);
}

TEST_CASE("statistics: too few rows, and what does not change, are refused", "[core][statistics][S4.2.1]") {
    auto m = some(4);
    const auto few = regress(m.y, m.on, false, {}).error();
    CHECK(few.reason == reason::too_few_rows);
    CHECK(few.why.zh == "完整的行只有 4 行，须多于系数的 4 个：请增加数据或减少列。");
    m = some(20);
    m.on[1].values.assign(20, 3.5);
    const auto constant = regress(m.y, m.on, false, {}).error();
    CHECK(constant.reason == reason::constant_column);
    CHECK(constant.columns == std::vector<std::string>{"乙"});
    m = some(20);
    m.y.values.assign(20, 1);
    CHECK(regress(m.y, m.on, false, {}).error().columns == std::vector<std::string>{"y"});
    CHECK(regress(m.y, {}, false, {}).error().reason == reason::too_few_distinct);
    m = some(20);
    m.on[0].values.pop_back();
    CHECK(regress(m.y, m.on, false, {}).error().reason == reason::lengths_differ);
    CHECK(regress(m.y, std::vector<column>(60, m.y), false, {}).error().reason == reason::too_many_columns);
    m = some(20);
    m.on[2].values[7] = 1e300;
    CHECK(regress(m.y, m.on, false, {}).error().reason == reason::not_finite);
}

TEST_CASE("statistics: rows with something missing are left out, and what is left keeps its numbers", "[core][statistics][S4.2.1]") {
    auto m = some(60);
    m.y.values[3] = missing;
    m.on[1].values[10] = missing;
    m.y.values[50] += 500;
    const auto made = regress(m.y, m.on, false, {});
    REQUIRE(made.has_value());
    CHECK(made->n == 58);
    CHECK(made->left_out == 2);
    CHECK(std::find(made->influential.begin(), made->influential.end(), 50u) != made->influential.end());
    CHECK(made->rows[3] == 4);
}

TEST_CASE("statistics: a fit without error says so, and has no figures that are none", "[core][statistics][S4.2.1]") {
    auto m = some(30);
    for (std::size_t i = 0; i < 30; ++i) m.y.values[i] = 3 * m.on[0].values[i] - 2 * m.on[1].values[i];
    const auto made = regress(m.y, m.on, false, {});
    REQUIRE(made.has_value());
    CHECK(warns(*made, "拟合得毫无误差"));
    CHECK(support::apart(made->coefficients[1].value, 3) < 1e-12);
    // A row that a column marks alone.
    m = some(30);
    m.on[2].values.assign(30, 0);
    m.on[2].values[12] = 1;
    const auto alone = regress(m.y, m.on, false, {});
    REQUIRE(alone.has_value());
    CHECK(warns(*alone, "独占一个系数"));
    CHECK(alone->robust != regression::covariance::hc3);
    CHECK(std::find(alone->high_leverage.begin(), alone->high_leverage.end(), 12u) != alone->high_leverage.end());
}
