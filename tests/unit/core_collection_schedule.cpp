// When deliveries are due, over a year with holidays and working days that make up for them (the official calendar of 2026).

#include "core/collection/schedule.hpp"

#include <catch2/catch.hpp>

#include <map>

using namespace std::chrono_literals;
using namespace core::collecting;
using core::shanghai;
using events::date;
using events::collection::rhythm;
using events::collection::schedule;

namespace {

/// The days off of the first of October, and of the days on which work makes up for them.
const core::working_calendar calendar = [] {
    std::vector<date> off;
    for (unsigned d = 1; d <= 7; ++d) off.push_back(2026y / 10 / std::chrono::day(d));
    return core::working_calendar(off, {2026y / 9 / 20, 2026y / 10 / 10}, {2026});
}();

constexpr date first{2026y / 1 / 1}, last{2026y / 12 / 31};

schedule plan(rhythm r) {
    schedule s{r, {}, {}, 600, 120, 2};
    if (r == rhythm::weekly) s.weekday = std::uint8_t{1};
    if (r == rhythm::monthly) s.day_of_month = std::uint8_t{5};
    return s;
}
std::vector<due_delivery> year(const schedule& s) { return due_between(s, first, last, calendar, shanghai); }

/// That each covers what comes after what the one before covers: no day twice, none left out.
void check_gapless(const std::vector<due_delivery>& all) {
    for (std::size_t i = 1; i < all.size(); ++i) {
        INFO(i);
        CHECK(std::chrono::sys_days(all[i].from) == std::chrono::sys_days(all[i - 1].until) + std::chrono::days(1));
        CHECK(all[i].on >= all[i - 1].on);
    }
    for (const auto& one : all) {
        CHECK(one.from <= one.until);
        CHECK(one.until < one.on);
        CHECK(one.on >= first);
        CHECK(one.on <= last);
        CHECK(one.due == events::instant(std::chrono::sys_days(one.on)) + 10h - shanghai);
        CHECK(one.late_from == one.due + 2h);
    }
}

const due_delivery& on(const std::vector<due_delivery>& all, date day) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.on == day; });
    REQUIRE(found != all.end());
    return *found;
}

}  // namespace

TEST_CASE("schedule: each day has the day before, on days off as well", "[core][collection][S4.1.2]") {
    const auto all = year(plan(rhythm::daily));
    CHECK(all.size() == 365);
    check_gapless(all);
    CHECK(on(all, 2026y / 10 / 3).from == date(2026y / 10 / 2));
}

TEST_CASE("schedule: each working day has what came since the last one", "[core][collection][S4.1.2][D6]") {
    const auto all = year(plan(rhythm::working_days));
    check_gapless(all);
    for (const auto& one : all) CHECK(calendar.is_working_day(one.on));
    // A Monday has the weekend; the first day after the holiday all of it; a Sunday that is worked the Friday and Saturday before.
    CHECK(on(all, 2026y / 11 / 23).from == date(2026y / 11 / 20));
    CHECK(on(all, 2026y / 10 / 8).from == date(2026y / 9 / 30));
    CHECK(on(all, 2026y / 9 / 20).from == date(2026y / 9 / 18));
    CHECK(on(all, 2026y / 9 / 20).until == date(2026y / 9 / 19));
    CHECK(on(all, 2026y / 9 / 21).from == date(2026y / 9 / 20));
    CHECK(on(all, 2026y / 10 / 10).from == date(2026y / 10 / 9));
}

TEST_CASE("schedule: each week has the week before, on the next working day where its day is none", "[core][collection][S4.1.2][D6]") {
    const auto all = year(plan(rhythm::weekly));
    check_gapless(all);
    for (const auto& one : all) {
        CHECK(std::chrono::weekday(std::chrono::sys_days(one.from)) == std::chrono::Monday);
        CHECK(calendar.is_working_day(one.on));
    }
    auto s = plan(rhythm::weekly);
    s.weekday = std::uint8_t{4};
    // The Thursday of the holiday's week: the week before is due on the first day after it.
    const auto late = due_for(s, 2026y / 9 / 21, 2026y / 9 / 27, calendar, shanghai);
    REQUIRE(late);
    CHECK(late->on == date(2026y / 10 / 8));
    const auto next = due_for(s, 2026y / 9 / 28, 2026y / 10 / 4, calendar, shanghai);
    REQUIRE(next);
    CHECK(next->on == date(2026y / 10 / 8));
    CHECK(due_between(s, 2026y / 10 / 8, 2026y / 10 / 8, calendar, shanghai).size() == 2);
}

TEST_CASE("schedule: each month has the month before, on its last day where it is shorter", "[core][collection][S4.1.2][D6]") {
    const auto all = year(plan(rhythm::monthly));
    CHECK(all.size() == 12);
    check_gapless(all);
    CHECK(on(all, 2026y / 10 / 8).from == date(2026y / 9 / 1));
    CHECK(on(all, 2026y / 3 / 5).until == date(2026y / 2 / 28));
    auto s = plan(rhythm::monthly);
    s.day_of_month = std::uint8_t{31};
    CHECK(due_for(s, 2026y / 5 / 1, 2026y / 5 / 31, calendar, shanghai)->on == date(2026y / 6 / 30));
    CHECK(due_for(s, 2026y / 1 / 1, 2026y / 1 / 31, calendar, shanghai)->on == date(2026y / 3 / 2));  // the 28th of February is a Saturday
}

TEST_CASE("schedule: asked for in parts it is the same as at once, and each is found by its days", "[core][collection][S4.1.2][property]") {
    for (const auto r : {rhythm::daily, rhythm::working_days, rhythm::weekly, rhythm::monthly}) {
        const auto s = plan(r);
        std::vector<due_delivery> parts;
        for (auto day = std::chrono::sys_days(first); day <= std::chrono::sys_days(last); day += std::chrono::days(1))
            for (const auto& one : due_between(s, day, day, calendar, shanghai)) parts.push_back(one);
        CHECK(parts == year(s));
        for (const auto& one : parts) CHECK(due_for(s, one.from, one.until, calendar, shanghai) == one);
    }
    CHECK(!due_for(plan(rhythm::weekly), 2026y / 5 / 5, 2026y / 5 / 11, calendar, shanghai));
    CHECK(due_between(plan(rhythm::daily), 2026y / 5 / 2, 2026y / 5 / 1, calendar, shanghai).empty());
}

TEST_CASE("schedule: figures settle after working days, and lateness is in working time", "[core][collection][S4.1.2][S2.3.5][D6]") {
    CHECK(settled_on(plan(rhythm::daily), 2026y / 9 / 30, calendar) == date(2026y / 10 / 9));
    // Not before what it waits for is due, however soon it settles.
    auto soon = plan(rhythm::daily);
    soon.settling_days = 0;
    CHECK(settled_on(soon, 2026y / 11 / 24, calendar) == date(2026y / 11 / 26));
    const events::org::working_hours hours{540, 720, 780, 1080};
    const events::instant friday = std::chrono::sys_days(2026y / 11 / 20) + 10h - shanghai;
    CHECK(lateness(friday, friday, calendar, hours, shanghai) == 0min);
    CHECK(lateness(friday, friday + 1h, calendar, hours, shanghai) == 60min);
    CHECK(lateness(friday, friday + 4h, calendar, hours, shanghai) == 180min);   // the break is none
    CHECK(lateness(friday, friday + 72h, calendar, hours, shanghai) == 480min);  // nor is the weekend
    CHECK(lateness(friday, friday - 1h, calendar, hours, shanghai) == 0min);
}
