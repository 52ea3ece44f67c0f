// Groups (S4.2.1): as good as scikit-learn's, by what is left within them and never by labels; and what is refused.

#include "core/statistics/clusters.hpp"
#include "core/statistics/k_means.hpp"
#include "tests/support/golden_statistics.hpp"

#include <catch2/catch.hpp>

#include <numeric>

using namespace core::statistics;

namespace {

points z_scored(const std::vector<column>& all) {
    points made(all.front().values.size(), std::vector<double>(all.size()));
    for (std::size_t d = 0; d < all.size(); ++d) {
        const auto& v = all[d].values;
        const auto n = static_cast<double>(v.size());
        const double mean = std::accumulate(v.begin(), v.end(), 0.0) / n;
        double squares = 0;
        for (const double x : v) squares += (x - mean) * (x - mean);
        for (std::size_t i = 0; i < v.size(); ++i) made[i][d] = (v[i] - mean) / std::sqrt(squares / n);
    }
    return made;
}

/// Two columns around each of these centres.
std::vector<column> around(const std::vector<std::pair<double, double>>& centres, std::size_t each) {
    std::vector<column> all{{"客单价", {}}, {"频次", {}}};
    chance by(5);
    for (const auto& [x, y] : centres)
        for (std::size_t i = 0; i < each; ++i) {
            all[0].values.push_back(x + by.share());
            all[1].values.push_back(y + by.share());
        }
    return all;
}

}  // namespace

TEST_CASE("statistics: groups leave no more within them than scikit-learn's", "[core][statistics][S4.2.1]") {
    const support::deviation near(1e-9);
    for (const auto& c : support::golden_statistics("clusters")) {
        const auto name = c.at("name").get<std::string>();
        INFO(name);
        const auto columns = support::table(c.at("columns"));
        const auto z = z_scored(columns);
        const auto made = group_into(columns, 0, {});
        REQUIRE(made.has_value());
        REQUIRE(made->curve.size() == 9);
        const auto& curve = c.at("expected").at("curve");
        double best = -1;
        std::size_t best_k = 0;
        for (std::size_t i = 0; i < curve.size(); ++i) {
            const auto& e = curve[i];
            CAPTURE(e.at("k"));
            CHECK(made->curve[i].k == e.at("k"));
            CHECK(made->curve[i].inertia <= e.at("inertia").get<double>() * 1.005);
            // Of the same groups the same silhouette.
            const auto of = e.at("labels").get<labels>();
            const auto each = silhouettes(z, of, e.at("k"));
            near(name + " silhouette", std::accumulate(each.begin(), each.end(), 0.0) / static_cast<double>(each.size()), e.at("silhouette"));
            if (!e.at("silhouettes").is_null())
                for (std::size_t n = 0; n < each.size(); ++n) near(name + " one silhouette", each[n], e.at("silhouettes")[n], 1e-3);
            if (e.at("silhouette") > best) {
                best = e.at("silhouette");
                best_k = e.at("k");
            }
        }
        for (const auto& pair : c.at("expected").at("agree"))
            near(name + " Rand", adjusted_rand(curve[pair.at("a").get<std::size_t>() - 2].at("labels").get<labels>(), curve[pair.at("b").get<std::size_t>() - 2].at("labels").get<labels>()), pair.at("adjusted_rand"));
        CHECK(made->k == best_k);
        CHECK(made->silhouette == Approx(best).epsilon(0.005));
        CHECK(std::accumulate(made->clusters.begin(), made->clusters.end(), std::size_t{0}, [](std::size_t n, const cluster& one) { return n + one.size; }) == made->n);
        CHECK(made->seed);
        CHECK((made->stability > 0.3 && made->stability <= 1));
    }
}

TEST_CASE("statistics: groups that there are are found, with their centres as they were given", "[core][statistics][S4.2.1]") {
    auto all = around({{100, 1}, {100, 9}, {300, 5}}, 40);
    all[0].values.push_back(missing);
    all[1].values.push_back(3);
    for (int extra = 0; extra < 10; ++extra) {
        all[0].values.push_back(300.5);
        all[1].values.push_back(5.5);
    }
    const auto made = group_into(all, 0, {"有几类会员？", {"客单价 v1"}, "", "", "", 1});
    REQUIRE(made.has_value());
    CHECK(made->k == 3);
    CHECK(made->clear);
    CHECK(made->left_out == 1);
    CHECK(made->clusters[0].size == 50);
    CHECK(made->clusters[0].centre[0] == Approx(300.5).margin(0.2));
    CHECK(made->clusters[0].centre[1] == Approx(5.5).margin(0.2));
    CHECK(made->clusters[1].centre[0] == Approx(100.5).margin(0.2));
    CHECK(made->stability > 0.99);
    CHECK(made->silhouette > 0.7);
    CHECK(made->columns == std::vector<std::string>{"客单价", "频次"});
    CHECK(made->rows.size() == made->cluster_of.size());
    CHECK(made->rows[120] == 121);
    CHECK_THAT(made->conclusion.zh, Catch::StartsWith("分为 3 群"));
    // As many as are asked for.
    CHECK(group_into(all, 2, {})->clusters.size() == 2);
    // And the same again, digit for digit.
    const auto again = group_into(all, 0, {});
    CHECK((again->inertia == made->inertia && again->silhouette == made->silhouette && again->stability == made->stability && again->cluster_of == made->cluster_of));
}

TEST_CASE("statistics: where there are no groups that is said", "[core][statistics][S4.2.1]") {
    std::vector<column> all;
    chance by(1);
    for (int d = 0; d < 6; ++d) {
        all.push_back({"列" + std::to_string(d), {}});
        for (int i = 0; i < 150; ++i) {
            double sum = 0;
            for (int n = 0; n < 12; ++n) sum += by.share();
            all.back().values.push_back(sum);
        }
    }
    const auto made = group_into(all, 0, {});
    REQUIRE(made.has_value());
    CHECK_FALSE(made->clear);
    CHECK_THAT(made->conclusion.zh, Catch::StartsWith("没有明显的群"));
    CHECK_THAT(made->conclusion.en, Catch::StartsWith("There are no clear groups"));
}

TEST_CASE("statistics: what can't be grouped is refused, with the cure", "[core][statistics][S4.2.1]") {
    auto all = around({{1, 1}, {9, 9}}, 10);
    all.push_back({"地区", std::vector<double>(20, 7.0)});
    const auto flat = group_into(all, 0, {}).error();
    CHECK(flat.reason == reason::constant_column);
    CHECK(flat.columns == std::vector<std::string>{"地区"});
    all.pop_back();
    CHECK(group_into(all, 1, {}).error().reason == reason::bad_setting);
    CHECK(group_into(all, 11, {}).error().reason == reason::bad_setting);
    CHECK(group_into({{"x", {1, 2}}}, 0, {}).error().reason == reason::too_few_rows);
    CHECK(group_into({{"x", {1, 2, 1, 2, 1, 2}}}, 0, {}).error().reason == reason::too_few_distinct);
    CHECK(group_into({{"x", std::vector<double>(6'000, 1.0)}}, 0, {}).error().reason == reason::too_many_rows);
    CHECK(group_into({}, 0, {}).error().reason == reason::too_few_distinct);
    // Three different rows, often: two groups at most are tried.
    const auto few = group_into({{"x", {1, 2, 9, 1, 2, 9, 1, 2, 9}}}, 0, {});
    REQUIRE(few.has_value());
    CHECK(few->curve.size() == 1);
    CHECK(few->k == 2);
}
