// Correlations (S4.2.1): as scipy and statsmodels say, with lags and without the season; and what is refused.

#include "core/statistics/correlation.hpp"
#include "tests/support/golden_statistics.hpp"

#include <catch2/catch.hpp>

using namespace core::statistics;

namespace {

void compare(const support::deviation& near, const std::string& what, const strength& got, const nlohmann::json& e) {
    near(what + " r", got.r, e.at("r"), 1e-3);
    near(what + " p", got.p, e.at("p"));
    near(what + " low", got.within.low, e.at("within")[0], 1e-3);
    near(what + " high", got.within.high, e.at("within")[1], 1e-3);
    near(what + " adjusted", got.adjusted, e.at("adjusted"));
}

column rising(std::string name, std::size_t n, double times = 1) {
    column c{std::move(name), {}};
    for (std::size_t i = 0; i < n; ++i) c.values.push_back(times * static_cast<double>(i) + std::fmod(3.0 * static_cast<double>(i), 4));
    return c;
}

}  // namespace

TEST_CASE("statistics: correlations are what scipy and statsmodels say", "[core][statistics][S4.2.1]") {
    const support::deviation near(1e-9);
    for (const auto& c : support::golden_statistics("correlation")) {
        const auto name = c.at("name").get<std::string>();
        INFO(name);
        const auto made = correlate(support::table(c.at("columns")), {c.at("lags"), c.at("season")}, {});
        REQUIRE(made.has_value());
        const auto& expected = c.at("expected");
        REQUIRE(made->pairs.size() == expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const auto& got = made->pairs[i];
            const auto& e = expected[i];
            CHECK(got.x == e.at("x"));
            CHECK(got.y == e.at("y"));
            CHECK(got.lag == e.at("lag"));
            CHECK(got.n == e.at("n"));
            const auto what = name + " " + got.x + ", " + got.y;
            compare(near, what + " Pearson", got.pearson, e.at("pearson"));
            compare(near, what + " Spearman", got.spearman, e.at("spearman"));
        }
        CHECK_THAT(made->conclusion.zh, Catch::Contains("相关不等于因果") || Catch::Contains("这不等于没有关系"));
        CHECK((made->warnings.empty() || made->pairs.size() == 1 || made->warnings.front().zh.find("Benjamini") != std::string::npos));
    }
}

TEST_CASE("statistics: one test alone is not corrected, more are", "[core][statistics][S4.2.1]") {
    const auto one = correlate({rising("甲", 30), rising("乙", 30, -2)}, {}, {"甲与乙？", {"甲 v1", "乙 v4"}, "2026", "day", "", 3});
    REQUIRE(one.has_value());
    REQUIRE(one->pairs.size() == 1);
    CHECK(one->pairs[0].pearson.adjusted == one->pairs[0].pearson.p);
    CHECK(one->pairs[0].pearson.r < -0.9);
    CHECK(one->pairs[0].points.size() == 30);
    CHECK(one->of.question == "甲与乙？");
    CHECK_THAT(one->conclusion.zh, Catch::StartsWith("「甲」与「乙」反向变化"));
    CHECK_THAT(one->conclusion.en, Catch::EndsWith("that is not a cause."));
    CHECK(benjamini_hochberg({0.01, 0.04, 0.03, 0.005}) == std::vector<double>{0.02, 0.04, 0.04, 0.02});
    CHECK(benjamini_hochberg({}).empty());
    CHECK(mid_ranks({3, 1, 3, 2}) == std::vector<double>{3.5, 1, 3.5, 2});
}

TEST_CASE("statistics: what moves later is found at its lag", "[core][statistics][S4.2.1]") {
    column x{"曝光", {}}, y{"下单", {}};
    for (int i = 0; i < 80; ++i) {
        x.values.push_back(std::fmod(i * 37.0, 23));
        y.values.push_back(i < 2 ? 0 : 3 * x.values[static_cast<std::size_t>(i - 2)]);
    }
    const auto made = correlate({x, y}, {3, 0}, {});
    REQUIRE(made.has_value());
    const auto best = std::max_element(made->pairs.begin(), made->pairs.end(), [](const pair_of& a, const pair_of& b) { return a.pearson.r < b.pearson.r; });
    CHECK(best->x == "曝光");
    CHECK(best->lag == 2);
    CHECK(best->pearson.r == Approx(1));
    CHECK(best->pearson.p == Approx(0).margin(1e-12));
    CHECK_THAT(made->conclusion.zh, Catch::Contains("2 期后的「下单」同向变化"));
}

TEST_CASE("statistics: many points are drawn evenly, and never more than a thousand", "[core][statistics][S4.2.1]") {
    const auto made = correlate({rising("甲", 5000), rising("乙", 5000, 3)}, {}, {});
    REQUIRE(made.has_value());
    CHECK(made->pairs[0].points.size() == points_max);
    CHECK(made->pairs[0].points.front().first == 0);
    CHECK(made->pairs[0].points.back().first > 4990);
    const auto again = std::any_of(made->warnings.begin(), made->warnings.end(), [](const words& w) { return w.zh.find("趋势相同不等于相关") != w.zh.npos; });
    CHECK(again);
}

TEST_CASE("statistics: what can't be correlated is refused, with the cure", "[core][statistics][S4.2.1]") {
    const auto flat = correlate({rising("甲", 30), {"乙", std::vector<double>(30, 4.0)}}, {}, {}).error();
    CHECK(flat.reason == reason::constant_column);
    CHECK(flat.columns == std::vector<std::string>{"乙"});
    CHECK(flat.why.zh == "「乙」在此时段没有变化，谈不上相关：请去掉，或换一个时段。");
    // A week that is always the same is nothing but season.
    column week{"周", {}};
    for (int i = 0; i < 35; ++i) week.values.push_back(i % 7);
    CHECK(correlate({rising("甲", 35), week}, {0, 7}, {}).error().reason == reason::constant_column);
    auto gaps = rising("乙", 30);
    for (std::size_t i = 3; i < 30; ++i) gaps.values[i] = missing;
    CHECK(correlate({rising("甲", 30), gaps}, {}, {}).error().reason == reason::too_few_rows);
    CHECK(correlate({rising("甲", 30)}, {}, {}).error().reason == reason::too_few_distinct);
    CHECK(correlate({}, {}, {}).error().reason == reason::too_few_distinct);
    CHECK(correlate({rising("甲", 30), rising("乙", 30)}, {61, 0}, {}).error().reason == reason::bad_setting);
    CHECK(correlate({rising("甲", 30), rising("乙", 30)}, {0, 1}, {}).error().reason == reason::bad_setting);
    CHECK(correlate(std::vector<column>(50, rising("甲", 30)), {60, 0}, {}).error().reason == reason::bad_setting);
    CHECK(correlate({rising("甲", 100'000), rising("乙", 100'000), rising("丙", 100'000)}, {60, 0}, {}).error().reason == reason::bad_setting);
}
