// A server that stood still: whatever part of a window it slept over, nobody loses the working days that they would have had.

#include "tests/sim/room.hpp"

namespace sim::made_up_tests {

using core::cycle;
using core::election;

namespace {

constexpr std::chrono::sys_days first_day = std::chrono::year(2026) / 11 / 30;  // a Monday

events::instant on(int day, std::chrono::minutes of_day = 9h) { return first_day + std::chrono::days(day) + of_day; }
events::date date_on(int day) { return first_day + std::chrono::days(day); }

struct asleep {
    int from = 0;  ///< its last tick was on this day, at noon
    int days = 0;  ///< and it woke so many days later, at nine
};

struct office {
    events::memory_log log;
    events::memory_keyring keys;
    room r{log, keys};
    std::uint64_t lin, wei, hr;
    events::instant last_tick{};

    office() {
        r.now = on(0);
        r.start();
        lin = r.join("lin", "OM");
        wei = r.join("wei", "SP");
        hr = r.join("hui", "HR");
        r.must<core::indicators>(hr, *core::handbook_indicators({"SP"}));
    }
    void tick(events::instant when) {
        r.now = when;
        auto who = std::make_shared<waiting>();
        const auto slept = last_tick != events::instant{} && when - last_tick > 1h ? std::optional(last_tick) : std::nullopt;
        REQUIRE(r.writer.submit(engine::tick(who, slept)));
        who->get();
        last_tick = when;
        r.settle();
    }
    /// Every half hour of a day that it is awake on.
    void live_through(int day, const asleep& pause) {
        for (auto t = 0min; t < 24h; t += 30min) {
            const auto when = on(day, t);
            if (when > on(pause.from, 12h) && when < on(pause.from + pause.days)) continue;
            tick(when);
        }
    }
    /// On how many working days somebody could do something while `is` was so.
    template <class Is>
    int days_while(int until, const asleep& pause, Is is) {
        int count = 0;
        for (int day = 1; day < until; ++day) {
            live_through(day, pause);
            const bool awake = !(day > pause.from && day < pause.from + pause.days);
            if (awake && day % 7 < 5 && is()) ++count;
        }
        return count;
    }
};

election::schedule voting(int nominations_close, int opens, int closes) { return {date_on(nominations_close), date_on(opens), date_on(closes)}; }

}  // namespace

TEST_CASE("made up: whenever the server slept, and however long, voting is open as many working days as it was to be", "[sim][tick][S6.4.3]") {
    const auto days_of_voting = [](const asleep& pause) {
        office o;
        o.r.must<election>(o.lin, election::open{"of the year", "2026", 1, {}, voting(2, 4, 9), "age1publickey"});
        o.r.must<election>(o.wei, election::nominate{{o.hr}, "the campaign"}, events::stream_id{events::category::election, 1});
        return o.days_while(45, pause, [&] { return views_of(o.r.writer).of<core::election>().row(1)->state.is == core::election_status::voting; });
    };
    const auto planned = days_of_voting({});
    REQUIRE(planned > 3);
    for (const int from : {1, 2, 3, 4, 6, 8, 9})
        for (const int days : {1, 2, 5, 12, 20}) {
            INFO("asleep from day " << from << " for " << days);
            CHECK(days_of_voting({from, days}) >= planned);
        }
}

TEST_CASE("made up: a cycle that was slept over has its days, and says why they are others", "[sim][tick][S6.2]") {
    const auto days_of_self = [](const asleep& pause) {
        office o;
        const cycle::schedule days{date_on(3), date_on(8), date_on(14), date_on(14), date_on(20)};
        o.r.must<cycle>(o.hr, cycle::plan{cycle::kind::quarter, 2026, std::uint8_t{4}, days});
        const auto open = o.days_while(60, pause, [&] { return views_of(o.r.writer).of<core::cycle>().row(1)->status() == core::cycle_status::open; });
        std::string reasons;
        o.log.read_all({1}, events::direction::forwards, [&](events::position, std::string_view bytes) {
            if (bytes.find("cycle.rescheduled.v1") != bytes.npos) reasons += bytes;
            return true;
        });
        const auto missed = [&](int step) { return step > pause.from && step <= pause.from + pause.days; };
        if (missed(3) || missed(8) || missed(14) || missed(20)) {
            CHECK(reasons.find("the server stood still from") != std::string::npos);
            CHECK(reasons.find("停顿") != std::string::npos);
        }
        return open;
    };
    const auto planned = days_of_self({});
    for (const int from : {1, 3, 5, 7})
        for (const int days : {4, 9, 16}) {
            INFO("asleep from day " << from << " for " << days);
            CHECK(days_of_self({from, days}) >= planned);
        }
}

TEST_CASE("made up: nothing is moved by a night, a weekend, an hour, or by what is not to come", "[sim][tick]") {
    office o;
    o.r.must<election>(o.lin, election::open{"of the year", "2026", 1, {}, voting(9, 14, 19), "age1publickey"});
    o.r.must<election>(o.lin, election::open{"of the month", "2026-11", 1, {}, voting(1, 9, 14), "age1publickey"});
    o.r.must<election>(o.wei, election::nominate{{o.hr}, "the campaign"}, events::stream_id{events::category::election, 2});
    const auto version = [&](std::uint64_t n) { return o.log.version_of({events::category::election, n}); };
    o.tick(on(0, 17h));
    const auto before = version(1);
    o.tick(on(1));            // a night
    o.tick(on(1, 10h + 30min));
    o.tick(on(1, 17h));
    o.tick(on(2, 17h));       // most of a day
    CHECK(version(1) != before);
    const auto nominated = version(2), moved = version(1);
    CHECK(views_of(o.r.writer).of<core::election>().row(2)->state.is == core::election_status::nominated);
    o.tick(on(4, 17h));       // of the second one nothing was to be done
    CHECK(version(2) == nominated);
    CHECK(version(1) != moved);
    const auto after = version(1);
    o.tick(on(7));            // a weekend
    CHECK(version(1) == after);
    CHECK(version(2) == nominated);
}

TEST_CASE("made up: whose time was given back is told", "[sim][tick][S6.4.3]") {
    office o;
    o.r.must<election>(o.lin, election::open{"of the year", "2026", 1, {}, voting(4, 7, 11), "age1publickey"});
    o.tick(on(0, 17h));
    o.tick(on(3));
    const auto v = views_of(o.r.writer);
    CHECK(v.of<core::election>().row(1)->state.schedule.nominations_close == date_on(8));
    for (const auto who : {o.lin, o.wei, o.hr}) {
        const auto& notices = v.of<core::desk>().row(who)->state.notices;
        CHECK(std::any_of(notices.begin(), notices.end(), [](const auto& told) { return told.what.command == "election.rescheduled.v1"; }));
    }
}

}  // namespace sim::made_up_tests
