// The detector of early warning: what it says of points that come often, and what holds of all it says.

#include "core/detector/detector.hpp"
#include "core/detector/numbers.hpp"
#include "core/detector/tail.hpp"
#include "tests/support/department_series.hpp"
#include "tests/support/nab.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace std::chrono_literals;
using namespace core::detector;

namespace {

const core::working_calendar no_calendar;
constexpr std::size_t most_bytes = 64 * 1024;

struct point {
    instant at;
    std::optional<double> value;
};
using points = std::vector<point>;

instant start() { return std::chrono::sys_days(2026y / 3 / 2); }

/// Five minutes apart: a day's course, and noise.
points course(std::size_t count, std::uint64_t seed = 1) {
    support::chance by(seed);
    points all;
    for (std::size_t i = 0; i < count; ++i) {
        const double of_day = static_cast<double>(i % 288) / 288;
        all.push_back({start() + i * 5min, 100 + 40 * std::sin(2 * std::numbers::pi * of_day) + 4 * by.normal()});
    }
    return all;
}

std::vector<finding> watch(detector& by, const points& all, const core::working_calendar& calendar = no_calendar) {
    std::vector<finding> found;
    for (const auto& p : all) found.push_back(by.next(p.at, p.value, calendar));
    return found;
}
std::vector<finding> watch(const points& all, const core::working_calendar& calendar = no_calendar) {
    detector by(0min);
    return watch(by, all, calendar);
}
std::vector<std::size_t> alarms(const std::vector<finding>& of) {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < of.size(); ++i)
        if (of[i].alarm) rows.push_back(i);
    return rows;
}
std::string saved(const detector& of) {
    std::string bytes;
    core::archive::writer to(bytes);
    of.save(to);
    return bytes;
}

/// A week of each grain that there is.
std::vector<points> one_of_each() {
    const auto calendar = support::official_calendar({2025, 2026});
    std::vector<points> all{course(3000)};
    for (const bool hourly : {false, true}) {
        const auto readings = support::readings_of({hourly, support::noise::heavy, 3}, calendar);
        auto& p = all.emplace_back();
        for (std::size_t i = 0; i < std::min<std::size_t>(readings.size(), 3000); ++i) p.push_back({readings[i].at, readings[i].value});
    }
    // Hours that go by no time of day.
    auto& p = all.emplace_back();
    support::chance by(5);
    for (int i = 0; i < 1500; ++i) p.push_back({start() + i * 1h, std::exp(by.normal())});
    return all;
}

}  // namespace

TEST_CASE("detector: logarithms and powers are those of the library, to a few of the last bits", "[core][detector][S2.3.4]") {
    for (const double x : {1e-300, 1e-9, 0.25, 0.7071, 0.9999999, 1.0, 1.0000001, 1.41421356, 2.0, 3.14159, 1e6, 1e300}) {
        CHECK(log2_of(x) == Approx(std::log2(x)).epsilon(1e-14).margin(1e-15));
        CHECK(ln_of(x) == Approx(std::log(x)).epsilon(1e-14).margin(1e-15));
    }
    for (const double x : {-900.0, -12.3, -1.0, -0.1, 0.0, 0.5, 1.0, 30.9, 900.0}) CHECK(exp2_of(x) == Approx(std::exp2(x)).epsilon(1e-13));
    CHECK(log2_of(1024) == 10);
    CHECK(exp2_of(-3) == 0.125);
    CHECK(std::isfinite(log2_of(0)));
    CHECK(std::isfinite(log2_of(-1)));
}

TEST_CASE("detector: a tail counts what was seen, and goes on beyond it", "[core][detector][S2.3.4]") {
    tail t;
    CHECK(t.rarity(1e9) == 0);
    support::chance by(2);
    // Pareto, of which one in s^3 reaches s.
    for (int i = 0; i < 100'000; ++i) t.add(std::pow(by.uniform(), -1.0 / 3));
    CHECK(t.rarity(std::pow(10, 1.0 / 3)) == Approx(1).margin(0.15));
    CHECK(t.rarity(std::pow(1000, 1.0 / 3)) == Approx(3).margin(0.3));
    CHECK(t.rarity(1000) == Approx(9).margin(1));
    CHECK(t.rarity(1e30) == 12);
    CHECK(t.size_at(2) == Approx(std::pow(100, 1.0 / 3)).epsilon(0.2));
    double before = 0;
    for (double size = 0.5; size < 1e4; size *= 1.1) {
        const double now = t.rarity(size);
        CHECK(now >= before - 1e-9);
        before = now;
    }
    tail same;
    for (int i = 0; i < 1000; ++i) same.add(5);
    CHECK(same.rarity(5) < 0.01);
    CHECK(same.rarity(0) == 0);
}

TEST_CASE("detector: a series that is cut short is judged the same as far as it goes", "[core][detector][S2.3.4]") {
    const auto calendar = support::official_calendar({2025, 2026});
    for (const auto& all : one_of_each()) {
        const auto whole = watch(all, calendar);
        for (const std::size_t cut : {std::size_t{3}, std::size_t{50}, all.size() / 3, all.size() - 1}) {
            const auto part = watch({all.begin(), all.begin() + static_cast<std::ptrdiff_t>(cut)}, calendar);
            CHECK(std::equal(part.begin(), part.end(), whole.begin()));
        }
    }
}

TEST_CASE("detector: what is saved goes on as if it had never stopped", "[core][detector][S2.3.4]") {
    const auto calendar = support::official_calendar({2025, 2026});
    for (const auto& all : one_of_each())
        for (const std::size_t cut : {std::size_t{0}, std::size_t{2}, std::size_t{40}, all.size() / 2}) {
            detector whole(0min), first(0min), second;
            const auto found = watch(whole, all, calendar);
            const auto at = all.begin() + static_cast<std::ptrdiff_t>(cut);
            watch(first, {all.begin(), at}, calendar);
            const auto bytes = saved(first);
            CHECK(bytes.size() < most_bytes);
            core::archive::reader from(bytes);
            REQUIRE(second.load(from));
            CHECK(from.finished());
            CHECK(saved(second) == bytes);
            const auto rest = watch(second, {at, all.end()}, calendar);
            CHECK(std::equal(rest.begin(), rest.end(), found.begin() + static_cast<std::ptrdiff_t>(cut)));
            CHECK(saved(second) == saved(whole));
        }
}

TEST_CASE("detector: damaged bytes are refused or read, and never more", "[core][detector][S2.3.4]") {
    const auto calendar = support::official_calendar({2025, 2026});
    std::mt19937_64 random(4);
    for (const auto& all : one_of_each()) {
        detector by;
        watch(by, {all.begin(), all.begin() + 700}, calendar);
        const auto good = saved(by);
        for (int i = 0; i < 200; ++i) {
            auto bad = good;
            if (i % 3 == 0) bad.resize(random() % bad.size());
            else bad[random() % std::min<std::size_t>(bad.size(), i % 3 == 1 ? 200 : bad.size())] = static_cast<char>(random());
            detector read;
            core::archive::reader from(bad);
            const bool is_read = read.load(from);
            if (i % 3 == 0) CHECK_FALSE(is_read);
            if (is_read) watch(read, {all.end() - 40, all.end()}, calendar);
        }
    }
}

TEST_CASE("detector: it takes no more memory however long the series", "[core][detector][S2.3.4]") {
    const auto calendar = support::official_calendar({2025, 2026});
    for (const auto& all : one_of_each()) {
        detector by(0min);
        auto later = all;
        for (auto& p : later) p.at += std::chrono::days(730);
        watch(by, all, calendar);
        watch(by, later, calendar);
        CHECK(by.bytes() <= most_bytes);
    }
}

TEST_CASE("detector: the unit that a value has plays no part", "[core][detector][S2.3.4]") {
    auto all = course(3000), larger = all;
    for (auto* p : {&all, &larger}) (*p)[2500].value = 400;
    for (auto& p : larger) *p.value *= 1024;
    const auto one = watch(all), other = watch(larger);
    REQUIRE_FALSE(alarms(one).empty());
    for (std::size_t i = 0; i < one.size(); ++i) {
        CHECK(one[i].score == Approx(other[i].score).epsilon(1e-9));
        CHECK(one[i].expected * 1024 == Approx(other[i].expected));
    }
}

TEST_CASE("detector: says what was expected, from what, and which way it went", "[core][detector][S2.3.4]") {
    auto all = course(3000);
    SECTION("a value beyond all") {
        all[2500].value = 400;
        const auto found = watch(all);
        REQUIRE(found[2500].alarm);
        CHECK(found[2500].to == direction::up);
        CHECK(found[2500].observed == 400);
        CHECK(found[2500].high < 400);
        CHECK(found[2500].low < found[2500].expected);
        CHECK(found[2500].points > 0);
        CHECK((found[2500].since.has_value() || !found[2500].from.empty()));
        CHECK(alarms(found).size() <= 2);
    }
    SECTION("the night's level by day") {
        for (std::size_t i = 2070; i < 2150; ++i) all[i].value = *all[i].value - 60;
        const auto rows = alarms(watch(all));
        REQUIRE_FALSE(rows.empty());
        CHECK(rows.front() >= 2070);
        CHECK(rows.front() < 2090);
        CHECK(watch(all)[rows.front()].to == direction::down);
    }
    SECTION("the day's course fails to come") {
        support::chance by(8);
        for (std::size_t i = 2304; i < 2592; ++i) all[i].value = 100 + 4 * by.normal();
        const auto rows = alarms(watch(all));
        REQUIRE_FALSE(rows.empty());
        CHECK(rows.front() >= 2304);
        CHECK(rows.front() < 2592);
    }
    SECTION("nothing") { CHECK(alarms(watch(all)).size() <= 1); }
}

TEST_CASE("detector: what lasts is one alarm", "[core][detector][S2.3.4]") {
    auto all = course(4000);
    for (std::size_t i = 2500; i < 4000; ++i) all[i].value = *all[i].value + 300;
    const auto rows = alarms(watch(all));
    REQUIRE_FALSE(rows.empty());
    CHECK(rows.front() == 2500);
    CHECK(rows.size() <= 4);
}

TEST_CASE("detector: values that do not come, or are no numbers, are no anomaly", "[core][detector][S2.3.4]") {
    const auto all = course(4000);
    const auto whole = alarms(watch(all)).size();
    points with_holes, with_gap;
    support::chance by(3);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (by.uniform() > 0.1) with_holes.push_back(all[i]);
        else with_holes.push_back({all[i].at, by.uniform() < 0.5 ? std::nullopt : std::optional(std::numeric_limits<double>::quiet_NaN())});
        if (i < 2000 || i > 2700) with_gap.push_back(all[i]);
    }
    const auto found = watch(with_holes);
    CHECK(alarms(found).size() <= whole + 1);
    for (std::size_t i = 0; i < found.size(); ++i)
        if (!with_holes[i].value || std::isnan(*with_holes[i].value)) CHECK(found[i] == finding{});
    CHECK(alarms(watch(with_gap)).size() <= whole + 1);
    detector d;
    for (const double odd : {1e30, -1e300, std::numeric_limits<double>::infinity()}) CHECK(d.next(start(), odd, no_calendar).on == footing::missing);
    CHECK(d.next(start(), 1e29, no_calendar).on == footing::too_short);
}

TEST_CASE("detector: no alarm before a day, and none ever where nothing changes", "[core][detector][S2.3.4]") {
    auto all = course(280);
    for (std::size_t i = 50; i < 280; i += 40) all[i].value = 1e6 * static_cast<double>(i);
    for (const auto& f : watch(all)) {
        CHECK_FALSE(f.alarm);
        CHECK(f.on == footing::too_short);
    }
    points same;
    for (int i = 0; i < 3000; ++i) same.push_back({start() + i * 5min, 7.5});
    CHECK(alarms(watch(same)).empty());
    points twice;
    for (int i = 0; i < 3000; ++i) twice.push_back({start() + i / 2 * 5min, 7.5 + i % 3});
    CHECK(alarms(watch(twice)).empty());
}

TEST_CASE("detector: real series, cut short, have the same scores; and there are few false alarms", "[core][detector][S2.3.4]") {
    const auto all = support::nab::read(support::nab::folder());
    if (all.empty()) {
        WARN("skipped: there are no series in " << support::nab::folder());
        return;
    }
    std::vector<std::vector<double>> scores;
    for (const auto& s : all) {
        points p;
        for (std::size_t i = 0; i < s.values.size(); ++i) p.push_back({s.times[i], s.values[i]});
        const auto whole = watch(p);
        auto& of = scores.emplace_back();
        for (const auto& f : whole) of.push_back(f.score);
        const auto cut = p.size() * (3 + scores.size() % 4) / 8;
        const auto part = watch({p.begin(), p.begin() + static_cast<std::ptrdiff_t>(cut)});
        CHECK(std::equal(part.begin(), part.end(), whole.begin()));
    }
    const auto standard = support::nab::score(all, scores, support::nab::standard, 0.5), low = support::nab::score(all, scores, support::nab::low_fp, 0.5);
    CHECK(standard.false_alarms_in_30_days <= 4);
    if (standard.windows < 60) return;
    CHECK(standard.score >= 60);
    CHECK(low.score >= 50);
}
