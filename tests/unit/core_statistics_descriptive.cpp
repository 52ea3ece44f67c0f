// What a series looks like (S4.2.1): as scipy and statsmodels say, and what is refused.

#include "core/statistics/descriptive.hpp"
#include "tests/support/golden_statistics.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace core::statistics;
using namespace std::chrono_literals;
using support::number;

namespace {

const core::working_calendar plain;

series series_of(const nlohmann::json& c) {
    series s{c.at("name"), "元", support::numbers(c.at("values")), {}};
    for (const auto& d : c.at("days")) {
        const auto text = d.get<std::string>();
        s.days.push_back(std::chrono::year(std::stoi(text.substr(0, 4))) / std::stoi(text.substr(5, 2)) / std::stoi(text.substr(8)));
    }
    return s;
}

}  // namespace

TEST_CASE("statistics: a description is what scipy and statsmodels say", "[core][statistics][S4.2.1]") {
    const support::deviation near(1e-9);
    for (const auto& c : support::golden_statistics("descriptive")) {
        const auto name = c.at("name").get<std::string>();
        INFO(name);
        const auto made = describe(series_of(c), {"?", {"销售额 v2"}, "2026-01", "day", "", 7}, plain);
        REQUIRE(made.has_value());
        const auto& d = *made;
        const auto& e = c.at("expected");
        CHECK(d.n == e.at("n"));
        CHECK(d.left_out == e.at("left_out"));
        near(name + " mean", d.mean, e.at("mean"));
        near(name + " sd", d.sd, e.at("sd"));
        const auto q = support::numbers(e.at("quantiles"));
        const std::vector<double> got{d.min, d.q05, d.q25, d.median, d.q75, d.q95, d.max};
        for (std::size_t i = 0; i < q.size(); ++i) near(name + " quantile " + std::to_string(i), got[i], q[i]);
        near(name + " skewness", d.skewness, e.at("skewness"));
        near(name + " zeros", d.share_of_zero, e.at("share_of_zero"));
        near(name + " fence", d.fences.low, e.at("fences")[0]);
        near(name + " fence", d.fences.high, e.at("fences")[1]);
        CHECK(d.outliers == e.at("outliers").get<std::vector<std::size_t>>());
        REQUIRE(d.trend);
        near(name + " slope", d.trend->slope, e.at("slope"));
        near(name + " slope from", d.trend->within.low, e.at("slope_within")[0]);
        near(name + " slope to", d.trend->within.high, e.at("slope_within")[1]);
        near(name + " slope p", d.trend->p, e.at("slope_p"));
        if (!e.contains("weekdays")) continue;
        for (std::size_t w = 0; w < 7; ++w) {
            CHECK(d.by_weekday[w].n == e.at("weekdays")[w][0]);
            near(name + " weekday", d.by_weekday[w].mean, number(e.at("weekdays")[w][1]));
            near(name + " weekday sd", d.by_weekday[w].sd, number(e.at("weekdays")[w][2]));
        }
        CHECK(d.of.metrics == std::vector<std::string>{"销售额 v2"});
        CHECK_FALSE(d.seed);
    }
}

TEST_CASE("statistics: working days are those of the department's calendar", "[core][statistics][S4.2.1]") {
    using namespace std::chrono;
    // 2 January 2026 is off although a Friday, and the Sunday after is worked.
    const core::working_calendar calendar({2026y / January / 1, 2026y / January / 2, 2026y / January / 3}, {2026y / January / 4}, {2026});
    series s{"单量", "单", {}, {}};
    for (unsigned d = 1; d <= 7; ++d) {
        s.days.push_back(2026y / January / d);
        s.values.push_back(d);
    }
    const auto made = describe(s, {}, calendar);
    REQUIRE(made.has_value());
    CHECK(made->days_off.n == 3);
    CHECK(made->days_off.mean == 2);
    CHECK(made->working_days.n == 4);
    CHECK(made->working_days.mean == 5.5);
    CHECK(made->by_weekday[6].mean == 4);
    CHECK(made->trend->slope == 1);
    CHECK_THAT(made->conclusion.zh, Catch::StartsWith("单量的平均为 4 单，一半的值在 2.5 至 5.5 之间"));
    CHECK_THAT(made->conclusion.en, Catch::StartsWith("单量 is 4 单 on average"));
}

TEST_CASE("statistics: what is missing is left out, counted, and said", "[core][statistics][S4.2.1]") {
    const auto made = describe({"x", "", {1, missing, 3, missing, 2}, {}}, {}, plain);
    REQUIRE(made.has_value());
    CHECK(made->n == 3);
    CHECK(made->left_out == 2);
    CHECK(made->mean == 2);
    CHECK(made->done_with_missing.zh == "有缺失的 2 行未计入，也未填补。");
    CHECK_THAT(made->warnings.front().zh, Catch::Contains("五分之一"));
    const auto one = describe({"x", "", {5}, {}}, {}, plain);
    REQUIRE(one.has_value());
    CHECK(std::isnan(one->sd));
    CHECK(std::isnan(one->skewness));
    CHECK_FALSE(one->trend);
    CHECK(std::isnan(describe({"x", "", {5, 5, 5}, {}}, {}, plain)->skewness));
}

TEST_CASE("statistics: what can't be described is refused, with the cure", "[core][statistics][S4.2.1]") {
    CHECK(describe({"空", "", {missing, missing}, {}}, {}, plain).error().reason == reason::too_few_rows);
    CHECK(describe({"空", "", {}, {}}, {}, plain).error().why.zh == "「空」在此时段没有数值：请换一个时段。");
    const auto no = describe({"x", "", {1, std::numeric_limits<double>::infinity()}, {}}, {}, plain).error();
    CHECK(no.reason == reason::not_finite);
    CHECK(no.why.zh == "列「x」第 2 行不是可计算的数：请更正或留空。");
    CHECK(describe({"x", "", {1, 2}, {2026y / std::chrono::January / 1}}, {}, plain).error().reason == reason::lengths_differ);
    CHECK(describe({"x", "", std::vector<double>(rows_max + 1, 1.0), {}}, {}, plain).error().reason == reason::too_many_rows);
}

TEST_CASE("statistics: the same data are described by the same digits", "[core][statistics][S4.2.1]") {
    std::mt19937_64 engine(3);
    series s{"x", "", {}, {}};
    for (int i = 0; i < 20'000; ++i) s.values.push_back(std::ldexp(static_cast<double>(engine() >> 11), -static_cast<int>(engine() % 60)));
    const auto first = describe(s, {}, plain);
    for (int i = 0; i < 5; ++i) {
        const auto again = describe(s, {}, plain);
        CHECK((again->mean == first->mean && again->sd == first->sd && again->skewness == first->skewness && again->trend->slope == first->trend->slope));
    }
}
