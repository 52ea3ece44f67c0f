// Ticks: what the day brings follows by itself, once, however often the clock strikes and whatever dies in between.

#include "tests/sim/room.hpp"

#include "events/log/verify.hpp"

namespace sim::ticks_tests {

using core::cycle;
using core::task;

namespace {

struct in_memory {
    events::memory_log log;
    events::memory_keyring keys;
};

events::instant at(int year, unsigned month, unsigned day, std::chrono::minutes of_day = 10h) {
    return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)) + of_day;
}

/// How many events there were.
std::uint32_t tick(room& r, events::instant when) {
    r.now = when;
    auto who = std::make_shared<waiting>();
    REQUIRE(r.writer.submit(engine::tick(who)));
    const auto count = std::get<engine::done>(who->get()).count;
    r.settle();
    return count;
}

struct office {
    std::uint64_t leader, manager, wei, hr;
};

/// A manager, her superior, one who answers to her, and a cycle for the fourth quarter of 2026 with its indicators.
office move_in(room& r) {
    office o{r.join("sun", "SL", "management"), r.join("lin", "OM"), r.join("wei", "SP"), r.join("hui", "HR", "management")};
    r.must<core::member>(0, core::member::set_superior{{o.leader}}, member_no(o.manager));
    r.must<core::member>(0, core::member::set_superior{{o.manager}}, member_no(o.wei));
    r.must<core::indicators>(o.hr, *core::handbook_indicators({"SP"}));
    r.must<cycle>(o.hr, cycle::plan{cycle::kind::quarter, 2026, std::uint8_t{4}, {}});
    return o;
}

std::uint64_t done_task(room& r, const office& o) {
    const auto t = r.task(o.manager, o.wei);
    r.must<task>(o.wei, task::start{}, task_no(t));
    r.must<task>(o.wei, task::submit{"sent"}, task_no(t));
    r.must<task>(o.manager, task::accept{}, task_no(t));
    return t;
}

core::appraisal::state appraisal_1(const room& r) {
    return views_of(r.writer).of<core::appraisal>().row(1)->state;
}

const engine::options small_batches{.batch_events_max = 3, .utc_offset = 0min};

std::string inbox_of(const room& r, std::uint64_t who) { return std::get<wire::document>(r.read.inbox({who}, {})).body; }

}  // namespace

TEST_CASE("tick: a cycle opens on its day, everyone's appraisal with it, and the log says what speaks for whom", "[sim][tick][S6.2][S6.3.2]") {
    in_memory m;
    room r(m.log, m.keys);
    r.start();
    const auto o = move_in(r);
    for (int i = 0; i < 4; ++i) done_task(r, o);
    tick(r, at(2027, 1, 3, 23h));  // no calendar was published: New Year's Day is off by law (D15)
    CHECK(views_of(r.writer).of<core::appraisal>().rows().empty());
    CHECK(tick(r, at(2027, 1, 4, 1min)) > 0);
    const auto v = views_of(r.writer);
    CHECK(v.of<core::cycle>().row(1)->status() == core::cycle_status::open);
    REQUIRE(v.of<core::appraisal>().rows().size() == 1);
    const auto a = appraisal_1(r);
    CHECK(a.employee.value == o.wei);
    std::size_t on_time = 0;
    for (const auto& piece : a.evidence) on_time += a.indicators[piece.indicator].code == "execution";
    CHECK(on_time == 4);
    CHECK(tick(r, at(2027, 1, 4, 2min)) == 0);
}

TEST_CASE("tick: it does nothing twice, in batches of any size, through restarts", "[sim][tick][S6.2]") {
    in_memory m;
    std::uint64_t head = 0;
    std::vector<core::appraisal::piece> evidence;
    {
        room r(m.log, m.keys, small_batches);
        r.start();
        const auto o = move_in(r);
        for (int i = 0; i < 6; ++i) done_task(r, o);
        tick(r, at(2027, 1, 12, 8h));
        CHECK(views_of(r.writer).of<core::cycle>().row(1)->status() == core::cycle_status::self_closed);  // both steps were due
        evidence = appraisal_1(r).evidence;
        CHECK(evidence.size() >= 6);
        CHECK(tick(r, at(2027, 1, 12, 8h)) == 0);
        head = m.log.head().value;
    }
    {
        room r(m.log, m.keys);  // from the snapshot, with all that speaks for whom
        r.start();
        CHECK(tick(r, at(2027, 1, 12, 8h)) == 0);
        CHECK(appraisal_1(r).evidence == evidence);
    }
    m.log.keep("state", "");
    {
        room r(m.log, m.keys);  // and from the log alone
        r.start();
        CHECK(tick(r, at(2027, 1, 12, 8h)) == 0);
        CHECK(m.log.head().value == head);
    }
}

TEST_CASE("tick: what was cut off goes on where it was", "[sim][tick]") {
    in_memory m;
    std::uint64_t before = 0;
    {
        room r(m.log, m.keys);
        r.start();
        const auto o = move_in(r);
        for (int i = 0; i < 3; ++i) done_task(r, o);
        r.settle();
        before = m.log.head().value;
    }
    // The first events of the tick are durable, what came after them is not: as if the process had died there.
    events::memory_log cut;
    {
        room r(m.log, m.keys, small_batches);
        r.start();
        tick(r, at(2027, 1, 12, 8h));
    }
    m.log.read_all({1}, events::direction::forwards, [&](events::position p, std::string_view bytes) {
        if (p.value > before + 2) return false;
        events::decoder decode;
        const auto about = decode.decode_envelope(bytes);
        const events::entry one[] = {{*about, bytes}};
        REQUIRE(cut.append(one).has_value());
        return true;
    });
    room r(cut, m.keys);
    r.start();
    tick(r, at(2027, 1, 12, 8h));
    room whole(m.log, m.keys);
    CHECK(appraisal_1(r) == appraisal_1(whole));
    CHECK(views_of(r.writer).of<core::cycle>().row(1)->state == views_of(whole.writer).of<core::cycle>().row(1)->state);
    CHECK(cut.head() == m.log.head());
}

TEST_CASE("tick: a digest when work begins, for its reader alone, until they take note", "[sim][tick][S1.3.3][D5]") {
    in_memory m;
    room r(m.log, m.keys);
    r.start();
    const auto o = move_in(r);
    const auto t = r.task(o.manager, o.wei);  // due on Tuesday, 2026-12-01
    r.must<task>(o.wei, task::start{}, task_no(t));
    tick(r, at(2026, 11, 29));  // a Sunday
    tick(r, at(2026, 11, 30, 8h + 59min));
    CHECK(inbox_of(r, o.wei).find("notice") == std::string::npos);
    CHECK(tick(r, at(2026, 11, 30, 9h)) == 1);
    CHECK(tick(r, at(2026, 11, 30, 9h + 1min)) == 0);
    const auto shown = inbox_of(r, o.wei);
    CHECK(shown.find(R"("kind":"notice","why":"due_soon","notice":{"number":1,"what":"task","id":1,"name":"weekly figures","command":"task.submit")") != std::string::npos);
    for (const auto who : {o.leader, o.manager, o.hr}) CHECK(inbox_of(r, who).find("notice") == std::string::npos);
    const events::stream_id desk{events::category::desk, o.wei};
    CHECK(code_of(r.ask<core::desk>(o.manager, core::desk::acknowledge{{1}}, desk)) == "not_found");
    CHECK(code_of(r.ask<core::desk>(o.wei, core::desk::acknowledge{{1}}, desk)) == "done");
    r.settle();
    CHECK(inbox_of(r, o.wei).find("notice") == std::string::npos);
    // Two working days late: he is told again, as it is another kind, and she is told for the first time.
    tick(r, at(2026, 12, 3));
    CHECK(inbox_of(r, o.wei).find(R"("why":"late")") != std::string::npos);
    CHECK(inbox_of(r, o.manager).find(R"("why":"escalated")") != std::string::npos);
    r.now = at(2026, 12, 3, 11h);
    r.must<task>(o.wei, task::submit{"sent"}, task_no(t));
    r.settle();
    CHECK(inbox_of(r, o.wei).find("notice") == std::string::npos);
    CHECK(inbox_of(r, o.manager).find("notice") == std::string::npos);
}

TEST_CASE("told: a step is soon due or late, never both", "[sim][tick][S1.3.3]") {
    in_memory m;
    room r(m.log, m.keys);
    r.start();
    const auto o = move_in(r);
    const auto t = r.task(o.manager, o.wei);  // due on Tuesday, 2026-12-01
    r.must<task>(o.wei, task::start{}, task_no(t));
    const auto says = [&](events::instant now, const char* why) {
        const wire::documents read(r.writer.views(), m.log, m.keys, [now] { return now; }, 0min);
        return std::get<wire::document>(read.inbox({o.wei}, {})).body.find(std::string(R"("kind":"notice","why":")") + why) != std::string::npos;
    };
    tick(r, at(2026, 11, 30));
    for (const auto now : {at(2026, 11, 30), at(2026, 12, 1, 23h + 59min)}) {
        CHECK(says(now, "due_soon"));
        CHECK_FALSE(says(now, "late"));
    }
    CHECK_FALSE(says(at(2026, 12, 2, 1min), "due_soon"));  // it is late, and nobody has said so yet
    tick(r, at(2026, 12, 2));
    CHECK(says(at(2026, 12, 2), "late"));
    CHECK_FALSE(says(at(2026, 12, 2), "due_soon"));
}

TEST_CASE("told: who works on a task hears what is decided on it, and who decided does not", "[sim][S1.3.3][S3.2.1][S3.2.2]") {
    in_memory m;
    room r(m.log, m.keys);
    r.start();
    const auto o = move_in(r);
    const auto na = r.join("na", "SP");
    tick(r, at(2026, 11, 30));
    const auto t = r.task(o.manager, o.wei);
    r.must<task>(o.manager, task::reassign{{na}, "wei is away"}, task_no(t));
    r.must<task>(na, task::start{}, task_no(t));
    r.must<task>(na, task::submit{"sent"}, task_no(t));
    r.must<task>(o.manager, task::accept{}, task_no(t));
    r.settle();
    const auto hears = [&](std::uint64_t who, const char* what) {
        return inbox_of(r, who).find(std::string(R"("what":"task","id":1,"name":"weekly figures","happened":")") + what) != std::string::npos;
    };
    CHECK(hears(o.wei, "task.reassigned.v1"));
    CHECK(hears(na, "task.reassigned.v1"));
    CHECK(hears(na, "task.accepted.v1"));
    CHECK_FALSE(hears(o.wei, "task.accepted.v1"));
    CHECK(inbox_of(r, o.manager).find("\"decided\"") == std::string::npos);
}

TEST_CASE("told: what is changed about a person is shown with their name", "[sim][S1.3.3][D11]") {
    in_memory m;
    room r(m.log, m.keys);
    r.start();
    const auto o = move_in(r);
    tick(r, at(2026, 11, 30));
    r.must<core::member>(o.wei, core::member::delegate{{o.manager}, events::date{std::chrono::year(2026) / 12 / 1}, {}, "away"}, member_no(o.wei));
    r.must<core::org>(o.leader, core::org::configure{[] {
        events::org::settings s;
        s.remind_days = 2;
        return s;
    }(), "earlier"});
    r.settle();
    CHECK(inbox_of(r, o.manager).find(R"("what":"member","id":3,"name":"wei","happened":"member.delegated.v1")") != std::string::npos);
    CHECK(inbox_of(r, o.hr).find(R"("what":"org","id":1,"name":"","happened":"org.configured.v1")") != std::string::npos);
    CHECK(inbox_of(r, o.leader).find("\"decided\"") == std::string::npos);
}

TEST_CASE("told: a decision reaches whom it concerns, in the same batch, until they take note of it", "[sim][S1.3.3][S1.3.5][D5]") {
    in_memory m;
    room r(m.log, m.keys);
    r.start();
    const auto o = move_in(r);
    const auto na = r.join("na", "SP");
    tick(r, at(2026, 11, 30));
    const core::proposal::file idea{{"一键补数", events::proposal::kind::process, "人工", "自动", "每天一小时", {}, {{na}}, {}}};
    r.must<core::proposal>(o.wei, idea);
    const events::stream_id which{events::category::proposal, 1};
    const auto before = m.log.head().value;
    CHECK(code_of(r.ask<core::proposal>(o.manager, core::proposal::reject{"no time"}, which)) == "done");
    r.settle();
    std::vector<std::string> types;
    m.log.read_all({before + 1}, events::direction::forwards, [&](events::position, std::string_view bytes) {
        events::decoder decode;
        types.emplace_back(events::type_of(decode.decode(bytes)->event));
        return true;
    });
    CHECK(types == std::vector<std::string>{"proposal.rejected.v1", "desk.told.v1", "desk.told.v1"});
    for (const auto who : {o.wei, na}) {
        const auto shown = inbox_of(r, who);
        CHECK(shown.find(R"("why":"decided","notice":{"number":1,"what":"proposal","id":1,"name":"一键补数","happened":"proposal.rejected.v1")") !=
              std::string::npos);
    }
    for (const auto who : {o.leader, o.manager, o.hr}) CHECK(inbox_of(r, who).find("\"decided\"") == std::string::npos);
    // No digest takes it away.
    tick(r, at(2026, 12, 1));
    tick(r, at(2026, 12, 2));
    CHECK(inbox_of(r, na).find("\"decided\"") != std::string::npos);
    r.must<core::desk>(na, core::desk::acknowledge{{1}}, events::stream_id{events::category::desk, na});
    r.settle();
    CHECK(inbox_of(r, na).find("\"decided\"") == std::string::npos);
    CHECK(inbox_of(r, o.wei).find("\"decided\"") != std::string::npos);
}

TEST_CASE("calendar: a year that is published moves what was planned, and says so; one that is not is asked for", "[sim][D6][D15][S6.2]") {
    in_memory m;
    room r(m.log, m.keys);
    r.start();
    const auto o = move_in(r);
    tick(r, at(2026, 11, 30));
    CHECK(inbox_of(r, o.hr).find("calendar.publish_year") == std::string::npos);
    tick(r, at(2026, 12, 1));
    CHECK(inbox_of(r, o.hr).find(R"("what":"calendar","id":1,"name":"2027","command":"calendar.publish_year")") != std::string::npos);
    CHECK(inbox_of(r, o.wei).find("calendar.publish_year") == std::string::npos);
    const auto planned = views_of(r.writer).of<core::cycle>().row(1)->state.schedule;
    using std::chrono::year;
    CHECK(planned.opens == events::date{year(2027) / 1 / 4});
    const events::calendar::special_day off[]{{year(2027) / 1 / 1, {"元旦", "New Year"}}, {year(2027) / 1 / 4, {"元旦", "New Year"}}};
    r.must<core::calendar>(o.hr, core::calendar::publish_year{2027, "notice", {off[0], off[1]}, {}, "two days are enough here"});
    r.settle();
    CHECK(views_of(r.writer).of<core::cycle>().row(1)->state.schedule.opens == events::date{year(2027) / 1 / 5});
    CHECK(inbox_of(r, o.hr).find("cycle.rescheduled.v1") != std::string::npos);
    tick(r, at(2026, 12, 2));
    CHECK(inbox_of(r, o.hr).find("calendar.publish_year") == std::string::npos);
    // Days that are known are not lost without a word.
    CHECK(code_of(r.ask<core::calendar>(o.hr, core::calendar::publish_year{2027, "notice", {off[0]}, {}, {}})) == "drops_days");
    CHECK(code_of(r.ask<core::calendar>(o.hr, core::calendar::publish_year{2027, "notice", {off[0]}, {}, "the second notice"})) == "done");
}

}  // namespace sim::ticks_tests
