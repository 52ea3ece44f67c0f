// What follows by itself in and from appraisals.

#include "events/bytes/base64.hpp"
#include "tests/support/each_kind.hpp"
#include "tests/support/appraised.hpp"

#include "core/evidence.hpp"
#include "core/policies/due.hpp"
#include "core/open_work.hpp"
#include "core/policies/handover.hpp"
#include "core/policies/policies.hpp"

namespace core_appraisal_policies_tests {

using namespace opsroom_test;
using core::appraisal;
using core::cycle_status;
namespace policies = core::policies;
using src = events::indicators::evidence_source;

namespace {

events::recorded recorded(events::stream_id in, events::any what, core::member_id by = {}, std::uint64_t position = 1, core::instant at = now) {
    return {{{position}, in, {1}, at, by, {}, {}}, std::move(what)};
}

template <class Command>
std::vector<Command> of_type(const core::follow_ups& all) {
    std::vector<Command> found;
    for (const auto& one : all)
        if (const auto* c = command_in<Command>(one.what)) found.push_back(*c);
    return found;
}

world with_template() {
    auto w = world_with(cycle_status::open);
    const auto sp = core::handbook_indicators({"SP"});
    w.put<core::indicators>(1, given<core::indicators>(events::indicators::published{sp->role, sp->name, sp->indicators, 1}).state());
    const auto om = core::handbook_indicators({"OM"});
    w.put<core::indicators>(2, given<core::indicators>(events::indicators::published{om->role, om->name, om->indicators, 1}).state());
    return w;
}

company office_without(core::person who) {
    who.active = false;
    return office.with(std::move(who));
}

}  // namespace

TEST_CASE("policies: a cycle that opens opens everyone's appraisal", "[core][policies][S6.2]") {
    const auto w = with_template();
    const auto all = policies::follow(recorded({events::category::cycle, 1}, events::cycle::any(events::cycle::opened{""})), office_system(w));
    const auto opened = of_type<appraisal::open>(all);
    std::vector<core::member_id> who;
    for (const auto& c : opened) {
        CHECK(c.cycle == core::cycle_id{1});
        who.push_back(c.employee);
        CHECK(given<appraisal>().when(c, office_system(w)).passed());
    }
    CHECK(who == std::vector<core::member_id>{lin.id, mei.id, wei.id, tech_manager.id});
}

TEST_CASE("policies: an improvement plan that both confirmed becomes tasks, once", "[core][policies][S6.3.3][S3.2.1]") {
    auto w = world_with(cycle_status::calibration);
    const auto confirmed = [&](const situation<appraisal>& at) {
        w.put<appraisal>(1, at.state());
        return policies::follow(recorded({events::category::appraisal, 1}, events::appraisal::any(events::appraisal::talk_confirmed{lin.id})), office_system(w));
    };
    CHECK(confirmed(appraisal_story().recorded().then(appraisal::confirm_talk{}, wei).at()).empty());
    const auto held = appraisal_story().held().at();
    const auto orders = of_type<core::task::assign>(confirmed(held));
    REQUIRE(orders.size() == 1);
    CHECK(orders[0].improvement == core::appraisal_id{1});
    CHECK(orders[0].to == wei.id);
    // Its words stay in the plan, sealed.
    CHECK(orders[0].action == 1);
    CHECK(orders[0].title == "改进计划 1.1 / improvement plan 1.1");
    CHECK(orders[0].due == core::date{2026y / 12 / 31});
    CHECK(given<core::task>().when(orders[0], office_system(w)).passed());
    CHECK(given<core::task>().after(orders[0], office_system(w)).state().department.code == "operations");
    // Reopened, what was agreed before is not ordered again; what is new is.
    auto plan = good_f8();
    plan.actions.push_back({"参加培训", wei.id, "通过考试", core::date{2027y / 1 / 15}});
    const auto again = appraisal_story().appealed().then(appraisal::uphold_appeal{"x"}, hui).then(appraisal::evaluate{good_f7()}, lin)
                           .then(appraisal::record_talk{plan}, lin).then(appraisal::confirm_talk{}, wei).then(appraisal::confirm_talk{}, lin).at();
    const auto more = of_type<core::task::assign>(confirmed(again));
    REQUIRE(more.size() == 1);
    CHECK(more[0].action == 2);
    CHECK(more[0].due == core::date{2027y / 1 / 15});
    // Revised without another word it keeps its numbers; sealed or not, the same come out.
    auto state = again.state();
    auto sealed = events::appraisal::talk{};
    for (const auto& a : plan.actions)
        sealed.actions.push_back({{wei.id, events::bytes::to_base64(std::string(28, 'x') + a.what), events::personal::form::sealed}, a.owner,
                                  {wei.id, events::bytes::to_base64(std::string(28, 'x') + a.standard), events::personal::form::sealed}, a.due});
    const auto before = state.actions;
    appraisal::evolve(state, events::appraisal::talk_revised{sealed});
    CHECK(state.actions == before);
}

TEST_CASE("policies: an announced election is proposed for awards", "[core][policies][S6.4.3]") {
    world w;
    core::election::state e;
    e.is = core::election_status::announced;
    e.title = "2026 年优秀员工";
    e.winners = {wei.id, na.id};
    w.put<core::election>(5, e);
    const auto all = policies::follow(recorded({events::category::election, 5}, events::election::any(events::election::announced{""})), office_system(w));
    const auto awards = of_type<core::incentive::propose>(all);
    REQUIRE(awards.size() == 2);
    CHECK(awards[0].form.kind == events::incentive::kind::award);
    CHECK(awards[0].form.election == core::election_id{5});
    const auto proposed = given<core::incentive>().after(awards[1], office_system(w));
    CHECK(proposed.state().member == na.id);
    CHECK(proposed.state().proposer == events::the_system);
    CHECK(proposed.when(core::incentive::approve{proposed.state().sha256, {}}, in_office(zhou, w)).passed());
}

TEST_CASE("policies: awards are proposed where the form asks for more, too", "[core][policies][definitions][S6.4.3][S1.3.2]") {
    const auto amended = given<core::definitions>().after(
        core::definitions::amend_form{"F16", {{"legal", {"法务", "Legal"}, true}}, "law", "fewer questions"}, in_office(zhou, world{}));
    const core::amended_flows book(amended.state());
    world w;
    core::election::state e;
    e.is = core::election_status::announced;
    e.title = "2026 年优秀员工";
    e.winners = {na.id};
    w.put<core::election>(5, e);
    auto by = office_system(w);
    by.flows = &book;
    const auto awards = of_type<core::incentive::propose>(
        policies::follow(recorded({events::category::election, 5}, events::election::any(events::election::announced{""})), by));
    REQUIRE(awards.size() == 1);
    CHECK(awards[0].form.extras.form == 2);
    CHECK(given<core::incentive>().after(awards[0], by).state().member == na.id);
    // A person is asked for it.
    auto hr = in_office(hui, w);
    hr.flows = &book;
    auto theirs = awards[0];
    CHECK(given<core::incentive>().when(theirs, hr) == core::incentive::rejection::bad_extras);
    theirs.form.extras.fields = {{"legal", "asked"}};
    CHECK(given<core::incentive>().when(theirs, hr).passed());
}

TEST_CASE("policies: who leaves hands over the appraisals that they evaluate, and what they run", "[core][policies][S1.3.4]") {
    auto w = world_with(cycle_status::open);
    CHECK(!core::has_open_work(mei.id, office_system(w)));
    w.put<appraisal>(1, appraisal_story().self().at().state());
    w.put<appraisal>(2, appraisal_story().finalised().at().state());
    auto of_mei = appraisal_opened;
    of_mei.employee = mei.id;
    w.put<appraisal>(3, given<appraisal>(of_mei).state());
    core::incentive::state bonus;
    bonus.is = core::incentive_status::clarifying;
    bonus.proposer = lin.id;
    bonus.member = wei.id;
    w.put<core::incentive>(1, bonus);
    core::election::state e;
    e.is = core::election_status::voting;
    e.organiser = lin.id;
    w.put<core::election>(1, e);
    const auto left = office_without(below(lin, zhou));
    const auto by = office_system(w, left);
    for (const auto who : {lin.id}) CHECK(core::has_open_work(who, by));
    const auto all = policies::follow(recorded(events::stream_of(lin.id), events::member::any(events::member::handed_over{mei.id})), by);
    const auto over = of_type<appraisal::hand_over>(all);
    REQUIRE(over.size() == 2);
    CHECK(over[0].to == mei.id);
    CHECK(over[1].to == zhou.id);  // who takes over is not appraised by themselves
    CHECK(of_type<core::incentive::hand_over>(all).size() == 1);
    CHECK(of_type<core::election::hand_over>(all).size() == 1);
}

TEST_CASE("policies: what is pending of somebody who has left ends", "[core][policies][S1.3.4]") {
    auto w = world_with(cycle_status::open);
    w.put<appraisal>(1, appraisal_story().self().at().state());
    w.put<appraisal>(2, appraisal_story().finalised().at().state());
    w.put<appraisal>(3, appraisal_story().appealed().at().state());
    core::incentive::state bonus;
    bonus.is = core::incentive_status::proposed;
    bonus.proposer = lin.id;
    bonus.member = wei.id;
    w.put<core::incentive>(1, bonus);
    const auto left = office_without(below(wei, lin));
    const auto by = office_system(w, left);
    const auto all = policies::follow(recorded(events::stream_of(wei.id), events::member::any(events::member::left{"x"})), by);
    REQUIRE(all.size() == 3);
    CHECK(appraisal_story().self().at().when(of_type<appraisal::cancel>(all).at(0), by).passed());
    CHECK(appraisal_story().appealed().at().when(of_type<appraisal::reject_appeal>(all).at(0), by).passed());
    CHECK(situation<core::incentive>(bonus).when(of_type<core::incentive::withdraw>(all).at(0), by).passed());
}

TEST_CASE("policies: a tick finds all that is due", "[core][policies][S6.2][S6.3.4]") {
    auto w = world_with(cycle_status::planned);
    core::incentive::state bonus;
    bonus.is = core::incentive_status::approved;
    bonus.effective = today;
    w.put<core::incentive>(3, bonus);
    const auto all = policies::due(office_system(w));
    REQUIRE(all.size() == 2);
    CHECK(core::type_of(all[0].what) == "cycle.open");
    CHECK(core::type_of(all[1].what) == "incentive.take_effect");
    CHECK(all[1].target == events::stream_of(core::incentive_id{3}));
}

TEST_CASE("evidence: the log is read for whose doing each thing was", "[core][appraisal][S6.3.2]") {
    namespace t = events::task;
    core::evidence_ledger ledger;
    world w;
    auto task = given<core::task>(t::assigned{"t", "", "s", today, wei.id, {"operations"}, events::priority::normal, {}, {}, 0, {7}, 0, 1});
    std::uint64_t position = 0;
    const auto happens = [&](events::any what, core::member_id by, int days_later = 0) {
        if (const auto* about = events::get_if<t::any>(&what)) {
            auto s = task.state();
            core::task::evolve(s, *about);
            task = situation<core::task>(s);
            w.put<core::task>(1, s);
        }
        const auto in = events::holds_alternative<t::any>(what) ? events::stream_id{events::category::task, 1} : events::stream_id{events::category::request, 1};
        ledger.apply(recorded(in, std::move(what), by, ++position, now + std::chrono::days(days_later)), w);
    };
    happens(t::any(t::started{}), wei.id);
    happens(t::any(t::progress_reported{50, "half"}), wei.id);
    happens(t::any(t::submitted{"r"}), wei.id);
    happens(t::any(t::returned{"no"}), lin.id, 1);
    happens(t::any(t::started{}), wei.id, 1);
    happens(t::any(t::submitted{"r"}), wei.id, 1);
    happens(t::any(t::accepted{""}), lin.id, 2);
    happens(events::request::any(events::request::assessed{na.id, {}}), na.id);
    happens(events::request::any(events::request::passed{""}), lin.id);
    CHECK(ledger.submitted.empty());
    const auto at = [&](const core::person& who, src from) {
        std::vector<std::uint64_t> found;
        for (const auto& f : ledger.of(who.id, from, today, core::date{2026y / 12 / 31})) found.push_back(f.at.value);
        return found;
    };
    using positions = std::vector<std::uint64_t>;
    CHECK(at(wei, src::progress_reported) == positions{2});
    CHECK(at(wei, src::tasks_returned) == positions{4});
    CHECK(at(wei, src::tasks_late) == positions{7});
    CHECK(at(wei, src::tasks_on_time).empty());
    CHECK(at(wei, src::improvements_done) == positions{7});
    CHECK(at(lin, src::tasks_accepted) == positions{7});
    CHECK(at(na, src::requests_assessed) == positions{8});
    CHECK(at(lin, src::requests_decided) == positions{9});
    CHECK(ledger.of(wei.id, src::tasks_late, core::date{2027y / 1 / 1}, core::date{2027y / 3 / 31}).empty());

    // For the quarter that it is about.
    auto a = given<appraisal>(appraisal_opened).state();
    CHECK(core::suggestions_for(a, ledger).found.empty());
    a.quarter = 4;
    const auto found = core::suggestions_for(a, ledger).found;
    REQUIRE(found.size() == 4);
    CHECK(found[0].indicator == "analysis");
    CHECK(found[0].source == src::progress_reported);
    CHECK(found[1].indicator == "execution");
}

TEST_CASE("evidence: a project's are its team's", "[core][appraisal][S6.3.2]") {
    core::evidence_ledger ledger;
    world w;
    core::project::state p;
    p.lead = wei.id;
    p.team = {wei.id, na.id};
    w.put<core::project>(1, p);
    ledger.apply(recorded({events::category::project, 1}, events::project::any(events::project::milestone_reached{1, "x", {}}), wei.id), w);
    ledger.apply(recorded({events::category::project, 1}, events::project::any(events::project::accepted{}), lin.id, 2), w);
    for (const auto* who : {&wei, &na}) {
        CHECK(ledger.of(who->id, src::milestones_reached, today, today).size() == 1);
        CHECK(ledger.of(who->id, src::projects_accepted, today, today).size() == 1);
    }
    CHECK(ledger.of(lin.id, src::projects_accepted, today, today).empty());
}

TEST_CASE("policies: where a wrong clock was set back, what the system had dated by it is dated anew", "[core][policies][clock][S6.3.4]") {
    const auto back = recorded({events::category::org, 1}, events::org::any(events::org::clock_set_back{now + std::chrono::hours(24 * 3650), now, {}}));
    auto w = world_with(core::cycle_status::calibration);
    const auto put = [&](std::uint64_t number, auto change) {
        auto a = appraisal_story().finalised().at().state();
        change(a);
        w.put<appraisal>(number, a);
    };
    put(1, [](auto& a) { a.appeal_until = core::date{2036y / 11 / 28}; });
    put(2, [](auto& a) { a.appeal_until = core::date{2026y / 11 / 27}; });
    put(3, [](auto& a) {
        a.is = core::appraisal_status::self_draft;
        a.extended_until = core::date{2036y / 11 / 28};
    });
    const auto by = office_system(w);
    const auto all = policies::follow(back, by);
    const auto appeals = of_type<appraisal::extend_appeal>(all);
    REQUIRE(appeals.size() == 1);
    CHECK(appeals[0].until == by.calendar->after(by.today, 5));
    const auto forms = of_type<appraisal::extend>(all);
    REQUIRE(forms.size() == 1);
    CHECK(forms[0].until == by.calendar->after(by.today, 5));
    for (const auto& one : all) CHECK(one.target);
}

}  // namespace core_appraisal_policies_tests
