// What a report says of numbers beside one another (S4.3.1): exact, rounded once (D17).

#include "core/report/numbers.hpp"

#include <catch2/catch.hpp>

namespace core_report_numbers_tests {

using namespace core::reporting;
using core::metric;
using events::report::attainment;
using events::report::kind;
using namespace std::chrono_literals;

TEST_CASE("report numbers: a change is in % of what was before, whatever its sign", "[core][report][S4.3.1][D17]") {
    CHECK(change_in_percent("100", "120") == "20.0");
    CHECK(change_in_percent("1/8", "1/10") == "-20.0");
    CHECK(change_in_percent("3", "4") == "33.3");
    CHECK(change_in_percent("-50", "-25") == "50.0");
    CHECK(change_in_percent("400", "401") == "0.3");   // 0.25, half away from 0
    CHECK(change_in_percent("400", "399") == "-0.3");
    CHECK(change_in_percent("100000", "99999") == "0.0");  // no minus before nothing
    CHECK(change_in_percent("012", "24") == "100.0");      // no octal number
    // Of nothing there is no share, and of no number no change.
    CHECK(!change_in_percent("0", "5"));
    CHECK(!change_in_percent("0.00", "5"));
    for (const char* bad : {"", "-", ".", "1.", ".5", "1/0", "1e5", "１", "--1", "1/2/3"}) {
        INFO(bad);
        CHECK(!change_in_percent(bad, "5"));
    }
    CHECK(!change_in_percent(std::string(1'000, '9'), "5"));
}

TEST_CASE("report numbers: differences keep their places, and what is missing adds nothing", "[core][report][D17]") {
    CHECK(less("10.50", "12", 2) == "1.50");
    CHECK(less({}, "3", 0) == "3");
    CHECK(less("3", {}, 0) == "-3");
    CHECK(less("0.1", "0.3", 1) == "0.2");  // as binary fractions it is not
    CHECK(less("1", "1.004", 2) == "0.00");
    CHECK(less("1", "1.005", 2) == "0.01");
    CHECK(is_same_number("12.50", "12.5"));
    CHECK(!is_same_number("12.50", "12.51"));
    CHECK(is_same_number(std::nullopt, std::nullopt));
    CHECK(!is_same_number("0", std::nullopt));
}

TEST_CASE("report numbers: parts are put in order by their share of the whole", "[core][report]") {
    CHECK(weight_of("-20", "100") == 200'000);
    CHECK(weight_of("1", "3") == 333'333);
    CHECK(weight_of("0", "3") == 0);
    CHECK(weight_of("5", "0") > weight_of("5", "1"));
    CHECK(weight_of("99999999999999999999", "1") == 1'000'000'000'000);
    CHECK(weight_of("?", "1") == 0);
}

TEST_CASE("report numbers: a target is that of the period, and is met or not by exact numbers", "[core][report][S2.3.2]") {
    metric::state m;
    using events::metric::period;
    m.targets = {{period::month, 2026y / 1 / 1, 2026y / 6 / 30, std::string("100"), {}, {}}, {period::month, 2026y / 7 / 1, {}, std::string("110"), {}, {}},
                 {period::week, 2026y / 1 / 1, {}, {}, std::string("1.5"), std::string("2.5")}};
    CHECK(target_of(m, kind::month, 2026y / 6 / 1)->value == "100");
    CHECK(target_of(m, kind::month, 2026y / 7 / 1)->value == "110");
    CHECK(target_of(m, kind::quarter, 2026y / 7 / 1) == nullptr);
    CHECK(target_of(m, kind::month, 2025y / 12 / 1) == nullptr);
    const auto* range = target_of(m, kind::week, 2026y / 7 / 6);
    REQUIRE(range);
    CHECK(shown(*range) == "1.5 – 2.5");
    CHECK(shown(m.targets[0]) == "100");
    const auto is = [&](metric::direction way, const char* value, const metric::target& t) { return attained(way, std::string(value), &t); };
    using direction = metric::direction;
    CHECK(is(direction::up, "100.00", m.targets[0]) == attainment::met);
    CHECK(is(direction::up, "99.99", m.targets[0]) == attainment::missed);
    CHECK(is(direction::down, "100", m.targets[0]) == attainment::met);
    CHECK(is(direction::down, "100.01", m.targets[0]) == attainment::missed);
    CHECK(is(direction::within, "2.50", *range) == attainment::met);
    CHECK(is(direction::within, "1.49", *range) == attainment::missed);
    CHECK(is(direction::within, "2.51", *range) == attainment::missed);
    CHECK(attained(direction::up, std::nullopt, &m.targets[0]) == attainment::none);
    CHECK(attained(direction::up, std::string("5"), nullptr) == attainment::none);
}

}  // namespace core_report_numbers_tests
