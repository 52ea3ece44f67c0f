#include "core/analysis/analysis.hpp"
#include "tests/support/flow_table.hpp"

using namespace opsroom_test;
using core::analysis;
using core::analysis_status;
using no = core::analysis::rejection;
namespace happened = events::analysis;

namespace {

const core::date next_look{2026y / 11 / 30};  // five working days on

analysis::form plan() { return {"兑换率", "每周的兑换率变化", "会员库", "与前四周比较", na.id, 5, tomorrow, {wei.id}, {}}; }
analysis::finding finding() {
    return {happened::kind::problem, events::priority::high, core::date{2026y / 11 / 16}, yesterday, "兑换率下降", {{"兑换率", "12.5", "9.8", "%"}},
            "规则过于复杂", {}, {}};
}
const happened::planned planned{lin.id, {"operations"}, {"兑换率", "每周的兑换率变化", "会员库", "与前四周比较", na.id, 5, tomorrow, {wei.id}, {}}, 1};
const happened::reported reported{1, finding(), next_look};
const happened::acknowledged by_wei{1, wei.id};
const happened::handled handled{1, happened::outcome::adjust, "调整规则"};

std::vector<situation<analysis>> situations() {
    return {given<analysis>(planned), given<analysis>(planned, reported), given<analysis>(planned, reported, by_wei),
            given<analysis>(planned, reported, by_wei, handled), given<analysis>(planned, happened::ended{"over"})};
}
std::vector<analysis::command> commands() {
    auto anew = finding();
    anew.observed = "兑换率继续下降";
    return {analysis::change{plan(), "weekly"}, analysis::report{anew},       analysis::find_steady{yesterday, yesterday, "nothing"},
            analysis::correct{anew, "wrong"},   analysis::acknowledge{},      analysis::handle{happened::outcome::watch, "watch it"},
            analysis::end{"no need"},           analysis::hand_over{wei.id, mei.id}};
}

bool handbook_allows(const analysis::state& a, std::string_view command, const core::person& who) {
    using s = analysis_status;
    const bool running = a.is == s::running, is_reported = a.is == s::reported, open = running || is_reported;
    if (!who.active) return false;
    if (command == "analysis.change") return open && (manages(who) || who.id == na.id);
    if (command == "analysis.report" || command == "analysis.find_steady") return open && who.id == na.id;
    if (command == "analysis.correct") return is_reported && who.id == na.id;
    if (command == "analysis.acknowledge") return open && who.id == wei.id && a.found > 0;
    if (command == "analysis.handle") return is_reported && manages(who);
    if (command == "analysis.end") return manages(who) && (running || a.is == s::ended);  // again: already so
    return false;  // hand_over is the system's
}

}  // namespace

TEST_CASE("analysis: every (status, command, person) that is not in the handbook is refused with a clause", "[core][analysis][S3.2.3][table]") {
    CHECK(check_every_pair<analysis>(situations(), commands(), handbook_allows) == situations().size() * commands().size() * everybody.size());
    check_rows_agree<analysis>(situations(), commands());
}

TEST_CASE("analysis: managers and analysts plan what is looked at, by whom and how often", "[core][analysis][S3.2.3]") {
    const auto none = given<analysis>();
    CHECK(none.when(analysis::plan{plan()}, as(lin)) == planned);
    CHECK(none.when(analysis::plan{plan()}, as(na)).passed());
    CHECK(none.when(analysis::plan{plan()}, as(wei)) == no::not_planner);
    CHECK(none.when(analysis::plan{plan()}, as(gone)) == no::inactive);
    CHECK(given<analysis>(planned).when(analysis::plan{plan()}, as(lin)) == no::already_exists);
    const auto asked = [&](auto change) {
        auto f = plan();
        change(f);
        return none.when(analysis::plan{f}, as(lin));
    };
    CHECK(asked([](auto& f) { f.title = "two\nlines"; }) == bad_field{"form/title"});
    CHECK(asked([](auto& f) { f.subject = " "; }) == bad_field{"form/subject"});
    CHECK(asked([](auto& f) { f.sources = ""; }) == bad_field{"form/sources"});
    CHECK(asked([](auto& f) { f.method = ""; }) == bad_field{"form/method"});
    CHECK(asked([](auto& f) { f.owner = wei.id; }) == no::bad_owner);
    CHECK(asked([](auto& f) { f.every = 0; }) == bad_field{"form/every"});
    CHECK(asked([](auto& f) { f.every = 251; }) == bad_field{"form/every"});
    CHECK(asked([](auto& f) { f.next_on = yesterday; }) == no::bad_next);
    CHECK(asked([](auto& f) { f.concerned = {wei.id, wei.id}; }) == bad_field{"form/concerned"});
    CHECK(asked([](auto& f) { f.concerned = {gone.id}; }) == bad_field{"form/concerned"});
    CHECK(asked([](auto& f) { f.concerned = {na.id}; }) == no::bad_concerned);
    CHECK(asked([](auto& f) { f.concerned.clear(); }).passed());  // OM is told in any case
    CHECK(asked([](auto& f) { f.project = core::project_id{7}; }) == no::no_such_project);
}

TEST_CASE("analysis: each look sets the day of the next, by its rhythm in working days", "[core][analysis][S3.2.3]") {
    const auto running = given<analysis>(planned);
    CHECK(running.state().next_on == tomorrow);
    CHECK(running.when(analysis::report{finding()}, as(na)) == reported);
    const auto steady = running.after(analysis::find_steady{yesterday, yesterday, "一切正常"}, as(na));
    CHECK(steady.state().is == analysis_status::running);
    CHECK(steady.state().looks == 1);
    CHECK(steady.state().next_on == next_look);
    // The same words about the next week are another look; about the same week they were said already.
    CHECK(steady.when(analysis::find_steady{yesterday, yesterday, "一切正常"}, as(na)) == nothing<analysis>());
    CHECK(steady.when(analysis::find_steady{yesterday, today, "一切正常"}, as(na)).happened().size() == 1);
    const auto waits = core::flow::waits<analysis>(steady.state(), as(na));
    REQUIRE(waits.size() == 1);
    CHECK(waits[0].command == "analysis.report");
    CHECK(waits[0].on.who == std::vector{na.id});
}

TEST_CASE("analysis: a finding goes to OM and to everyone concerned, each of whom takes note of it", "[core][analysis][S3.2.3]") {
    const auto open = given<analysis>(planned, reported);
    const auto on = [](const situation<analysis>& at, std::string_view command) {
        for (const auto& w : core::flow::waits<analysis>(at.state(), as(lin)))
            if (w.command == command) return w.on.who;
        return std::vector<core::member_id>{};
    };
    CHECK(on(open, "analysis.handle") == std::vector{lin.id, mei.id});
    CHECK(on(open, "analysis.acknowledge") == std::vector{wei.id});
    CHECK(open.when(analysis::acknowledge{}, as(wei)) == by_wei);
    CHECK(open.when(analysis::acknowledge{}, as(mei)) == no::not_concerned);
    const auto known = open.after(analysis::acknowledge{}, as(wei));
    CHECK(on(known, "analysis.acknowledge").empty());
    CHECK(known.when(analysis::acknowledge{}, as(wei)) == nothing<analysis>());

    // What was corrected is to be taken note of anew.
    auto right = finding();
    right.observed = "兑换率持平";
    const auto corrected = known.after(analysis::correct{right, "counted twice"}, as(na));
    CHECK(on(corrected, "analysis.acknowledge") == std::vector{wei.id});

    // The day on which nobody has said anything yet, OM may have decided: those concerned still take note.
    const auto decided = open.after(analysis::handle{happened::outcome::adjust, "调整规则"}, as(lin));
    CHECK(decided.state().is == analysis_status::running);
    CHECK(on(decided, "analysis.acknowledge") == std::vector{wei.id});
    CHECK(open.when(analysis::handle{happened::outcome::none, ""}, as(lin)) == bad_field{"reason"});
    CHECK(open.when(analysis::end{"over"}, as(lin)) == no::still_open);
}

TEST_CASE("analysis: every field of a finding is checked, its figures are exact", "[core][analysis][S3.2.3]") {
    const auto asked = [&](auto change) {
        auto f = finding();
        change(f);
        return given<analysis>(planned).when(analysis::report{f}, as(na));
    };
    CHECK(asked([](auto& f) { f.until = tomorrow; }) == no::bad_period);
    CHECK(asked([](auto& f) { f.from = today; }) == no::bad_period);
    CHECK(asked([](auto& f) { f.from = core::date{1990y / 1 / 1}; }) == no::bad_period);
    CHECK(asked([](auto& f) { f.observed = ""; }) == bad_field{"finding/observed"});
    CHECK(asked([](auto& f) { f.cause = std::string(16'385, 'x'); }) == bad_field{"finding/cause"});
    CHECK(asked([](auto& f) { f.suggestion = std::string(16'385, 'x'); }) == bad_field{"finding/suggestion"});
    CHECK(asked([](auto& f) { f.extras.form = 2; }) == no::bad_extras);
    CHECK(asked([](auto& f) { f.figures.assign(65, f.figures[0]); }) == bad_field{"finding/figures"});
    const auto figure = [&](const char* text) { return asked([&](auto& f) { f.figures[0].now = text; }); };
    for (const auto* good : {"0", "12", "-3.25", "0.0001", "123456789012345678901234567890"}) CHECK(figure(good).passed());
    CHECK(figure("") == bad_field{"finding/figures/0/now"});
    for (const auto* bad : {"-", ".5", "5.", "1.2.3", "1e5", "12%", "1,000", " 1", "--1", "1-2"}) CHECK(figure(bad) == no::bad_figures);
}

TEST_CASE("analysis: nobody decides on what they found; it goes to their superior by itself", "[core][analysis][S3.2.3][D1]") {
    auto both = somebody(1, "operations", {"OM", "DA"});
    both.superior = zhou.id;
    auto alone = mei;
    alone.active = false;
    auto other = tech_manager;
    other.active = false;
    const auto here = company().with(both).with(alone).with(other);
    auto own = planned;
    own.plan.owner = both.id;
    const auto open = given<analysis>(own, reported);
    auto by = as(both);
    by.people = &here;
    CHECK(open.when(analysis::handle{happened::outcome::none, "known"}, by) == no::own_finding);
    const auto turn = core::flow::turn_of<analysis>(analysis::flow[6], open.state(), by);
    CHECK(turn.passed_up);
    CHECK(turn.who == std::vector{zhou.id});
    by = as(zhou);
    by.people = &here;
    CHECK(open.when(analysis::handle{happened::outcome::none, "known"}, by).passed());
}

TEST_CASE("analysis: who leaves is succeeded, and nobody is told of what they found themselves", "[core][analysis][S1.3.4]") {
    auto a = given<analysis>(planned, reported).state();
    analysis::evolve(a, happened::handed_over{na.id, wei.id});
    CHECK(a.owner == wei.id);
    CHECK(a.concerned.empty());
    auto b = given<analysis>(planned, reported).state();
    analysis::evolve(b, happened::handed_over{wei.id, mei.id});
    CHECK(b.owner == na.id);
    CHECK(b.concerned == std::vector{mei.id});
}

TEST_CASE("analysis: its department, those concerned and those who manage and audit see it", "[core][analysis][access][S3.2.3]") {
    auto elsewhere = planned;
    elsewhere.department = {"finance"};
    const auto a = given<analysis>(elsewhere).state();
    for (const auto* p : {&lin, &wei, &na, &zhou, &aud, &tech_manager}) CHECK(may_see(a, as(*p)));
    for (const auto* p : {&requester, &ada, &gone, &forgotten}) CHECK(!may_see(a, as(*p)));
    CHECK(!may_see(analysis::state{}, as(lin)));
}
