// A wrong clock that was believed, and the way back: an event, from which on everything goes by the right time again.

#include "server/engine/past_views.hpp"
#include "server/wire/flows/moment.hpp"
#include "tests/sim/room.hpp"

namespace sim::set_back_tests {

using core::task;
using events::org::time_witness;

namespace {

constexpr auto decade = 24h * 3650;
const events::instant wrong = noon + decade;  // a Thursday in 2036

struct dated {
    events::position at;
    events::instant time;
    std::string type;
};

struct office {
    events::memory_log log;
    events::memory_keyring keys;

    std::vector<dated> all() const {
        std::vector<dated> found;
        events::decoder decode;
        log.read_all({1}, events::direction::forwards, [&](events::position p, std::string_view bytes) {
            const auto e = decode.decode(bytes);
            found.push_back({p, e->envelope.time, std::string(events::type_of(e->event))});
            return true;
        });
        return found;
    }
    std::size_t count(std::string_view type) const {
        const auto found = all();
        return static_cast<std::size_t>(std::count_if(found.begin(), found.end(), [&](const auto& d) { return d.type == type; }));
    }
    events::org::clock_set_back set_back() const {
        std::optional<events::org::clock_set_back> found;
        log.read_stream({events::category::org, 1}, {1}, events::direction::forwards, [&](events::position, std::string_view bytes) {
            const auto e = events::decoder().decode(bytes);
            if (const auto* back = std::get_if<events::org::clock_set_back>(&events::get<events::org::any>(e->event))) found = *back;
            return true;
        });
        REQUIRE(found);
        return *found;
    }
};

void tick(room& r, std::optional<time_witness> witness) {
    auto who = std::make_shared<waiting>();
    REQUIRE(r.writer.submit(engine::tick(who, {}, witness)));
    who->get();
    r.settle();
}

/// Somebody's work, a wrong clock in the middle of it, and the right one an hour later.
void live_through(room& r) {
    r.join("lin", "OM");
    r.join("wei", "SP");
    r.channel(1, "general");
    r.must<core::channel>(2, core::channel::join{}, channel_no(1));
    r.task(1, 2);
    tick(r, time_witness::nobody);
    r.now = wrong;
    tick(r, time_witness::nobody);  // with a digest: all is late
    r.must<task>(2, task::start{}, task_no(1));
    r.post(2, 1, "in 2036");
    r.now = noon + 1h;
    r.post(2, 1, "still in 2036");  // nobody has said what time it is
    tick(r, {});
    tick(r, time_witness::keeper);
    r.post(2, 1, "in 2026");
}

}  // namespace

TEST_CASE("set back: what comes after it is dated right, whether the room starts from a snapshot or from the log", "[sim][clock][S1.3.1]") {
    office o;
    {
        room r(o.log, o.keys);
        r.start();
        live_through(r);
        const auto back = o.set_back();
        CHECK(back.from == wrong);
        CHECK(back.to == noon + 1h);
        CHECK(back.witness == time_witness::keeper);
        tick(r, time_witness::keeper);
        r.now = noon;  // an hour is no reason
        tick(r, time_witness::time_server);
        CHECK(o.count("org.clock_set_back.v1") == 1);
        r.now = noon + 2h;
    }
    const auto snapshot = o.log.kept("state");
    REQUIRE(snapshot);
    for (const bool from_log : {false, true}) {
        o.log.keep("state", from_log ? std::string() : *snapshot);
        room r(o.log, o.keys);
        r.now = noon + 2h;
        r.start();
        r.post(1, 1, "after a start");
        r.settle();
        CHECK(o.all().back().time == noon + 2h);
        CHECK(views_of(r.writer) == rebuilt(o.log, o.keys));
    }
    const auto found = o.all();
    const auto at = std::find_if(found.begin(), found.end(), [](const auto& d) { return d.type == "org.clock_set_back.v1"; });
    REQUIRE(at != found.end());
    CHECK(std::prev(at)->time == wrong);
    for (auto d = at; d != found.end(); ++d) CHECK(d->time <= noon + 2h);
}

TEST_CASE("set back: what is asked about the past goes by when it was, and never back", "[sim][clock][as_of]") {
    office o;
    room r(o.log, o.keys);
    r.start();
    live_through(r);
    r.now = noon + 3h;
    r.post(1, 1, "later");
    r.settle();
    const auto clock = r.read.set_backs();
    const auto found = o.all();
    const auto first_wrong = std::find_if(found.begin(), found.end(), [](const auto& d) { return d.time == wrong; })->at;
    const auto back = std::find_if(found.begin(), found.end(), [](const auto& d) { return d.type == "org.clock_set_back.v1"; })->at;
    const auto position = [&](events::instant t) { return wire::position_at(o.log, clock, t); };
    CHECK(position(noon - 1h).value == 0);
    CHECK(position(noon).value == first_wrong.value - 1);
    CHECK(position(noon + 59min).value == first_wrong.value - 1);
    CHECK(position(noon + 1h).value >= back.value);
    CHECK(position(noon + 2h).value == found.size() - 1);
    CHECK(position(noon + 3h).value == found.size());
    events::instant before{};
    for (const auto& d : found) {
        const auto when = clock.when(d.at, d.time);
        CHECK(when >= before);
        CHECK(when <= noon + 3h);
        before = when;
    }
    // By a position within it as well: nothing of a time that is still to come.
    const auto asked = wire::parse_moment(std::to_string(first_wrong.value), o.log, clock, 0min, noon + 3h);
    REQUIRE(std::holds_alternative<wire::moment>(asked));
    CHECK(std::get<wire::moment>(asked).time == noon + 1h);

    const auto v = views_of(r.writer);
    const auto* row = v.board.row({1});
    CHECK(row->assigned_at == noon);
    CHECK(row->changed_at == noon + 1h);
    CHECK(row->steps.last().since == noon + 1h);
    server::engine::past_views past(o.log, o.keys, {.present = &r.writer.views()});
    for (const auto p : {first_wrong.value - 1, first_wrong.value, back.value, found.size()}) {
        const auto then = past.at({p});
        CHECK(then->board.row({1})->steps.all().size() == (p < first_wrong.value + 1 ? 1 : 2));
    }
    const auto dossier = std::get<wire::document>(r.read.task({{1}}, {1})).body;
    CHECK(dossier.find("\"since\":\"2036") == std::string::npos);
}

TEST_CASE("set back: people are told again on the right days", "[sim][clock][S1.3.3]") {
    office o;
    room r(o.log, o.keys);
    r.start();
    live_through(r);
    const auto told = o.count("desk.reminded.v1");
    CHECK(told > 0);
    r.now = std::chrono::sys_days(std::chrono::year(2026) / 12 / 2) + 10h;
    r.must<task>(1, task::assign{"new work", {}, "complete", std::chrono::year(2026) / 12 / 2, {2}, {}, {}, {}});
    tick(r, time_witness::nobody);
    CHECK(o.count("desk.reminded.v1") > told);
}

TEST_CASE("set back: nobody sets it back by hand", "[sim][clock][S1.3.1]") {
    office o;
    room r(o.log, o.keys);
    r.start();
    r.join("ada", "AD", "technology");
    r.now = noon + 1h;
    const core::org::set_clock_back by_hand{noon + decade, time_witness::keeper};
    CHECK(code_of(r.ask<core::org>(1, by_hand, events::stream_id{events::category::org, 1})) == "by_itself");
}

TEST_CASE("set back: what the wrong clock had pushed far away comes back", "[sim][clock][S6.4.3]") {
    using core::election;
    office o;
    room r(o.log, o.keys);
    r.start();
    r.join("lin", "OM");
    r.join("wei", "SP");
    const auto day = [](int n) { return events::date(std::chrono::floor<std::chrono::days>(noon) + std::chrono::days(n)); };
    r.must<election>(1, election::open{"of the year", "2026", 1, {}, {day(2), day(4), day(9)}, "age1publickey"});
    tick(r, time_witness::nobody);
    r.now = wrong;
    auto who = std::make_shared<waiting>();
    REQUIRE(r.writer.submit(engine::tick(who, noon, time_witness::time_server)));  // ten years asleep, it seems
    who->get();
    r.settle();
    CHECK(views_of(r.writer).of<core::election>().row(1)->state.schedule.voting_closes.year() == std::chrono::year(2036));
    r.now = noon + 1h;
    tick(r, time_witness::keeper);
    const auto schedule = views_of(r.writer).of<core::election>().row(1)->state.schedule;
    CHECK(schedule.nominations_close >= day(2));
    CHECK(schedule.voting_closes >= day(9));
    CHECK(schedule.voting_closes <= day(23));
}

}  // namespace sim::set_back_tests
