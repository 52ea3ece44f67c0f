// What a time without the room cost is given back: whatever is closed by the day, whichever part of it was slept over.

#include "tests/support/each_kind.hpp"
#include "tests/support/appraised.hpp"
#include "tests/support/chartered.hpp"

#include "core/kernel/lost_time.hpp"
#include "core/policies/due.hpp"

#include <catch2/catch.hpp>

#include <random>

namespace core_made_up_tests {

using namespace opsroom_test;
using core::appraisal;
using core::cycle;
using core::election;
using core::project;
using core::request;
using namespace std::chrono_literals;
namespace policies = core::policies;

namespace {

using days = std::chrono::days;
constexpr std::chrono::sys_days first_day = 2026y / 11 / 2;  // a Monday; no day off but weekends until the new year

core::date day(int n) { return first_day + days(n); }
int number_of(core::date d) { return static_cast<int>((std::chrono::sys_days(d) - first_day).count()); }

/// The room went on the day `from`, and was back on `until`, each at that hour in the department's zone.
struct gap {
    int from, from_hour, until, until_hour;
    core::instant since() const { return first_day + days(from) + std::chrono::hours(from_hour) - core::shanghai; }
    core::instant back() const { return first_day + days(until) + std::chrono::hours(until_hour) - core::shanghai; }
};

core::context woken(const gap& p, const core::entities& others) {
    auto by = office_system(others);
    by.now = p.back();
    by.today = core::date_in(by.now, by.zone_offset);
    return by;
}

bool is_working(int n) { return core::working_calendar().is_working_day(day(n)); }

/// The room was there for more than half of its working hours.
bool had(int n, const gap& p) {
    if (n < p.from || n > p.until || p.from == p.until) return true;
    const auto at = [&](int from, int until) { return std::max(0, std::min(until, 12) - std::max(from, 9)) + std::max(0, std::min(until, 18) - std::max(from, 13)); };
    const int away = at(n == p.from ? p.from_hour : 0, n == p.until ? p.until_hour : 24);
    return 2 * away < 8;
}

/// On how many working days of a window somebody could do something.
int days_had(int opens, int closes, const gap& p) {
    int count = 0;
    for (int n = opens; n <= closes; ++n) count += is_working(n) && had(n, p);
    return count;
}
int days_planned(int opens, int closes) { return days_had(opens, closes, {0, 0, 0, 0}); }

/// What the one follow-up of this kind says; nothing where there is none.
template <class Command>
std::optional<Command> only(const core::follow_ups& all) {
    std::optional<Command> found;
    for (const auto& one : all)
        if (const auto* c = command_in<Command>(one.what)) {
            REQUIRE_FALSE(found);
            found = *c;
        }
    return found;
}

/// Every part of a window that can be slept over, and some that lie beside it.
std::vector<gap> pauses_around(int opens, int closes) {
    std::vector<gap> all;
    for (int from = opens - 4; from <= closes + 2; ++from)
        for (const int length : {0, 1, 2, 3, 5, 8, 13, 21})
            for (const int gone : {8, 12, 17})
                for (const int back : {3, 9, 16})
                    if (length > 0 || gone < back) all.push_back({from, gone, from + length, back});
    return all;
}

/// What every window is held against: as many working days as planned, no earlier end, and an end not later than it takes.
void check_window(int opens, int closes, int closes_now, int opens_now, const gap& p) {
    INFO("open " << opens << " to " << closes << ", asleep " << p.from << '@' << p.from_hour << " to " << p.until << '@' << p.until_hour << ": now to " << closes_now);
    CHECK(closes_now >= closes);
    const bool over = closes < p.from;
    if (over) {
        CHECK(closes_now == closes);
        return;
    }
    // Behind a window that moved it may begin later; what they had before then counts.
    const int had_now = opens_now <= p.until ? days_had(opens, closes_now, p) : days_had(opens, std::min(closes, p.until - 1), p) + days_had(opens_now, closes_now, p);
    CHECK(had_now >= days_planned(opens, closes));
    if (closes_now > closes) CHECK(had_now <= days_planned(opens, closes) + 1);
    // Late, where another step is moved, it comes today.
    if (days_had(opens, closes, p) == days_planned(opens, closes) && opens_now <= p.until) CHECK((closes_now == closes || (closes < p.until && closes_now == p.until)));
}

template <class State>
core::follow_ups made_up_for(std::uint64_t number, const State& state, const gap& p, auto of) {
    world w;
    w.put<typename decltype(of)::type>(number, state);
    return policies::made_up(woken(p, w), p.since());
}

}  // namespace

TEST_CASE("made up: an election's nominations and voting, whichever part of them was slept over", "[core][policies][S6.4.3][property]") {
    for (const auto [closes, voting, end] : {std::array{9, 11, 18}, std::array{4, 4, 7}, std::array{8, 14, 15}}) {
        for (const auto& p : pauses_around(0, end)) {
            for (const auto is : {core::election_status::opened, core::election_status::nominated, core::election_status::voting}) {
                // Where it stood when the room went: a step of a day that had come was taken.
                const bool nominations_over = closes < p.from, voting_open = nominations_over && voting <= p.from, voting_over = end < p.from;
                const auto stood = voting_open ? core::election_status::voting : nominations_over ? core::election_status::nominated : core::election_status::opened;
                if (voting_over || is != stood || p.from < 0) continue;
                election::state e;
                e.is = is;
                e.nominees = {wei.id};
                e.schedule = {day(closes), day(voting), day(end)};
                const auto moved = only<election::reschedule>(made_up_for(1, e, p, std::type_identity<election>{}));
                const auto now = moved ? moved->schedule : e.schedule;
                if (moved) {
                    world w;
                    INFO(p.from << ' ' << p.until << ": " << number_of(now.nominations_close) << ' ' << number_of(now.voting_opens) << ' ' << number_of(now.voting_closes));
                    CHECK(situation<election>(e).when(*moved, woken(p, w)).passed());
                    CHECK(moved->reason.find("the server stood still") != std::string::npos);
                    CHECK(moved->reason.find("停顿") != std::string::npos);
                }
                if (is == core::election_status::opened) check_window(-100, closes, number_of(now.nominations_close), -100, p);
                check_window(voting, end, number_of(now.voting_closes), std::max(voting, number_of(now.voting_opens)), p);
            }
        }
    }
}

TEST_CASE("made up: a cycle's self-appraisal, evaluation and calibration, whichever part of them was slept over", "[core][policies][S6.2][property]") {
    using is = core::cycle_status;
    const std::array<int, 5> at{3, 8, 14, 15, 21};
    for (const auto& p : pauses_around(at[0], at[4])) {
        if (p.from < 0 || at[4] < p.from) continue;
        const auto stood = p.from < at[0] ? is::planned : p.from <= at[1] ? is::open : p.from <= at[2] ? is::self_closed : p.from < at[3] ? is::evaluation_closed : is::calibration;
        cycle::state c;
        c.is = stood;
        c.year = 2026;
        c.quarter = 3;
        c.schedule = {day(at[0]), day(at[1]), day(at[2]), day(at[3]), day(at[4])};
        const auto moved = only<cycle::reschedule>(made_up_for(1, c, p, std::type_identity<cycle>{}));
        const auto now = moved ? moved->schedule : c.schedule;
        INFO(p.from << ' ' << p.until << ": " << number_of(now.opens) << ' ' << number_of(now.self_closes) << ' ' << number_of(now.evaluation_closes) << ' '
                    << number_of(now.calibrates) << ' ' << number_of(now.closes));
        if (moved) {
            world w;
            CHECK(situation<cycle>(c).when(*moved, woken(p, w)).passed());
        }
        if (stood <= is::open) check_window(at[0], at[1], number_of(now.self_closes), number_of(now.opens), p);
        if (stood <= is::self_closed)
            check_window(at[1] + 1, at[2], number_of(now.evaluation_closes), stood == is::self_closed ? at[1] + 1 : number_of(now.self_closes) + 1, p);
        check_window(at[3], at[4], number_of(now.closes), number_of(now.calibrates), p);
    }
}

TEST_CASE("made up: an appeal, more time for forms, an opinion and a signature, whichever part was slept over", "[core][policies][S6.3.4][S3.1.2][S3.3.1][property]") {
    const int closes = 11;
    for (const auto& p : pauses_around(4, closes)) {
        world none;
        const auto by = woken(p, none);
        const auto check = [&]<class Command>(std::type_identity<Command>, const auto& all, auto day_of, const auto& state) {
            const auto moved = only<Command>(all);
            check_window(-100, closes, moved ? number_of(day_of(*moved)) : closes, -100, p);
            if (moved) CHECK(state.when(*moved, by).passed());
        };
        auto a = appraisal_story().finalised().at().state();
        a.appeal_until = day(closes);
        check(std::type_identity<appraisal::extend_appeal>{}, made_up_for(1, a, p, std::type_identity<appraisal>{}), [](const auto& c) { return c.until; },
              situation<appraisal>(a));
        auto f = given<appraisal>(appraisal_opened).state();
        f.extended_until = day(closes);
        check(std::type_identity<appraisal::extend>{}, made_up_for(1, f, p, std::type_identity<appraisal>{}), [](const auto& c) { return c.until; },
              situation<appraisal>(f));
        request::state q;
        q.is = core::request_status::in_assessment;
        q.assessors = {wei.id, na.id};
        q.assessed = {wei.id};
        q.until = day(closes);
        check(std::type_identity<request::extend_assessment>{}, made_up_for(1, q, p, std::type_identity<request>{}), [](const auto& c) { return c.until; },
              situation<request>(q));
        auto j = active(acceptance_requested, acceptance_convened, signed_by_mei).state();
        j.panel_on = day(closes);
        check(std::type_identity<project::extend_acceptance>{}, made_up_for(1, j, p, std::type_identity<project>{}), [](const auto& c) { return c.on; },
              situation<project>(j));
        // Nobody waits for a day any more.
        q.assessed = q.assessors;
        CHECK(made_up_for(1, q, p, std::type_identity<request>{}).empty());
        a.appealed = true;
        CHECK(made_up_for(1, a, p, std::type_identity<appraisal>{}).empty());
    }
}

TEST_CASE("made up: a window that is days off alone is not lost to them", "[core][policies][S6.4.3]") {
    election::state e;  // Saturday and Sunday
    e.is = core::election_status::nominated;
    e.nominees = {wei.id};
    e.schedule = {day(3), day(5), day(6)};
    const gap over{4, 17, 7, 9};
    const auto moved = only<election::reschedule>(made_up_for(1, e, over, std::type_identity<election>{}));
    REQUIRE(moved);
    CHECK(moved->schedule.voting_closes >= day(8));
    // And one that has working days is not moved by a weekend.
    e.schedule = {day(3), day(4), day(9)};
    e.is = core::election_status::voting;
    CHECK(made_up_for(1, e, over, std::type_identity<election>{}).empty());
}

}  // namespace core_made_up_tests
