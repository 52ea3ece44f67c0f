// The detector of early warning on what a department counts by days and hours.

#include "core/detector/detector.hpp"
#include "tests/support/department_alarms.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using namespace core::detector;
using support::noise;

namespace {

const core::working_calendar& calendar() {
    static const auto both = support::official_calendar({2025, 2026});
    return both;
}

struct judged {
    support::reading of;
    finding found;
};
std::vector<judged> watch(const std::vector<support::reading>& all, const core::working_calendar& by = calendar()) {
    detector d;
    std::vector<judged> out;
    for (const auto& r : all) out.push_back({r, d.next(r.at, r.value, by)});
    return out;
}
std::size_t alarms(const std::vector<judged>& all) {
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const judged& j) { return j.found.alarm; }));
}
std::vector<support::reading> from_to(std::vector<support::reading> all, events::date from, events::date until) {
    std::erase_if(all, [&](const support::reading& r) { return r.day < from || r.day > until; });
    return all;
}

}  // namespace

TEST_CASE("detector: what kind of day it is, the calendar says beforehand", "[core][detector][S2.3.4]") {
    CHECK(kind_of(2026y / 3 / 4, calendar()) == day_kind::working);
    CHECK(kind_of(2026y / 3 / 7, calendar()) == day_kind::weekend);
    CHECK(kind_of(2026y / 2 / 14, calendar()) == day_kind::make_up);
    CHECK(kind_of(2026y / 2 / 17, calendar()) == day_kind::long_holiday);
    CHECK(kind_of(2026y / 4 / 5, calendar()) == day_kind::holiday);
    CHECK(kind_of(2026y / 4 / 12, calendar()) == day_kind::weekend);
    CHECK(is_beside_holiday(2026y / 9 / 30, calendar()));
    CHECK_FALSE(is_beside_holiday(2026y / 9 / 15, calendar()));
    const core::working_calendar nothing;
    CHECK(kind_of(2026y / 10 / 1, nothing) == day_kind::unpublished);
    CHECK(kind_of(2026y / 10 / 6, nothing) == day_kind::unpublished);
    CHECK(kind_of(2026y / 9 / 16, nothing) == day_kind::working);
}

TEST_CASE("detector: a department's days and hours, with nothing wrong and with a level that shifts", "[core][detector][S2.3.4]") {
    for (const bool hourly : {false, true}) {
        const auto ours = support::count_alarms(hourly, support::watch_by_detector), baseline = support::count_alarms(hourly, support::watch_by_weekday);
        INFO((hourly ? "hours" : "days") << ": false alarms in 30 days " << ours.false_in_30_days << " (by weekday " << baseline.false_in_30_days << "), found " << ours.found
                                          << " of " << ours.shifts << " (by weekday " << baseline.found << ")");
        CHECK(ours.shifts == 60);
        CHECK(ours.false_in_30_days <= 0.1);
        CHECK(ours.found >= 55);
        CHECK(ours.false_in_30_days < baseline.false_in_30_days);
    }
}

TEST_CASE("detector: an alarm names the days that it rests on, and what was expected of this one", "[core][detector][S2.3.4]") {
    support::metric m{false, noise::normal, 4};
    m.shift = 2026y / 8 / 12;
    const auto all = watch(support::readings_of(m, calendar()));
    const auto alarm = std::find_if(all.begin(), all.end(), [](const judged& j) { return j.found.alarm && j.of.day >= 2026y / 8 / 12; });
    REQUIRE(alarm != all.end());
    const auto& f = alarm->found;
    CHECK(alarm->of.day <= 2026y / 8 / 13);
    CHECK(f.on == footing::settled);
    CHECK(f.to == direction::down);
    CHECK((f.why == reason::level_shift || f.why == reason::unlike_this_day));
    CHECK(f.day == day_kind::working);
    CHECK(f.observed == alarm->of.value);
    CHECK(f.low > 0);
    CHECK(f.low < f.expected);
    CHECK(f.expected < f.high);
    CHECK(f.observed / f.expected == Approx(0.65).epsilon(0.2));
    REQUIRE(f.from.size() == 8);
    for (std::size_t i = 0; i < f.from.size(); ++i) CHECK((alarm->of.at - f.from[i]) % std::chrono::days(7) == 0us);
    CHECK(f.from.front() > f.from.back());
    // The level that stays is what is usual from then on.
    const auto later = std::count_if(alarm + 1, std::min(alarm + 60, all.end()), [](const judged& j) { return j.found.alarm; });
    CHECK(later == 0);
    CHECK((alarm + 20)->found.expected == Approx((alarm + 20)->of.value).epsilon(0.3));
}

TEST_CASE("detector: a holiday is compared with holidays, once there were some", "[core][detector][S2.3.4]") {
    const auto all = watch(support::readings_of({false, noise::normal, 2}, calendar()));
    for (const auto& [of, found] : all) {
        if (of.day < 2025y / 10 / 1 || found.day != day_kind::holiday) continue;
        CHECK(found.on == footing::settled);
        REQUIRE_FALSE(found.from.empty());
        for (const auto at : found.from) CHECK(kind_of(core::date_in(at, core::shanghai), calendar()) == day_kind::holiday);
    }
}

TEST_CASE("detector: three weeks are too short, and no flood", "[core][detector][S2.3.4]") {
    for (const bool hourly : {false, true}) {
        std::size_t flood = 0;
        for (const auto of : support::all_noises)
            for (std::uint64_t seed = 1; seed <= 10; ++seed) {
                const auto all = watch(from_to(support::readings_of({hourly, of, seed}, calendar()), 2026y / 3 / 2, 2026y / 3 / 22));
                flood += alarms(all);
                if (!hourly)
                    for (const auto& j : all) CHECK(j.found.on == footing::too_short);
            }
        CHECK(flood <= 6);
        // What is far beyond all there was is told all the same.
        auto odd = from_to(support::readings_of({hourly, noise::normal, 2}, calendar()), 2026y / 3 / 2, 2026y / 3 / 22);
        odd[odd.size() - 2].value *= 50;
        const auto told = watch(odd)[odd.size() - 2].found;
        CHECK(told.alarm);
        CHECK(told.to == direction::up);
    }
}

TEST_CASE("detector: a year without published days widens what it can't know, and is no flood", "[core][detector][S2.3.4]") {
    const auto only_first = support::official_calendar({2025});
    std::size_t false_alarms = 0;
    double metrics = 0;
    for (const auto of : support::all_noises)
        for (std::uint64_t seed = 1; seed <= 10; ++seed, ++metrics) {
            bool said = false;
            for (const auto& [r, found] : watch(support::readings_of({false, of, seed}, calendar()), only_first)) {
                if (r.day < 2026y / 1 / 1) continue;
                false_alarms += found.alarm;
                said = said || found.day == day_kind::unpublished;
            }
            CHECK(said);
        }
    CHECK(static_cast<double>(false_alarms) / metrics / 365 * 30 <= 0.15);
}

TEST_CASE("detector: days that are missing, late or doubled are no anomaly", "[core][detector][S2.3.4]") {
    for (const bool hourly : {false, true})
        for (std::uint64_t seed = 1; seed <= 4; ++seed) {
            const auto all = from_to(support::readings_of({hourly, noise::normal, seed}, calendar()), 2025y / 1 / 1, 2025y / 12 / 31);
            const auto whole = alarms(watch(all));
            auto holes = all;
            support::chance by(seed);
            std::erase_if(holes, [&](const support::reading& r) { return by.uniform() < 0.05 || (r.day > 2025y / 6 / 10 && r.day < 2025y / 6 / 25); });
            CHECK(alarms(watch(holes)) <= whole + 2);

            detector once, twice;
            for (std::size_t i = 0; i < all.size(); ++i) {
                const auto first = once.next(all[i].at, all[i].value, calendar());
                CHECK(twice.next(all[i].at, all[i].value, calendar()) == first);
                if (i < 5 || i % 3 > 0) continue;
                CHECK(twice.next(all[i].at, all[i].value * 9, calendar()).on == footing::repeated);
                CHECK(twice.next(all[i - 2].at, all[i].value * 9, calendar()).on == footing::repeated);
                CHECK(twice.next(all[i].at + 1min, std::nullopt, calendar()).on == footing::missing);
            }
        }
}

TEST_CASE("detector: figures below zero have a level and a week too", "[core][detector][S2.3.4]") {
    for (const double middle : {-5000.0, 0.0}) {
        support::chance by(6);
        std::vector<support::reading> all;
        for (int i = 0; i < 400; ++i) {
            const auto day = std::chrono::sys_days(2026y / 3 / 2) + std::chrono::days(i);
            const auto on = std::chrono::weekday(day).iso_encoding();
            all.push_back({events::instant(day - core::shanghai), day, middle + 300 * (on < 6 ? on : -8.0) + 100 * by.normal()});
        }
        CHECK(alarms(watch(all)) <= 4);
        all[350].value += 3000;
        const auto found = watch(all)[350].found;
        CHECK(found.alarm);
        CHECK(found.to == direction::up);
    }
}
