// Desks, and who is told of what by itself.

#include "core/appraisal/appraisal.hpp"
#include "core/cycle/cycle.hpp"
#include "core/desk/desk.hpp"
#include "core/election/election.hpp"
#include "core/org/org.hpp"
#include "core/project/project.hpp"
#include "core/task/task.hpp"
#include "tests/support/appraised.hpp"
#include "tests/support/flow_table.hpp"

#include "core/entity.hpp"
#include "core/definitions/definitions.hpp"
#include "core/policies/reminders.hpp"
#include "events/catalog/any.hpp"

using namespace opsroom_test;
using core::desk;
using core::task;
using core::task_status;
using no = core::desk::rejection;
using kind = events::desk::kind;
namespace happened = events::desk;
namespace policies = core::policies;

namespace {

const events::stream_id task_7{events::category::task, 7};

desk::notice about(kind is, core::date due = tomorrow, core::member_id on = wei.id, std::uint64_t since = 20) {
    return {0, is, task_7, "task.submit", {since}, due, on};
}

const happened::opened opened{wei.id};

happened::reminded told(std::vector<desk::notice> notices, core::date day = yesterday) {
    std::uint32_t number = 0;
    for (auto& n : notices) n.number = ++number;
    return {day, std::move(notices), 0, {}};
}

/// Everything came into its status on the day, by event 20.
class since_then final : public policies::status_entries {
public:
    explicit since_then(core::date day = today) : since_(std::chrono::sys_days(day) + 2h) {}
    policies::status_entry status_entry_of(events::stream_id) const override { return {since_, {20}}; }

private:
    core::instant since_;
};

task::state task_of(core::member_id to, core::date due, task_status is = task_status::in_progress) {
    task::state t;
    t.is = is;
    t.to = to;
    t.due = due;
    t.department = {"operations"};
    return t;
}

const core::definitions::state unamended{};
const core::amended_flows flows(unamended);

/// With a desk for each of the office's people, as the system, on `day` at 10:00.
core::context at_work(world& w, core::date day = today) {
    for (const auto* p : office_people)
        if (!w.find<desk>(p->id.value)) w.put<desk>(p->id.value, given<desk>(happened::opened{p->id}).state());
    auto by = office_system(w);
    by.flows = &flows;
    by.today = day;
    by.now = std::chrono::sys_days(day) + 2h;
    return by;
}

/// What each is to be told.
std::map<std::uint64_t, desk::remind> digests(const core::context& by, const policies::status_entries& when = since_then()) {
    std::map<std::uint64_t, desk::remind> all;
    for (const auto& one : policies::reminders(by, when)) {
        REQUIRE(one.target);
        all[one.target->number] = std::get<desk::remind>(one.what.get<desk::command>());
    }
    return all;
}

}  // namespace

TEST_CASE("desk: it is opened by itself, in the order of the members", "[core][desk][S1.3.3]") {
    auto by = as_system();
    by.fresh = wei.id.value;
    CHECK(given<desk>().when(desk::open{wei.id}, by) == opened);
    CHECK(given<desk>().when(desk::open{lin.id}, by) == no::not_next);
    CHECK(given<desk>().when(desk::open{wei.id}, as(wei)) == no::by_itself);
    CHECK(given<desk>(opened).when(desk::open{wei.id}, by) == no::already_exists);
}

TEST_CASE("desk: one digest a day, and nothing is announced twice", "[core][desk][S1.3.3]") {
    const auto at = given<desk>(opened);
    const desk::remind first{today, {about(kind::due_soon), about(kind::due_soon, tomorrow, wei.id, 21)}, 0, {}};
    CHECK(at.when(first, as_system()) == told({about(kind::due_soon), about(kind::due_soon, tomorrow, wei.id, 21)}, today));
    CHECK(at.when(first, as(wei)) == no::by_itself);
    const auto after = at.after(first, as_system());
    CHECK(after.when(first, as_system()) == nothing<desk>());
    CHECK(after.when(desk::remind{today, {about(kind::late)}, 0, {}}, as_system()) == nothing<desk>());
    // The next day the same step is late: another kind, numbered on; what was told stays told, though its day was moved.
    auto late = about(kind::late, yesterday);
    late.number = 3;
    CHECK(after.when(desk::remind{tomorrow, {about(kind::due_soon, today), about(kind::late, yesterday)}, 0, {}}, as_system()) ==
          happened::reminded{tomorrow, {late}, 0, {}});
    CHECK(after.when(desk::remind{tomorrow, {about(kind::due_soon)}, 0, {}}, as_system()) == nothing<desk>());
    // A wrong clock was set back: the day comes after one that lies ahead.
    CHECK(at.after(desk::remind{core::date{2036y / 11 / 20}, {about(kind::late)}, 0, {}}, as_system()).when(first, as_system()).happened().size() == 1);
    const std::vector<desk::notice> flood(core::notices_max + 1, about(kind::late));
    CHECK(at.when(desk::remind{today, flood, 0, {}}, as_system()) == bad_field{"notices"});
}

TEST_CASE("desk: its owner takes note, and nobody else", "[core][desk][S1.3.3]") {
    const auto at = given<desk>(opened, told({about(kind::due_soon), about(kind::late)}));
    CHECK(at.when(desk::acknowledge{{1}}, as(wei)) == happened::acknowledged{{1}});
    CHECK(at.after(desk::acknowledge{{1}}, as(wei)).when(desk::acknowledge{{1}}, as(wei)) == nothing<desk>());
    CHECK(at.after(desk::acknowledge{{1}}, as(wei)).when(desk::acknowledge{{1, 2, 2}}, as(wei)) == happened::acknowledged{{2}});
    CHECK(at.when(desk::acknowledge{{3}}, as(wei)) == no::no_such_notice);
    CHECK(at.when(desk::acknowledge{{}}, as(wei)) == bad_field{"notices"});
    CHECK(at.when(desk::acknowledge{{1}}, as_system()) == no::not_owner);
    const auto tried = check_every_pair<desk>({given<desk>(), at}, {desk::acknowledge{{1}}}, [](const desk::state& d, std::string_view, const core::person& who) {
        return d.is == core::desk_status::open && who.id == wei.id;
    });
    CHECK(tried == 2 * everybody.size());
    check_rows_agree<desk>({at}, {desk::acknowledge{{1}}});
}

TEST_CASE("desk: nobody but its owner may see it, nor what happened on it", "[core][desk][access][D5]") {
    const auto at = given<desk>(opened, told({about(kind::late)})).state();
    for (const auto* who : office_people) {
        INFO(who->id.value);
        CHECK(may_see(at, as(*who)) == (who->id == wei.id));
        CHECK(core::entity_of<desk>(at).may_read(events::any(events::desk::any(opened)), as(*who)) == (who->id == wei.id));
    }
}

TEST_CASE("reminders: on working days, once work has begun", "[core][policies][S1.3.3][D6]") {
    world w;
    auto by = at_work(w);
    CHECK(policies::is_time_to_remind(by));
    by.now = std::chrono::sys_days(today) + 59min;
    CHECK(!policies::is_time_to_remind(by));  // 08:59
    by.now += 1min;
    CHECK(policies::is_time_to_remind(by));
    CHECK(!policies::is_time_to_remind(at_work(w, yesterday)));  // a Sunday
    const core::working_calendar made_up({}, {yesterday}, {2026});
    auto sunday = at_work(w, yesterday);
    sunday.calendar = &made_up;
    CHECK(policies::is_time_to_remind(sunday));
}

TEST_CASE("reminders: who has a step that is soon due or late is told, their superior once it is too late", "[core][policies][S1.3.3]") {
    const core::date thursday{2026y / 11 / 19}, friday{2026y / 11 / 20}, wednesday{2026y / 11 / 25};
    world w;
    w.put<task>(7, task_of(wei.id, tomorrow));
    auto all = digests(at_work(w));
    REQUIRE(all.size() == 1);
    CHECK(all[wei.id.value].notices == std::vector{about(kind::due_soon)});

    w.put<task>(7, task_of(wei.id, wednesday));
    CHECK(digests(at_work(w)).empty());
    w.put<task>(7, task_of(wei.id, today));
    CHECK(digests(at_work(w))[wei.id.value].notices == std::vector{about(kind::due_soon, today)});

    w.put<task>(7, task_of(wei.id, friday));  // a working day late
    all = digests(at_work(w));
    REQUIRE(all.size() == 1);
    CHECK(all[wei.id.value].notices == std::vector{about(kind::late, friday)});

    w.put<task>(7, task_of(wei.id, thursday));  // two
    all = digests(at_work(w));
    REQUIRE(all.size() == 2);
    CHECK(all[wei.id.value].notices == std::vector{about(kind::late, thursday)});
    CHECK(all[lin.id.value].notices == std::vector{about(kind::escalated, thursday)});

    w.put<task>(7, task_of(wei.id, thursday, task_status::done));
    CHECK(digests(at_work(w)).empty());
}

TEST_CASE("reminders: the days are those that are settled", "[core][policies][S1.3.2][S1.3.3]") {
    world w;
    w.put<task>(7, task_of(wei.id, core::date{2026y / 11 / 25}));
    auto by = at_work(w);
    events::org::settings how;
    how.remind_days = 2;
    by.how = &how;
    CHECK(digests(by).count(wei.id.value) == 1);
    how.escalate_days = 3;
    w.put<task>(7, task_of(wei.id, core::date{2026y / 11 / 19}));
    CHECK(digests(by).count(lin.id.value) == 0);
}

TEST_CASE("reminders: a status that has a limit is due by it", "[core][policies][S1.3.3]") {
    world w;
    w.put<task>(7, task_of(wei.id, core::date{2026y / 12 / 24}, task_status::submitted));
    // Submitted on Thursday: three working days are over on Tuesday.
    const auto all = digests(at_work(w), since_then(core::date{2026y / 11 / 19}));
    REQUIRE(all.count(lin.id.value) == 1);
    const auto& n = all.at(lin.id.value).notices.at(0);
    CHECK(n.command == "task.accept");
    CHECK(n.due == tomorrow);
    CHECK(n.kind == kind::due_soon);
}

TEST_CASE("reminders: what was told is not told again, and forgotten once the step is over", "[core][policies][S1.3.3]") {
    world w;
    w.put<task>(7, task_of(wei.id, tomorrow));
    w.put<desk>(wei.id.value, given<desk>(opened, told({about(kind::due_soon)})).state());
    CHECK(digests(at_work(w)).empty());
    w.put<desk>(wei.id.value, given<desk>(opened, told({about(kind::due_soon, tomorrow, wei.id, 19)})).state());
    auto all = digests(at_work(w));  // it was another time that it waited
    CHECK(all[wei.id.value].over == std::vector<std::uint32_t>{1});
    CHECK(all[wei.id.value].notices == std::vector{about(kind::due_soon)});
    w.put<task>(7, task_of(wei.id, tomorrow, task_status::cancelled));
    w.put<desk>(wei.id.value, given<desk>(opened, told({about(kind::due_soon)})).state());
    all = digests(at_work(w));
    CHECK(all[wei.id.value].over == std::vector<std::uint32_t>{1});
    CHECK(all[wei.id.value].notices.empty());
}

TEST_CASE("reminders: a flood is cut, and says so", "[core][policies][S1.3.3]") {
    world w;
    for (std::uint64_t n = 1; n <= core::notices_max + 5; ++n) w.put<task>(n, task_of(wei.id, tomorrow));
    const auto all = digests(at_work(w));
    CHECK(all.at(wei.id.value).notices.size() == core::notices_max);
    CHECK(all.at(wei.id.value).more == 5);
}

TEST_CASE("reminders: a superior is told of nothing that they may not see, nor who has not voted", "[core][policies][S1.3.3][D5][D7]") {
    // wei's evaluation by lin is late; lin's superior, zhou, reviews it.
    auto w = world_with(core::cycle_status::self_closed);
    auto c = cycle_at(core::cycle_status::self_closed);
    c.schedule.evaluation_closes = core::date{2026y / 11 / 17};
    w.put<core::cycle>(1, c);
    w.put<core::appraisal>(1, appraisal_story().self().at().state());
    auto all = digests(at_work(w));
    CHECK(all.at(lin.id.value).notices.at(0).kind == kind::late);
    CHECK(all.at(zhou.id.value).notices.at(0).kind == kind::escalated);
    CHECK(all.at(zhou.id.value).notices.at(0).on == lin.id);
    CHECK(all.size() == 2);

    core::election::state e;
    e.is = core::election_status::voting;
    e.organiser = hui.id;
    e.title = "outstanding employees";
    e.seats = 1;
    e.nominees = {na.id};
    e.schedule = {core::date{2026y / 11 / 2}, core::date{2026y / 11 / 3}, core::date{2026y / 11 / 17}};
    world polls;
    polls.put<core::election>(1, e);
    for (const auto& [member, digest] : digests(at_work(polls)))
        for (const auto& n : digest.notices) {
            CHECK(n.kind == kind::late);
            CHECK(n.on.value == member);
        }
}

TEST_CASE("reminders: of what waits on nobody, who leads and who sets people up are told, and nobody else", "[core][policies][D1][S1.3.3]") {
    core::project::state p;
    p.is = core::project_status::charter_pending;
    p.department = {"operations"};
    p.submitter = zhou.id;  // the only superior leader: all who could approve it are barred
    world w;
    w.put<core::project>(3, p);
    const auto all = digests(at_work(w));
    for (const auto* who : office_people) {
        INFO(who->id.value);
        const auto found = all.find(who->id.value);
        const bool told = found != all.end() && std::any_of(found->second.notices.begin(), found->second.notices.end(), [](const auto& n) {
            return n.kind == kind::nobody && n.command == "project.approve_charter" && !n.on;
        });
        CHECK(told == (who->active && (who->has("SL") || who->has("AD"))));
    }
    p.submitter = lin.id;
    world fine;
    fine.put<core::project>(3, p);
    for (const auto& [number, digest] : digests(at_work(fine)))
        for (const auto& n : digest.notices) CHECK(n.kind != kind::nobody);
}
