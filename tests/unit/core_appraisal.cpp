#include "core/appraisal/appraisal.hpp"
#include "core/cycle/cycle.hpp"
#include "core/indicators/indicators.hpp"
#include "tests/support/appraised.hpp"

#include "core/appraisal/people.hpp"

using namespace opsroom_test;
using core::appraisal;
using core::appraisal_status;
using core::cycle_status;
using no = core::appraisal::rejection;
namespace happened = events::appraisal;

namespace {

events::personal about_wei(std::string text) { return {wei.id, std::move(text)}; }

template <class Change>
appraisal::self_form f6_with(Change change) {
    auto f = good_f6();
    change(f);
    return f;
}
template <class Change>
appraisal::evaluation f7_with(Change change) {
    auto f = good_f7();
    change(f);
    return f;
}

outcome<appraisal> when(const situation<appraisal>& at, const appraisal::command& asked, const core::person& who, cycle_status in) {
    const auto w = world_with(in);
    return at.when(asked, in_office(who, w));
}
core::context on(core::date day, core::context by) {
    by.today = day;
    return by;
}

}  // namespace

TEST_CASE("appraisal: a cycle opens it with the indicators and the superior of the day", "[core][appraisal][S6.2][S6.1.2]") {
    auto w = world_with(cycle_status::open);
    const auto sp = core::handbook_indicators({"SP"});
    w.put<core::indicators>(1, given<core::indicators>(events::indicators::published{sp->role, sp->name, sp->indicators, 1}).state());
    auto expected = appraisal_opened;
    expected.id = {fresh};
    const auto open = [&](core::member_id who, const world& in, const core::person& by = hui) {
        return given<appraisal>().when(appraisal::open{{1}, who}, in_office(by, in));
    };
    CHECK(open(wei.id, w) == expected);
    CHECK(given<appraisal>().when(appraisal::open{{1}, wei.id}, office_system(w)) == expected);
    CHECK(open(wei.id, w, lin) == no::not_personnel);
    CHECK(open(na.id, w) == no::no_indicators);
    CHECK(open(gone.id, w) == bad_field{"employee"});
    CHECK(given<appraisal>().when(appraisal::open{{9}, wei.id}, in_office(hui, w)) == no::no_such_cycle);
    CHECK(given<appraisal>(appraisal_opened).when(appraisal::open{{1}, wei.id}, in_office(hui, w)) == no::already_exists);
    for (const auto is : {cycle_status::planned, cycle_status::evaluation_closed, cycle_status::closed}) {
        auto other = w;
        other.put<core::cycle>(1, cycle_at(is));
        CHECK(open(wei.id, other) == no::cycle_not_open);
    }
    auto again = w;
    again.put<appraisal>(1, given<appraisal>(appraisal_opened).state());
    CHECK(open(wei.id, again) == no::already_opened);
    again.put<appraisal>(1, given<appraisal>(appraisal_opened, happened::cancelled{about_wei("x")}).state());
    CHECK(open(wei.id, again).passed());
}

TEST_CASE("appraisal: nobody evaluates themselves; without a superior a manager of the department does, or a superior leader", "[core][appraisal][D1][S6.3.2]") {
    using core::appraisal_people::evaluator_for;
    const world empty;
    const auto by = in_office(hui, empty);
    CHECK(evaluator_for(wei.id, by) == lin.id);
    CHECK(evaluator_for(lin.id, by) == zhou.id);
    CHECK(evaluator_for(aud.id, by) == zhou.id);
    CHECK(evaluator_for(zhou.id, by) == core::member_id{});
    const auto second = office.with(somebody(13, "board", {"SL"}));
    CHECK(evaluator_for(zhou.id, in_office(hui, empty, second)).value == 13);
    // A superior who has left evaluates nobody: an operations manager of the department does, and of one of those a superior leader.
    const auto left = office.with(below(wei, gone)).with(below(mei, gone));
    CHECK(evaluator_for(wei.id, in_office(hui, empty, left)) == lin.id);
    CHECK(evaluator_for(mei.id, in_office(hui, empty, left)) == zhou.id);
}

TEST_CASE("appraisal: every field of F6 is checked, absent scores are fine", "[core][appraisal][S6.3.1][F6][D2]") {
    const auto asked = [](auto change) {
        return when(appraisal_story().at(), appraisal::submit_self{f6_with(change)}, wei, cycle_status::open);
    };
    const auto passed = asked([](auto&) {});
    REQUIRE(passed.passed());
    const auto e = std::get<happened::self_submitted>(passed.happened()[0]);
    CHECK(e.form.lines[0].text == about_wei("完成模块目标"));
    CHECK(e.form.lines[0].evidence == std::vector<happened::evidence>{{{17}, about_wei("上线")}});
    CHECK(!e.form.lines[1].score.has_value());
    CHECK(e.score == 8'500u);  // (40 × 80 + 40 × 90) / 80
    CHECK(asked([](auto& f) { f.lines.pop_back(); }) == no::bad_lines);
    CHECK(asked([](auto& f) { f.lines[1].indicator = "module"; }) == no::bad_lines);
    CHECK(asked([](auto& f) { f.lines[1].indicator = "other"; }) == no::bad_lines);
    CHECK(asked([](auto& f) { std::swap(f.lines[0], f.lines[2]); }).passed());
    CHECK(asked([](auto& f) { f.lines[0].score = 101; }) == bad_field{"form/lines/0/score"});
    CHECK(asked([](auto& f) { f.lines[0].score = 0; }).passed());
    CHECK(asked([](auto& f) { f.lines[0].text = " "; }) == bad_field{"form/lines/0/text"});
    CHECK(asked([](auto& f) { f.lines[0].evidence[0].at = {}; }) == no::bad_evidence);
    CHECK(asked([](auto& f) { f.lines[0].evidence.push_back(f.lines[0].evidence[0]); }) == no::bad_evidence);
    CHECK(asked([](auto& f) { f.extras.fields = {{"channel", "x"}}; }) == no::bad_extras);
    // A draft may lack anything.
    CHECK(when(appraisal_story().at(), appraisal::draft_self{{}}, wei, cycle_status::open).passed());
    CHECK(when(appraisal_story().at(), appraisal::draft_self{f6_with([](auto& f) { f.lines[0].text = ""; f.lines.pop_back(); })}, wei, cycle_status::open).passed());
    CHECK(when(appraisal_story().at(), appraisal::draft_self{f6_with([](auto& f) { f.lines[0].text = std::string(16'385, 'x'); })}, wei, cycle_status::open) ==
          bad_field{"form/lines/0/text"});
    CHECK(when(appraisal_story().at(), appraisal::draft_self{f6_with([](auto& f) { f.lines[0].evidence[0].note = std::string(4'097, 'x'); })}, wei, cycle_status::open) ==
          bad_field{"form/lines/0/evidence/0/note"});
    CHECK(when(appraisal_story().at(), appraisal::draft_self{f6_with([](auto& f) { f.lines[0].score = 101; })}, wei, cycle_status::open) == bad_field{"form/lines/0/score"});
}

TEST_CASE("appraisal: every field of F7 is checked", "[core][appraisal][S6.3.2][F7][D2][D3]") {
    const auto in = appraisal_story().self().at();
    const auto asked = [&](auto change) { return when(in, appraisal::evaluate{f7_with(change)}, lin, cycle_status::open); };
    const auto passed = asked([](auto&) {});
    REQUIRE(passed.passed());
    const auto e = std::get<happened::evaluated>(passed.happened()[0]);
    CHECK(e.score == 7'400u);
    CHECK(e.grade == happened::grade::B);
    CHECK(e.form.comment == about_wei("总体稳定"));
    CHECK(asked([](auto& f) { f.comment = ""; }) == bad_field{"form/comment"});
    CHECK(asked([](auto& f) { f.lines[0].comment = ""; }) == bad_field{"form/lines/0/comment"});
    CHECK(asked([](auto& f) { f.lines[0].score = 200; }) == bad_field{"form/lines/0/score"});
    CHECK(asked([](auto& f) { f.lines.clear(); }) == no::bad_lines);
    CHECK(asked([](auto& f) { f.extras.form = 3; }) == no::bad_extras);
    const auto none = asked([](auto& f) { for (auto& l : f.lines) l.score.reset(); });
    REQUIRE(none.passed());
    CHECK(!std::get<happened::evaluated>(none.happened()[0]).score.has_value());
    CHECK(!std::get<happened::evaluated>(none.happened()[0]).grade.has_value());
}

TEST_CASE("appraisal: F6 and F7 come while the cycle takes them, F7 without F6 once that is closed", "[core][appraisal][S6.2][S6.3.1][S6.3.2]") {
    const auto opened = appraisal_story().at();
    const auto f6 = appraisal::submit_self{good_f6()};
    const auto f7 = appraisal::evaluate{good_f7()};
    CHECK(when(opened, f6, wei, cycle_status::self_closed) == no::self_is_closed);
    CHECK(when(opened, f7, lin, cycle_status::open) == no::self_is_out);
    CHECK(when(opened, f7, lin, cycle_status::self_closed).passed());
    CHECK(when(opened, f7, lin, cycle_status::evaluation_closed) == no::evaluation_is_closed);
    // Who was away gets longer.
    auto w = world_with(cycle_status::evaluation_closed);
    CHECK(opened.when(appraisal::extend{yesterday, "ill"}, in_office(zhou, w)) == no::bad_until);
    CHECK(opened.when(appraisal::extend{tomorrow, ""}, in_office(zhou, w)) == bad_field{"reason"});
    const auto longer = opened.after(appraisal::extend{tomorrow, "ill"}, in_office(zhou, w));
    CHECK(longer.when(appraisal::extend{tomorrow, "ill"}, in_office(zhou, w)) == nothing<appraisal>());
    CHECK(longer.when(f7, in_office(lin, w)) == no::self_is_out);
    CHECK(longer.when(f6, in_office(wei, w)).passed());
    const auto late = core::date{2026y / 11 / 25};
    CHECK(longer.when(f6, on(late, in_office(wei, w))) == no::self_is_closed);
    CHECK(longer.when(f7, on(late, in_office(lin, w))) == no::evaluation_is_closed);
}

TEST_CASE("appraisal: returned, it can come again, and the evaluation waits for it", "[core][appraisal][S6.3.1]") {
    const auto in = appraisal_story().evaluated().at();
    CHECK(when(in, appraisal::return_self{""}, lin, cycle_status::open) == bad_field{"reason"});
    CHECK(when(in, appraisal::return_self{"no evidence"}, lin, cycle_status::closed) ==
          happened::self_returned{about_wei("no evidence"), core::date{2026y / 11 / 30}});
    const auto w = world_with(cycle_status::closed);
    const auto back = in.after(appraisal::return_self{"no evidence"}, in_office(lin, w));
    CHECK(back.state().is == appraisal_status::self_draft);
    CHECK(back.when(appraisal::evaluate{good_f7()}, in_office(lin, w)) == no::self_is_out);
    CHECK(back.after(appraisal::submit_self{good_f6()}, in_office(wei, w)).when(appraisal::evaluate{good_f7()}, in_office(lin, w)).passed());
    // Where it does not come in time, the evaluation goes on without.
    const auto late = core::date{2026y / 12 / 1};
    CHECK(back.when(appraisal::submit_self{good_f6()}, on(late, in_office(wei, w))) == no::self_is_closed);
    CHECK(back.when(appraisal::evaluate{good_f7()}, on(late, in_office(lin, w))).passed());
}

TEST_CASE("appraisal: evidence is suggested from the log, added and removed by hand", "[core][appraisal][S6.3.2][F6][F7]") {
    using src = events::indicators::evidence_source;
    const auto w = world_with(cycle_status::open);
    const appraisal::suggest_evidence found{{{"module", src::milestones_reached, {8}}, {"execution", src::tasks_on_time, {9}}, {"other", src::tasks_late, {10}}}};
    const auto opened = appraisal_story().at();
    CHECK(opened.when(found, in_office(lin, w)) == no::not_party);
    CHECK(opened.when(found, office_system(w)) == happened::evidence_suggested{{found.found[0], found.found[1]}});
    auto at = opened.after(found, office_system(w));
    CHECK(at.when(found, office_system(w)) == nothing<appraisal>());

    const appraisal::add_evidence mine{"module", {{30}, "开会说明"}};
    CHECK(at.when(mine, in_office(wei, w)) == happened::evidence_added{wei.id, "module", {{30}, about_wei("开会说明")}});
    CHECK(at.when(appraisal::add_evidence{"other", {{30}, "x"}}, in_office(wei, w)) == no::bad_lines);
    CHECK(at.when(appraisal::add_evidence{"module", {{}, "x"}}, in_office(wei, w)) == no::bad_evidence);
    CHECK(at.when(appraisal::add_evidence{"module", {{30}, ""}}, in_office(wei, w)) == no::bad_evidence);
    at = at.after(mine, in_office(wei, w));
    CHECK(at.when(mine, in_office(lin, w)) == nothing<appraisal>());

    // Each removes their own; what the log says is the evaluator's to weigh, and does not come back.
    CHECK(at.when(appraisal::remove_evidence{"module", {30}, "x"}, in_office(lin, w)) == no::not_your_evidence);
    CHECK(at.when(appraisal::remove_evidence{"execution", {9}, "x"}, in_office(wei, w)) == no::not_your_evidence);
    CHECK(at.when(appraisal::remove_evidence{"execution", {9}, ""}, in_office(lin, w)) == bad_field{"reason"});
    CHECK(at.when(appraisal::remove_evidence{"execution", {77}, "x"}, in_office(lin, w)) == no::no_such_evidence);
    at = at.after(appraisal::remove_evidence{"execution", {9}, "not theirs"}, in_office(lin, w));
    CHECK(at.when(appraisal::remove_evidence{"execution", {9}, "x"}, in_office(lin, w)) == no::no_such_evidence);
    CHECK(at.when(found, office_system(w)) == nothing<appraisal>());
    CHECK(at.when(appraisal::add_evidence{"execution", {{9}, "it is"}}, in_office(wei, w)).passed());
}

TEST_CASE("appraisal: the talk is recorded, confirmed by both, or returned", "[core][appraisal][S6.3.3][F8]") {
    const auto in = appraisal_story().evaluated().at();
    const auto asked = [&](auto change) {
        auto t = good_f8();
        change(t);
        return when(in, appraisal::record_talk{t}, lin, cycle_status::evaluation_closed);
    };
    CHECK(asked([](auto&) {}).passed());
    CHECK(asked([](auto& t) { t.actions.clear(); }).passed());
    CHECK(asked([](auto& t) { t.result = ""; }) == bad_field{"talk/result"});
    CHECK(asked([](auto& t) { t.strengths = ""; }) == bad_field{"talk/strengths"});
    CHECK(asked([](auto& t) { t.shortcomings = ""; }) == bad_field{"talk/shortcomings"});
    CHECK(asked([](auto& t) { t.actions[0].owner = gone.id; }) == bad_field{"talk/actions/0/owner"});
    CHECK(asked([](auto& t) { t.actions[0].due = yesterday; }) == no::bad_actions);
    CHECK(asked([](auto& t) { t.actions[0].standard = ""; }) == bad_field{"talk/actions/0/standard"});
    CHECK(asked([](auto& t) { t.extras.form = 9; }) == no::bad_extras);

    const auto w = world_with(cycle_status::calibration);
    const auto recorded = appraisal_story().recorded().at();
    CHECK(recorded.when(appraisal::confirm_talk{}, in_office(wei, w)) == happened::talk_confirmed{wei.id});
    CHECK(recorded.when(appraisal::confirm_talk{}, in_office(zhou, w)) == no::not_party);
    CHECK(recorded.when(appraisal::confirm_talk{}, office_system(w)) == no::not_party);
    const auto once = recorded.after(appraisal::confirm_talk{}, in_office(wei, w));
    CHECK(once.state().is == appraisal_status::talk_recorded);
    CHECK(once.when(appraisal::confirm_talk{}, in_office(wei, w)) == nothing<appraisal>());
    CHECK(core::flow::waits<appraisal>(once.state(), in_office(wei, w))[0].on.who == std::vector<core::member_id>{lin.id});
    CHECK(once.after(appraisal::confirm_talk{}, in_office(lin, w)).state().is == appraisal_status::talk_held);
    // Changed, both confirm again.
    auto changed = good_f8();
    changed.shortcomings = "反馈太少";
    CHECK(!once.after(appraisal::revise_talk{changed}, in_office(lin, w)).state().employee_confirmed);
    CHECK(once.when(appraisal::return_talk{""}, in_office(wei, w)) == bad_field{"reason"});
    CHECK(once.after(appraisal::return_talk{"that was not said"}, in_office(wei, w)).state().is == appraisal_status::evaluated);
    // A plan that can't be carried out any more is revised first.
    CHECK(recorded.when(appraisal::confirm_talk{}, on(core::date{2027y / 1 / 1}, in_office(wei, w))) == no::bad_actions);
}
