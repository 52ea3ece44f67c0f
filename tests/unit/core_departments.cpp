// Whose department it is (D16), and what waits on nobody (S1.3.3).

#include "core/calendar/calendar.hpp"
#include "core/cycle/cycle.hpp"
#include "core/definitions/definitions.hpp"
#include "core/indicators/indicators.hpp"
#include "core/project/project.hpp"
#include "core/proposal/proposal.hpp"
#include "core/request/request.hpp"
#include "core/strategy/strategy.hpp"
#include "core/task/task.hpp"
#include "core/kernel/departments.hpp"
#include "core/policies/policies.hpp"
#include "core/views/waiting.hpp"
#include "tests/support/appraised.hpp"
#include "tests/support/chartered.hpp"
#include "tests/support/flow_table.hpp"

namespace core_departments_tests {

using namespace opsroom_test;
using core::project;
using core::project_status;
using core::proposal;
using core::request;

namespace {

const events::request::form f1{"t", "b", "o", "m", tomorrow, {}, events::priority::normal, {true, "ok"}, {}};
const proposal::form idea{"t", events::proposal::kind::process, "s", "i", "b", {}, {}, {}};

core::context among(const core::person& who, const company& all) {
    auto by = as(who);
    by.people = &all;
    return by;
}
core::context as_system_among(const company& all) {
    auto by = as_system();
    by.people = &all;
    return by;
}
std::optional<events::department> goes_to(const core::person& who, std::optional<events::department> to, const company& all = roster) {
    const auto drafted = given<request>().when(request::draft{f1, std::move(to)}, among(who, all));
    if (!drafted.passed()) return std::nullopt;
    return std::get<events::request::drafted>(drafted.happened().front()).to;
}

}  // namespace

TEST_CASE("departments: a request goes to one department, whose OM decides, and nobody else's", "[core][request][D16]") {
    using d = events::department;
    CHECK(goes_to(wei, {}) == d{"operations"});            // their own
    CHECK(goes_to(tech_manager, {}) == d{"technology"});
    CHECK(goes_to(requester, {}) == d{"operations"});      // has none: that of who has been here longest
    CHECK(goes_to(requester, d{"technology"}) == d{"technology"});
    CHECK_FALSE(goes_to(requester, d{"marketing"}));       // nobody would decide
    auto below_tech = requester;
    below_tech.superior = tech_manager.id;
    CHECK(goes_to(below_tech, {}, roster.with(below_tech)) == d{"technology"});

    for (const auto& to : {d{"operations"}, d{"technology"}}) {
        const auto submitted = given<request>(events::request::drafted{requester.id, {"marketing"}, f1, 1, to}, events::request::submitted{});
        for (const auto* who : everybody) {
            INFO(to.code << " " << who->id.value);
            const bool may = who->active && (who->has("SL") || (who->has("OM") && who->department == to));
            CHECK(submitted.when(request::convene{{wei.id}, tomorrow}, as(*who)).passed() == may);
            const auto filed = given<proposal>(events::proposal::filed{requester.id, {"marketing"}, idea, 1, to});
            CHECK(filed.when(proposal::adopt{"good"}, as(*who)).passed() == may);
        }
        // It is the manager's turn, not that of who oversees them.
        const auto turn = core::flow::turn_of<request>(request::flow[3], submitted.state(), as(wei));
        CHECK(turn.who == (to.code == "operations" ? std::vector{lin.id, mei.id} : std::vector{tech_manager.id}));
    }
}

TEST_CASE("departments: a manager's own goes to their superior, never to another department's manager", "[core][request][D1][D16]") {
    auto boss = tech_manager;
    boss.superior = zhou.id;
    const auto all = roster.with(boss);
    const auto own = given<request>().after(request::draft{f1, {}}, among(boss, all)).after(request::submit{}, among(boss, all));
    const auto turn = core::flow::turn_of<request>(request::flow[3], own.state(), among(wei, all));
    CHECK(turn.passed_up);
    CHECK(turn.who == std::vector{zhou.id});
    for (const auto* other : {&lin, &mei}) CHECK(own.when(request::convene{{wei.id}, tomorrow}, among(*other, all)) == request::rejection::not_manager);
    CHECK(own.when(request::convene{{wei.id}, tomorrow}, among(zhou, all)).passed());
}

TEST_CASE("departments: who runs a project is the department that its request went to, whoever passed it", "[core][policies][D16]") {
    const auto passed = given<request>(events::request::drafted{requester.id, {"marketing"}, f1, 1, events::department{"operations"}}, events::request::submitted{},
                                       events::request::convened{{wei.id}, tomorrow}, events::request::passed{""});
    world w;
    w.put<request>(7, passed.state());
    auto by = as_system();
    by.others = &w;
    events::envelope about;
    about.stream = {events::category::request, 7};
    about.actor = zhou.id;
    const auto follows = core::policies::follow({about, events::request::any(events::request::passed{""})}, by);
    REQUIRE(!follows.empty());
    const auto& made = std::get<project::initiate>(follows.front().what.get<project::command>());
    CHECK(made.department.code == "operations");
}

TEST_CASE("waiting: where everybody is barred, or the last one is gone, it waits on nobody and says so", "[core][views][D1][S1.3.3]") {
    // A charter that the only superior leader wrote.
    auto both = zhou;
    both.roles.push_back({"OM"});
    both.department = {"operations"};
    const auto all = roster.with(both);
    const auto pending = given<project>(initiated).after(project::submit_charter{good_charter()}, among(both, all));
    auto waits = core::flow::waits<project>(pending.state(), among(wei, all));
    REQUIRE(waits.size() == 1);
    CHECK(waits[0].command == project::approve_charter::type);
    CHECK(waits[0].on.who.empty());
    CHECK(core::flow::waits_on_any_day<project>(pending.state(), as_system_among(all)).size() == 1);

    // A strategy that was handed in, and the last manager has gone: it is listed; as long as it is a draft it is its author's.
    auto no_lin = lin, no_mei = mei, no_tech = tech_manager;
    no_lin.active = no_mei.active = no_tech.active = false;
    const auto deserted = roster.with(no_lin).with(no_mei).with(no_tech);
    core::strategy::state v;
    v.is = core::strategy_status::submitted;
    v.author = wei.id;
    v.department = {"operations"};
    const auto commands = [&] {
        std::vector<std::string_view> names;
        for (const auto& w : core::flow::waits<core::strategy>(v, among(wei, deserted)))
            if (w.on.who.empty()) names.push_back(w.command);
        return names;
    };
    CHECK(commands() == std::vector<std::string_view>{"strategy.publish"});
    v.is = core::strategy_status::draft;
    CHECK(commands().empty());
    // The yearly check of what holds waits on nobody as well.
    v.is = core::strategy_status::published;
    CHECK(commands() == std::vector<std::string_view>{"strategy.check"});
}

TEST_CASE("project: whatever is not over can be suspended, and goes on as it was", "[core][project][S3.2.4][table]") {
    using s = project_status;
    std::size_t tried = 0;
    const auto question = events::project::clarification_asked{"?", {}};
    for (const auto& at : {given<project>(initiated), given<project>(initiated, charter_submitted), given<project>(initiated, charter_submitted, question), active(),
                           active(acceptance_requested), in_acceptance(), in_acceptance(question), accepted(), accepted(summarised), complete()}) {
        const auto was = at.state();
        INFO(static_cast<int>(was.is));
        REQUIRE(was.is != s::suspended);
        const auto suspended = at.after(project::suspend{"budget"}, as(lin));
        CHECK(suspended.state().is == s::suspended);
        auto back = suspended.after(project::resume{"again"}, as(lin)).state();
        back.said = was.said;
        back.suspended_from = was.suspended_from;
        CHECK(back == was);
        ++tried;
    }
    CHECK(tried == 10);
    CHECK(given<project>(initiated, events::project::cancelled{"x"}).when(project::suspend{"x"}, as(lin)) == project::rejection::closed);
}

TEST_CASE("project: a pass against an objection, or with an objective missed, is on conditions and says why", "[core][project][S3.3.1]") {
    using no = project::rejection;
    using how = events::project::attainment;
    const auto report = [](how first, std::string note, std::vector<std::string> conditions) {
        return project::accept{{{{1, first, std::move(note)}, {2, how::met, ""}}, "agreed", std::move(conditions), {}}};
    };
    const auto all_agree = in_acceptance();
    CHECK(all_agree.when(report(how::met, "", {}), as(lin)).passed());
    CHECK(all_agree.when(report(how::partly, "", {}), as(lin)) == no::unmet_unexplained);
    CHECK(all_agree.when(report(how::partly, "half of it", {}), as(lin)).passed());
    CHECK(all_agree.when(report(how::not_met, "", {"again"}), as(lin)) == no::unmet_unexplained);
    CHECK(all_agree.when(report(how::not_met, "none", {}), as(lin)) == no::objections_unanswered);
    CHECK(all_agree.when(report(how::not_met, "none", {"again"}), as(lin)).passed());
    const auto one_objects = active(acceptance_requested, acceptance_convened, signed_by_mei, events::project::acceptance_signed{zhou.id, false, "too slow"});
    CHECK(one_objects.when(report(how::met, "", {}), as(lin)) == no::objections_unanswered);
    CHECK(one_objects.when(report(how::met, "", {"faster"}), as(lin)).passed());
}

TEST_CASE("project: nothing is sealed while its tasks are open", "[core][project][S3.3.3]") {
    const auto pending = [] {
        auto p = complete(events::project::archive_submitted{wei.id, ""});
        auto state = p.state();
        state.id = {3};
        return situation<project>(state);
    }();
    core::task::state t;
    t.project = {3};
    for (const auto is : {core::task_status::assigned, core::task_status::in_progress, core::task_status::submitted, core::task_status::done, core::task_status::cancelled}) {
        t.is = is;
        world w;
        w.put<core::task>(1, t);
        auto by = as(lin);
        by.others = &w;
        INFO(static_cast<int>(is));
        if (core::is_open(is)) CHECK(pending.when(project::seal{{}}, by) == project::rejection::tasks_open);
        else CHECK(pending.when(project::seal{{}}, by).passed());
    }
}

TEST_CASE("departments: what holds for every department is settled by its manager where there is one, else by who oversees them all", "[core][D16]") {
    using defs = core::definitions;
    const defs::amend_form form{"F1", {{"legal", {"法务", "Legal"}, true}}, "law", "fewer questions"};
    const defs::amend_flow flow{"request", {}, {{"submitted", 9}}, "r", "e"};
    const core::calendar::publish_year year{2026, "notice", {}, {}, "none are off here"};
    const core::cycle::plan cycle{events::cycle::kind::quarter, 2026, 4, {}};
    for (const bool alone : {true, false}) {
        const auto by = [&](const core::person& who) { return among(who, alone ? one_department : roster); };
        for (const auto* who : {&lin, &zhou}) {
            INFO(alone << " " << who->id.value);
            const bool may = alone || who->has("SL");
            CHECK(given<defs>().when(form, by(*who)).passed() == may);
            CHECK(given<defs>().when(flow, by(*who)).passed() == may);
            CHECK(given<core::calendar>().when(year, by(*who)).passed() == may);
            CHECK(given<core::cycle>().when(cycle, by(*who)).passed() == may);
            CHECK(given<core::indicators>().when(*core::handbook_indicators({"SP"}), by(*who)).passed() == may);
        }
    }
}

}  // namespace core_departments_tests
