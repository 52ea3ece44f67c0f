// In somebody's place (D13): who acts for another is recorded as both, and nobody decides on what they had a hand in, for
// themselves or for another, now or before: every flow that bars anybody, every step that is somebody's part, by everybody
// who might stand in for them; then every verdict, by everybody, in their own place and in a manager's.

#include "core/analysis/analysis.hpp"
#include "core/election/election.hpp"
#include "core/incentive/incentive.hpp"
#include "core/project/project.hpp"
#include "core/proposal/proposal.hpp"
#include "core/request/request.hpp"
#include "core/strategy/strategy.hpp"
#include "core/task/task.hpp"
#include "tests/support/chartered.hpp"
#include "tests/support/flow_table.hpp"

using namespace opsroom_test;

namespace {

core::context asking(const core::person& who, const company& among, const core::entities& others = core::entities::none()) {
    auto by = as(who);
    by.people = &among;
    by.others = &others;
    return by;
}

core::person for_whom(core::person deputy, const core::person& principal) {
    deputy.acts_for.push_back({principal.id, yesterday, std::nullopt});
    return deputy;
}

/// A way from where a step is somebody's part to where it is decided on.
template <class A>
struct story {
    std::string_view name;
    situation<A> begun;
    core::person principal;                          ///< whose part it is
    std::vector<typename A::command> steps;          ///< in their place
    std::function<situation<A>(situation<A>)> then;  ///< what others do until there is a verdict
    std::vector<typename A::command> verdicts;
};

template <class A>
void check_nobody_decides_on_their_hand(const story<A>& s, std::size_t& tried) {
    for (const auto* somebody : everybody) {
        if (!somebody->active || somebody->id == s.principal.id) continue;
        const auto deputy = for_whom(*somebody, s.principal);
        const auto among = roster.with(deputy);
        const auto by_deputy = asking(deputy, among);
        auto at = s.begun;
        bool taken = true;
        for (const auto& step : s.steps) {
            if (!at.when(step, by_deputy).passed()) {
                taken = false;
                break;
            }
            CHECK(core::flow::stands_in_for<A>(step, at.state(), by_deputy) == s.principal.id);
            at = at.after(step, by_deputy);
        }
        INFO(s.name << ": " << somebody->id.value << " for " << s.principal.id.value);
        CHECK(taken);
        if (!taken) continue;
        at = s.then(std::move(at));
        for (const auto& verdict : s.verdicts)
            for (const auto* judge : everybody)
                for (const bool in_anothers : {false, true}) {
                    if (!judge->active) continue;
                    const auto own = judge->id == deputy.id ? deputy : *judge;
                    const auto who = in_anothers ? for_whom(own, zhou) : own;
                    const auto present = among.with(who);
                    const bool had_a_hand = judge->id == deputy.id || judge->id == s.principal.id;
                    const auto answer = at.when(verdict, asking(who, present));
                    INFO(name_of<A>(verdict) << " by " << judge->id.value << (in_anothers ? " in a superior leader's place" : ""));
                    if (had_a_hand) CHECK_FALSE(answer.passed());
                    // Somebody who had none and is a superior leader can always help.
                    else if (judge->id == zhou.id && deputy.id != zhou.id) CHECK(answer.passed());
                    if (!answer.passed()) check_cites_a_clause<A>(answer.decided.error());
                    ++tried;
                }
    }
}

const events::request::form f1{"t", "b", "o", "m", tomorrow, {}, events::priority::normal, {true, "ok"}, {}};
events::request::opinion good_opinion() { return {{4, "x"}, {4, "x"}, {4, "x"}, events::verdict::pass, {}}; }

template <class A>
situation<A> as_it_is(situation<A> s) {
    return s;
}

}  // namespace

TEST_CASE("stand-in: nobody accepts the task that they did in another's place", "[core][task][D1][D13][table]") {
    using core::task;
    std::size_t tried = 0;
    const events::task::assigned assigned{"t", "", "s", tomorrow, wei.id, {"operations"}, events::priority::normal, {}, {}, 0, {}, 0, 1, {}};
    const std::vector<task::command> verdicts{task::accept{"good"}, task::return_work{"no"}};
    const auto submitted = [](situation<task> s) { return s.state().is == core::task_status::submitted ? s : s.after(task::submit{"r"}, as(wei)); };
    check_nobody_decides_on_their_hand<task>({"all of it", given<task>(assigned), wei, {task::start{}, task::submit{"done"}}, as_it_is<task>, verdicts}, tried);
    check_nobody_decides_on_their_hand<task>({"start", given<task>(assigned), wei, {task::start{}}, submitted, verdicts}, tried);
    check_nobody_decides_on_their_hand<task>({"progress", given<task>(assigned, events::task::started{}), wei, {task::report_progress{90, {}}}, submitted, verdicts}, tried);
    CHECK(tried > 300);
}

TEST_CASE("stand-in: nobody decides on the request that they wrote in another's place", "[core][request][D1][D13][table]") {
    using core::request;
    std::size_t tried = 0;
    const events::request::drafted drafted{requester.id, {"marketing"}, f1, 1, events::department{"operations"}};
    const auto assessed = [](situation<request> s) {
        if (s.state().is == core::request_status::draft) s = s.after(request::submit{}, as(requester));
        // The system convenes: whoever may be barred here.
        s = s.after(request::convene{{aud.id}, tomorrow}, as_system());
        return s.state().hands.of(aud.id) ? s : s.after(request::assess{good_opinion()}, as(aud));
    };
    const std::vector<request::command> verdicts{request::pass{{}}, request::send_back{"no"}, request::clarify{"?"}, request::reject{"no"}};
    for (const auto& steps : {std::vector<request::command>{request::revise{f1}}, {request::submit{}}, {request::revise{f1}, request::submit{}}}) {
        const story<request> s{"request", given<request>(drafted), requester, steps,
                               [&](situation<request> at) {
                                   if (at.state().hands.of(aud.id)) {  // assessed by somebody else, then
                                       if (at.state().is == core::request_status::draft) at = at.after(request::submit{}, as(requester));
                                       return at.after(request::convene{{na.id}, tomorrow}, as_system()).after(request::assess{good_opinion()}, as(na));
                                   }
                                   return assessed(std::move(at));
                               },
                               verdicts};
        check_nobody_decides_on_their_hand<request>(s, tried);
    }
    // Nor is such a one convened.
    const auto deputy = for_whom(lin, requester);
    const auto among = roster.with(deputy);
    const auto submitted = given<request>(drafted).after(request::submit{}, asking(deputy, among));
    CHECK(submitted.when(request::convene{{lin.id}, tomorrow}, as(mei)) == request::rejection::assessor_is_requester);
    CHECK(submitted.when(request::convene{{mei.id}, tomorrow}, asking(deputy, among)) == request::rejection::own_request);
    CHECK(submitted.when(request::convene{{na.id}, tomorrow}, as(mei)).passed());
    CHECK(tried > 400);
}

TEST_CASE("stand-in: nobody accepts the project that they lead, have led, or handed in", "[core][project][D1][D13][table]") {
    using core::project;
    std::size_t tried = 0;
    const auto in_panel = [](situation<project> s) {
        auto panel = std::vector<core::member_id>{aud.id};
        if (s.state().submitter == aud.id) panel = {requester.id};
        s = s.after(project::convene_acceptance{panel, tomorrow}, as_system());
        const auto& who = panel[0] == aud.id ? aud : requester;
        return s.after(project::sign_acceptance{true, {}}, as(who));
    };
    const std::vector<project::command> verdicts{project::accept{good_f4()}, project::fail_acceptance{"no", {"again"}}, project::clarify{"?"}};
    check_nobody_decides_on_their_hand<project>({"acceptance", active(), wei, {project::request_acceptance{good_f3()}}, in_panel, verdicts}, tried);
    CHECK(tried > 150);

    // Who takes the part once it is handed in, or gave it away before, does not decide either.
    const auto requested = active(acceptance_requested);
    const auto taken = requested.after(project::change_lead{lin.id, "I take over"}, as(lin));
    CHECK(taken.when(project::convene_acceptance{{aud.id}, tomorrow}, as(lin)) == project::rejection::own_submission);
    const auto given_back = taken.after(project::change_lead{wei.id, "back"}, as(lin));
    CHECK(given_back.when(project::convene_acceptance{{aud.id}, tomorrow}, as(lin)) == project::rejection::own_submission);
    CHECK(given_back.when(project::convene_acceptance{{lin.id}, tomorrow}, as(mei)) == project::rejection::bad_panel);
    CHECK(given_back.when(project::convene_acceptance{{aud.id}, tomorrow}, as(mei)).passed());
    const auto led_once = active().after(project::change_lead{lin.id, "x"}, as(mei)).after(project::change_lead{wei.id, "y"}, as(mei));
    const auto later = led_once.after(project::request_acceptance{good_f3()}, as(wei));
    CHECK(later.when(project::convene_acceptance{{aud.id}, tomorrow}, as(lin)) == project::rejection::own_submission);

    // Who handed in its charter may well accept the project: that is about something else.
    CHECK(active(acceptance_requested).when(project::convene_acceptance{{aud.id}, tomorrow}, as(lin)).passed());
    // But who wrote the charter does not approve it, though somebody else handed it in.
    auto both = zhou;
    both.roles.push_back({"OM"});
    both.department = {"operations"};
    const auto among = roster.with(both);
    const auto drafted = given<project>(initiated).after(project::draft_charter{good_charter()}, asking(both, among));
    const auto pending = drafted.after(project::submit_charter{good_charter()}, as(lin));
    CHECK(pending.when(project::approve_charter{prints.of(good_charter()), {}}, asking(both, among)) == project::rejection::own_submission);
}

TEST_CASE("stand-in: nobody gives the verdict on an idea that they filed or wrote in another's place", "[core][proposal][D1][D13][table]") {
    using core::proposal;
    std::size_t tried = 0;
    const proposal::form idea{"t", events::proposal::kind::process, "s", "i", "b", {}, {}, {}};
    const events::proposal::filed filed{wei.id, {"operations"}, idea, 1, events::department{"operations"}};
    const std::vector<proposal::command> verdicts{proposal::adopt{"good"}, proposal::send_back{"no"}, proposal::clarify{"?"}, proposal::reject{"no"}};
    check_nobody_decides_on_their_hand<proposal>(
        {"revise", given<proposal>(filed, events::proposal::returned{"?"}), wei, {proposal::revise{idea}}, as_it_is<proposal>, verdicts}, tried);
    check_nobody_decides_on_their_hand<proposal>(
        {"answer", given<proposal>(filed, events::proposal::clarification_asked{"?"}), wei, {proposal::answer{"a"}}, as_it_is<proposal>, verdicts}, tried);
    CHECK(tried > 300);
}

TEST_CASE("stand-in: nobody handles the finding that they reported in another's place, but the next one", "[core][analysis][D1][D13][table]") {
    using core::analysis;
    std::size_t tried = 0;
    const events::analysis::planned planned{lin.id, {"operations"}, {"t", "s", "d", "m", na.id, 5, tomorrow, {wei.id}, {}}, 1};
    const analysis::finding finding{events::analysis::kind::problem, events::priority::high, yesterday, yesterday, "seen", {}, "why", {}, {}};
    const std::vector<analysis::command> verdicts{analysis::handle{analysis::outcome::watch, "watch"}};
    check_nobody_decides_on_their_hand<analysis>({"report", given<analysis>(planned), na, {analysis::report{finding}}, as_it_is<analysis>, verdicts}, tried);
    CHECK(tried > 80);
    const auto deputy = for_whom(lin, na);
    const auto among = roster.with(deputy);
    auto next = finding;
    next.observed = "again";
    const auto settled = given<analysis>(planned).after(analysis::report{finding}, asking(deputy, among)).after(verdicts[0], as(mei));
    CHECK(settled.after(analysis::report{next}, as(na)).when(verdicts[0], asking(deputy, among)).passed());
}

TEST_CASE("stand-in: nobody approves the bonus that they proposed in another's place", "[core][incentive][D1][D8][D13]") {
    using core::incentive;
    const incentive::form form{incentive::kind::award, wei.id, {}, core::election_id{1}, {}, tomorrow, "terms", "reason", {}};
    const events::incentive::proposal proposal{incentive::kind::award, wei.id, {}, {1}, {}, tomorrow, {wei.id, "terms"}, {wei.id, "reason"}, {}};
    const events::incentive::proposed proposed{lin.id, proposal, prints.of(proposal), 1};
    const auto returned = given<incentive>(proposed, events::incentive::returned{{wei.id, "?"}});
    core::election::state announced;
    announced.is = core::election_status::announced;
    announced.winners = {wei.id};
    world w;
    w.put<core::election>(1, announced);
    // zhou stands in for lin, and hands it in again; another superior leader decides.
    const auto second = somebody(21, "board", {"SL"});
    const auto deputy = for_whom(zhou, lin);
    const auto among = roster.with(deputy).with(second);
    const auto again = returned.after(incentive::revise{form}, asking(deputy, among, w));
    const incentive::command approve = incentive::approve{again.state().sha256, {}};
    CHECK(again.when(approve, asking(deputy, among, w)) == incentive::rejection::own_proposal);
    CHECK(again.when(approve, asking(second, among, w)).passed());
}

TEST_CASE("stand-in: nobody decides on the strategy that they drafted by standing in for the manager", "[core][strategy][D1][D13][S3.2.4]") {
    using core::strategy;
    const auto deputy = for_whom(wei, lin);
    const auto among = roster.with(deputy);
    const auto by = asking(deputy, among);
    strategy::state s;
    s.department = {"operations"};
    s.author = wei.id;
    const auto refused = [&](core::strategy_status is, strategy::command asked) {
        s.is = is;
        CHECK(situation<strategy>(s).when(asked, by) == strategy::rejection::own_strategy);
        s.author = na.id;
        CHECK_FALSE(situation<strategy>(s).when(asked, by) == strategy::rejection::own_strategy);
        s.author = wei.id;
    };
    using enum core::strategy_status;
    refused(submitted, strategy::send_back{"?"});
    refused(submitted, strategy::publish{});
    refused(published, strategy::check{});
    refused(published, strategy::end{"over"});
}

TEST_CASE("stand-in: what is awaited of each is done for whom it was not done yet", "[core][strategy][D13][S3.2.4]") {
    using core::strategy;
    strategy::state s;
    s.is = core::strategy_status::published;
    s.author = lin.id;
    s.department = {"operations"};
    s.concerned = {wei.id, na.id};
    const auto deputy = for_whom(wei, na);
    const auto among = roster.with(deputy);
    const auto by = asking(deputy, among);
    const auto own = situation<strategy>(s).after(strategy::acknowledge{}, by);
    CHECK(own.state().acknowledged == std::vector{wei.id});
    const auto both = own.after(strategy::acknowledge{}, by);
    CHECK(both.state().acknowledged == std::vector{wei.id, na.id});
    CHECK(core::flow::stands_in_for<strategy>(strategy::acknowledge{}, own.state(), by) == na.id);
    CHECK(core::flow::stands_in_for<strategy>(strategy::acknowledge{}, s, by) == core::member_id{});
}
