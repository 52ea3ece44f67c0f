// Departments, roles, superiors, delegation, settings: S1.2, S1.3.2, S1.3.3, S1.3.4.

#include "core/member/member.hpp"
#include "core/org/org.hpp"
#include "core/task/task.hpp"
#include "core/policies/handover.hpp"
#include "tests/support/flow_table.hpp"

using namespace opsroom_test;
using core::member;
using core::org;
namespace said = events::org;

namespace {

const core::person hr = somebody(30, "management", {"HR"});
const events::bilingual marketing_name{"市场部", "Marketing"};

situation<org> with_departments() {
    return given<org>(said::department_defined{{"operations"}, {"运营部", "Operations"}, {}},
                      said::department_defined{{"campaigns"}, {"活动组", "Campaigns"}, events::department{"operations"}});
}

const events::member::joined wei_joined{{wei.id, "Wei"}, {}, {}, {"operations"}, {{"SP"}}, events::language::zh};

}  // namespace

TEST_CASE("org: departments and roles are data", "[core][org][S1.2]") {
    using no = org::rejection;
    const auto none = given<org>();
    const org::define_department order{{"marketing"}, marketing_name, {}};
    CHECK(none.when(order, as(ada)) == said::department_defined{{"marketing"}, marketing_name, {}});
    CHECK(none.when(order, as(hr)).passed());
    CHECK(none.when(order, as(lin)) == no::not_admin);
    CHECK(none.when(org::define_department{{"two words"}, marketing_name, {}}, as(ada)) == bad_field{"department"});
    CHECK(none.when(org::define_department{{"marketing"}, {"市场部", ""}, {}}, as(ada)) == bad_field{"name"});
    CHECK(none.when(org::define_department{{"marketing"}, marketing_name, events::department{"none"}}, as(ada)) == no::bad_parent);
    const auto two = with_departments();
    CHECK(two.when(org::define_department{{"operations"}, {"运营部", "Operations"}, events::department{"campaigns"}}, as(ada)) == no::parent_circle);
    CHECK(two.when(org::define_department{{"operations"}, {"运营部", "Operations"}, {}}, as(ada)) == nothing<org>());
    CHECK(two.when(org::retire_department{{"operations"}}, as(ada)) == no::department_in_use);
    CHECK(two.when(org::retire_department{{"campaigns"}}, as(ada)) == said::department_retired{{"campaigns"}});
    CHECK(two.when(org::retire_department{{"sales"}}, as(ada)) == no::no_such_department);
    CHECK(none.when(org::define_role{{"QA"}, {"质检", "Quality"}}, as(ada)) == said::role_defined{{"QA"}, {"质检", "Quality"}});
    CHECK(none.when(org::retire_role{{"OM"}}, as(ada)) == no::role_of_the_handbook);
    CHECK(none.when(org::retire_role{{"QA"}}, as(ada)) == no::no_such_role);
}

TEST_CASE("org: settings are changed with a reason, and counted", "[core][org][S1.3.2]") {
    using no = org::rejection;
    auto s = events::org::settings{};
    s.scoring.self_percent = 20;
    CHECK(given<org>().when(org::configure{s, "more weight"}, as(zhou)) == no::bad_settings);
    s.scoring.superior_percent = 80;
    CHECK(given<org>().when(org::configure{s, "more weight"}, as(zhou)) == said::configured{2, s, "more weight"});
    CHECK(given<org>().when(org::configure{s, ""}, as(zhou)) == bad_field{"reason"});
    auto timeless = s;
    timeless.self_days = 0;
    CHECK(given<org>().when(org::configure{timeless, "x"}, as(zhou)) == bad_field{"settings/self_days"});
    timeless = s;
    timeless.attachment_bytes_max = (1u << 30) + 1;
    CHECK(given<org>().when(org::configure{timeless, "x"}, as(zhou)) == bad_field{"settings/attachment_bytes_max"});
    CHECK(given<org>().when(org::configure{s, "x"}, as(ada)) == no::not_settler);
    s.hours.break_until = s.hours.until + 1;
    CHECK(given<org>().when(org::configure{s, "x"}, as(zhou)) == no::bad_settings);
    CHECK(given<org>().when(org::configure{{}, "x"}, as(zhou)) == nothing<org>());
}

TEST_CASE("org: what people are judged by is not for human resources alone", "[core][org][D11][D2]") {
    using no = org::rejection;
    std::vector<events::org::settings> judging(6), other(4);
    judging[0].scoring = {20, 80, 60, 40, 95, 85, 70, 60};
    judging[1].scoring.grade_s = 96;
    judging[2].appeal_days = 1;
    judging[3].self_days = 1;
    judging[4].evaluation_days = 1;
    judging[5].calibration_days = 0;
    other[0].hours.from = 8 * 60;
    other[1].remind_days = 3;
    other[2].escalate_days = 3;
    other[3].attachment_bytes_max = 1024;
    const auto leaderless = roster.with(somebody(zhou.id.value, "board", {"SP"}));
    const auto without_leader = [&](const core::person& who) {
        auto by = as(who);
        by.people = &leaderless;
        return by;
    };
    for (const auto& s : judging) {
        CHECK(given<org>().when(org::configure{s, "x"}, as(hr)) == no::judges_people);
        CHECK(given<org>().when(org::configure{s, "x"}, as(ada)) == no::not_settler);
        CHECK(given<org>().when(org::configure{s, "x"}, as(zhou)).passed());
        CHECK(given<org>().when(org::configure{s, "x"}, without_leader(hr)) == no::judges_people);
        CHECK(given<org>().when(org::configure{s, "x"}, without_leader(ada)).passed());
    }
    for (const auto& s : other) {
        CHECK(given<org>().when(org::configure{s, "x"}, as(hr)).passed());
        CHECK(given<org>().when(org::configure{s, "x"}, as(zhou)).passed());
    }
}

TEST_CASE("org: the clock is set back by itself, and only back", "[core][org][clock][S1.3.1]") {
    using no = org::rejection;
    using events::org::time_witness;
    const core::instant wrong = now + std::chrono::hours(24 * 3650);
    CHECK(given<org>().when(org::set_clock_back{wrong, time_witness::keeper}, as_system()) == said::clock_set_back{wrong, now, time_witness::keeper});
    CHECK(given<org>().when(org::set_clock_back{now, time_witness::keeper}, as_system()) == no::not_back);
    for (const auto* who : {&ada, &zhou, &lin}) CHECK(given<org>().when(org::set_clock_back{wrong, time_witness::keeper}, as(*who)) == no::by_itself);
}

TEST_CASE("member: superiors make no circle", "[core][member][S1.2][D1]") {
    using no = member::rejection;
    const auto w = given<member>(wei_joined);
    CHECK(w.when(member::set_superior{lin.id}, as_system()) == events::member::superior_set{lin.id});
    CHECK(w.when(member::set_superior{lin.id}, as(lin)) == no::not_organiser);
    CHECK(w.when(member::set_superior{gone.id}, as(ada)) == bad_field{"superior"});
    CHECK(w.when(member::set_superior{wei.id}, as(ada)) == no::superior_circle);
    auto under = lin;
    under.superior = wei.id;
    const auto all = roster.with(under);
    auto by = as(ada);
    by.people = &all;
    CHECK(w.when(member::set_superior{lin.id}, by) == no::superior_circle);
    CHECK(w.when(member::set_superior{{}}, as(ada)) == nothing<member>());
}

TEST_CASE("member: who is absent has somebody stand in", "[core][member][S1.3.3]") {
    using no = member::rejection;
    const auto w = given<member>(wei_joined);
    const member::delegate leave{na.id, today, tomorrow, "annual leave"};
    CHECK(w.when(leave, as(wei)) == events::member::delegated{na.id, today, tomorrow, "annual leave", true});
    CHECK(w.when(leave, as(lin)) == no::not_self);
    CHECK(w.when(member::delegate{wei.id, today, {}, "x"}, as(wei)) == no::bad_delegate);
    CHECK(w.when(member::delegate{na.id, tomorrow, today, "x"}, as(wei)) == no::bad_delegation_days);
    CHECK(w.when(member::delegate{na.id, yesterday, yesterday, "x"}, as(wei)) == no::bad_delegation_days);
    CHECK(w.when(member::delegate{na.id, today, {}, ""}, as(wei)) == bad_field{"reason"});
    CHECK(w.when(member::end_delegation{na.id}, as(wei)) == no::no_such_delegation);
    const auto away = w.after(leave, as(wei));
    CHECK(away.when(leave, as(wei)) == nothing<member>());
    CHECK(away.when(member::end_delegation{na.id}, as(wei)) == events::member::delegation_ended{na.id});
    // Another absence with the same person is beside the first; the same first day again is the same absence.
    const member::delegate later{na.id, core::date{2027y / 2 / 1}, core::date{2027y / 2 / 5}, "spring"};
    const auto twice = away.after(later, as(wei));
    CHECK(twice.state().delegates.size() == 2);
    const auto longer = twice.after(member::delegate{na.id, later.from, core::date{2027y / 2 / 9}, "longer"}, as(wei));
    CHECK(longer.state().delegates == std::vector<member::standing_in>{{na.id, today, tomorrow}, {na.id, later.from, core::date{2027y / 2 / 9}}});
    CHECK(twice.after(member::end_delegation{na.id, later.from}, as(wei)).state().delegates == away.state().delegates);
    CHECK(twice.after(member::end_delegation{na.id}, as(wei)).state().delegates.empty());
    CHECK(twice.when(member::end_delegation{na.id, tomorrow}, as(wei)) == no::no_such_delegation);
    // One of those days when another replaced it is still replaced.
    const events::member::delegated old{na.id, later.from, later.until, "spring"};
    CHECK(given<member>(wei_joined, events::member::delegated{na.id, today, tomorrow, "x"}, old).state().delegates.size() == 1);
    // Two can't stand in for each other.
    auto stands_in = wei;
    stands_in.acts_for = {{na.id, today, {}}};
    const auto all = roster.with(stands_in);
    auto by = as(wei);
    by.people = &all;
    CHECK(w.when(leave, by) == no::delegation_circle);
}

TEST_CASE("member: the last who holds a role that steps wait for is asked about first", "[core][member][S1.3.3][table]") {
    using no = member::rejection;
    for (const auto* who : everybody) {
        if (!who->active || who->has("AD")) continue;
        const events::member::joined joined{{who->id, "x"}, {}, {}, who->department, who->roles, events::language::zh};
        const auto m = given<member>(joined);
        const auto another = [&](std::string_view code, bool here) {
            return std::any_of(everybody.begin(), everybody.end(), [&](const auto* p) {
                return p->active && p->id != who->id && p->has(code) && (!here || p->department == who->department);
            });
        };
        const bool last = (who->has("OM") && !another("OM", true)) || (who->has("SL") && !another("SL", false)) || (who->has("HR") && !another("HR", false));
        INFO(who->id.value);
        for (const bool meant : {false, true}) {
            const auto said = meant ? std::optional(true) : std::nullopt;
            const auto asks = [&](const auto& answer) { return answer == no::last_holder; };
            CHECK(asks(m.when(member::set_roles{{}, said}, as(ada))) == (last && !meant));
            CHECK(asks(m.when(member::leave{"moved", {}, said}, as(ada))) == (last && !meant));
            CHECK(asks(m.when(member::set_department{{"elsewhere"}, said}, as(ada))) == (who->has("OM") && last && !meant));
        }
    }
}

TEST_CASE("member: who leaves hands over what waits on them", "[core][member][S1.3.4]") {
    using no = member::rejection;
    core::task::state task;
    task.is = core::task_status::in_progress;
    task.to = wei.id;
    const auto others = world().put<core::task>(5, task);
    auto by = as(wei);
    by.others = &others;
    const auto w = given<member>(wei_joined);
    CHECK(w.when(member::leave{"moved", {}}, by) == no::successor_needed);
    CHECK(w.when(member::leave{"moved", gone.id}, by) == bad_field{"successor"});
    CHECK(w.when(member::leave{"moved", wei.id}, by) == no::bad_successor);
    CHECK(w.when(member::leave{"moved", na.id}, by) ==
          std::vector<events::member::any>{events::member::handed_over{na.id}, events::member::left{"moved"}});
    CHECK(w.when(member::leave{"moved", {}}, as(wei)) == events::member::left{"moved"});
    core::follow_ups all;
    core::policies::hand_over(wei.id, na.id, by, all);
    REQUIRE(all.size() == 1);
    CHECK(all[0].target == events::stream_id{events::category::task, 5});
    CHECK(core::type_of(all[0].what) == "task.reassign");
}
