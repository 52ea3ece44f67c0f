// From calibration on: the result, appeals, what is made of it.

#include "core/appraisal/appraisal.hpp"
#include "core/cycle/cycle.hpp"
#include "core/incentive/incentive.hpp"
#include "core/org/org.hpp"
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

outcome<appraisal> when(const situation<appraisal>& at, const appraisal::command& asked, const core::person& who, cycle_status in) {
    const auto w = world_with(in);
    return at.when(asked, in_office(who, w));
}
core::context on(core::date day, core::context by) {
    by.today = day;
    return by;
}

}  // namespace

TEST_CASE("appraisal: calibration adjusts scores by indicator, in its time", "[core][appraisal][D2][D1]") {
    const auto held = appraisal_story().held().at();
    const appraisal::calibrate asked{{{"module", 75}}, "as in other departments"};
    CHECK(when(held, asked, hui, cycle_status::calibration) ==
          happened::calibrated{{{"module", 70, 75}}, about_wei("as in other departments")});
    CHECK(when(held, asked, zhou, cycle_status::calibration).passed());
    CHECK(when(held, asked, hui, cycle_status::evaluation_closed) == no::not_calibrating);
    CHECK(when(held, asked, lin, cycle_status::calibration) == no::own_evaluation);
    CHECK(when(held, asked, wei, cycle_status::calibration) == no::own_evaluation);
    CHECK(when(held, appraisal::calibrate{{{"module", 101}}, "x"}, hui, cycle_status::calibration) == bad_field{"adjustments/0/score"});
    CHECK(when(held, appraisal::calibrate{{}, "x"}, hui, cycle_status::calibration) == bad_field{"adjustments"});
    CHECK(when(held, appraisal::calibrate{{{"other", 1}}, "x"}, hui, cycle_status::calibration) == no::bad_adjustments);
    CHECK(when(held, appraisal::calibrate{{{"module", 75}}, ""}, hui, cycle_status::calibration) == bad_field{"reason"});
    const auto w = world_with(cycle_status::calibration);
    const auto twice = held.after(asked, in_office(hui, w));
    CHECK(twice.when(appraisal::calibrate{{{"module", 80}}, "more"}, in_office(hui, w)) ==
          happened::calibrated{{{"module", 75, 80}}, about_wei("more")});
    const auto e = std::get<happened::finalised>(twice.when(appraisal::finalise{{}}, in_office(zhou, w)).happened()[0]);
    CHECK(e.result.superior.parts[0].score == 7'500u);
}

TEST_CASE("appraisal: the evaluator's superior finalises, with the whole way to the score", "[core][appraisal][D1][D2][D3]") {
    const auto held = appraisal_story().held().at();
    CHECK(when(held, appraisal::finalise{{}}, zhou, cycle_status::evaluation_closed) == no::not_calibrated);
    CHECK(when(held, appraisal::finalise{{}}, lin, cycle_status::calibration) == no::own_evaluation);
    CHECK(when(held, appraisal::finalise{{}}, wei, cycle_status::calibration) == no::own_evaluation);
    CHECK(when(held, appraisal::finalise{{}}, hui, cycle_status::calibration) == no::not_reviewer);
    CHECK(when(held, appraisal::finalise{{}}, mei, cycle_status::calibration) == no::not_reviewer);
    CHECK(when(held, appraisal::finalise{std::string(5'000, 'x')}, zhou, cycle_status::calibration) == bad_field{"comment"});
    auto w = world_with(cycle_status::closed);
    core::org::state o;
    o.settings_number = 4;
    w.put<core::org>(1, o);
    const auto done = held.when(appraisal::finalise{"agreed"}, in_office(zhou, w));
    REQUIRE(done.passed());
    const auto e = std::get<happened::finalised>(done.happened()[0]);
    CHECK(e.formula == 4);
    CHECK(e.appeal_until == core::date{2026y / 11 / 30});
    CHECK(e.comment == about_wei("agreed"));
    CHECK(e.result.self.score == 8'500u);
    CHECK(e.result.superior.score == 7'400u);
    CHECK(e.result.score == 7'510u);  // 10 % of 85.00 and 90 % of 74.00
    CHECK(e.result.grade == happened::grade::B);
    CHECK(!e.result.year.has_value());
    const auto s = held.after(appraisal::finalise{{}}, in_office(zhou, w)).state();
    CHECK(s.result == 7'510u);
    CHECK(s.grade == happened::grade::B);
}

TEST_CASE("appraisal: where nobody is above the evaluator, another leader finalises, or human resources", "[core][appraisal][D1]") {
    auto of_lin = appraisal_opened;
    of_lin.employee = lin.id;
    of_lin.evaluator = zhou.id;
    appraisal::state s = given<appraisal>(of_lin).state();
    s.is = appraisal_status::talk_held;
    const situation<appraisal> held(s);
    const auto w = world_with(cycle_status::calibration);
    CHECK(held.when(appraisal::finalise{{}}, in_office(hui, w)).passed());
    CHECK(held.when(appraisal::finalise{{}}, in_office(zhou, w)) == no::own_evaluation);
    const auto two = office.with(somebody(13, "board", {"SL"}));
    CHECK(held.when(appraisal::finalise{{}}, in_office(hui, w, two)) == no::not_reviewer);
    CHECK(held.when(appraisal::finalise{{}}, in_office(somebody(13, "board", {"SL"}), w, two)).passed());
    // And it is said beforehand.
    const auto waits = core::flow::waits<appraisal>(s, in_office(lin, w));
    REQUIRE(waits.size() == 1);
    CHECK(waits[0].command == "appraisal.finalise");
    CHECK(waits[0].on.who == std::vector<core::member_id>{hui.id});
}

TEST_CASE("appraisal: an appeal within five working days, upheld or rejected", "[core][appraisal][S6.3.4]") {
    const auto final = appraisal_story().finalised().at();
    const auto w = world_with(cycle_status::closed);
    CHECK(final.when(appraisal::appeal{""}, in_office(wei, w)) == bad_field{"reason"});
    CHECK(final.when(appraisal::appeal{"why"}, on(core::date{2026y / 11 / 30}, in_office(wei, w))) == happened::appealed{about_wei("why")});
    CHECK(final.when(appraisal::appeal{"why"}, on(core::date{2026y / 12 / 1}, in_office(wei, w))) == no::appeal_is_late);
    CHECK(final.when(appraisal::appeal{"why"}, in_office(lin, w)) == no::not_employee);
    const auto asked = appraisal_story().appealed().at();
    CHECK(asked.when(appraisal::uphold_appeal{"x"}, in_office(lin, w)) == no::own_evaluation);
    CHECK(asked.when(appraisal::uphold_appeal{"x"}, in_office(zhou, w)) == no::own_evaluation);  // who finalised it does not say whether that was right
    CHECK(asked.when(appraisal::uphold_appeal{""}, in_office(hui, w)) == bad_field{"reason"});
    CHECK(asked.when(appraisal::reject_appeal{"it was assigned"}, in_office(hui, w)) == happened::appeal_rejected{about_wei("it was assigned")});
    const auto rejected = asked.after(appraisal::reject_appeal{"x"}, in_office(hui, w));
    CHECK(rejected.state().is == appraisal_status::finalised);
    CHECK(rejected.when(appraisal::appeal{"again"}, in_office(wei, w)) == no::appealed_before);

    const auto upheld = asked.after(appraisal::uphold_appeal{"right"}, in_office(hui, w));
    CHECK(upheld.state().is == appraisal_status::reopened);
    CHECK(upheld.state().result == 7'510u);  // the old one stays until there is another
    const auto anew = upheld.after(appraisal::evaluate{good_f7(90)}, in_office(lin, w))
                          .after(appraisal::record_talk{good_f8()}, in_office(lin, w))
                          .after(appraisal::confirm_talk{}, in_office(wei, w))
                          .after(appraisal::confirm_talk{}, in_office(lin, w))
                          .after(appraisal::finalise{{}}, in_office(zhou, w));
    CHECK(anew.state().result == 8'230u);
    CHECK(anew.when(appraisal::appeal{"again"}, in_office(wei, w)).passed());
}

TEST_CASE("appraisal: SL reopens what is finalised or applied", "[core][appraisal][S6.3.4]") {
    const auto w = world_with(cycle_status::closed);
    const auto applied = past_appeal(appraisal_story().finalised()).after(appraisal::apply{}, in_office(zhou, w));
    CHECK(applied.when(appraisal::reopen{"an error"}, in_office(zhou, w)) == happened::reopened{about_wei("an error"), lin.id});
    CHECK(applied.when(appraisal::reopen{""}, in_office(zhou, w)) == bad_field{"reason"});
    CHECK(applied.when(appraisal::reopen{"x"}, in_office(hui, w)) == no::not_arbiter);
    CHECK(applied.when(appraisal::reopen{"x"}, in_office(lin, w)) == no::own_evaluation);
    // Whose evaluator has left gets another.
    auto lin_left = lin;
    lin_left.active = false;
    const auto without = office.with(lin_left);
    CHECK(applied.when(appraisal::reopen{"x"}, in_office(zhou, w, without)) == happened::reopened{about_wei("x"), mei.id});
    auto wei_left = wei;
    wei_left.active = false;
    CHECK(applied.when(appraisal::reopen{"x"}, in_office(zhou, w, office.with(wei_left))) == no::employee_left);
}

TEST_CASE("appraisal: it is applied once nobody can appeal and all that was proposed is decided", "[core][appraisal][S6.3.4]") {
    const auto final = appraisal_story().finalised().at();
    auto w = world_with(cycle_status::closed);
    CHECK(final.when(appraisal::apply{}, in_office(zhou, w)) == no::appeal_still_possible);
    const auto over = core::date{2026y / 12 / 1};
    CHECK(final.when(appraisal::apply{}, on(over, in_office(zhou, w))) == happened::applied{});
    CHECK(final.when(appraisal::apply{}, on(over, in_office(lin, w))) == no::not_leader);
    core::incentive::state bonus;
    bonus.appraisal = {1};
    for (const auto is : {core::incentive_status::proposed, core::incentive_status::returned, core::incentive_status::clarifying}) {
        bonus.is = is;
        w.put<core::incentive>(1, bonus);
        CHECK(final.when(appraisal::apply{}, on(over, in_office(zhou, w))) == no::incentives_pending);
    }
    for (const auto is : {core::incentive_status::approved, core::incentive_status::effective, core::incentive_status::rejected, core::incentive_status::withdrawn}) {
        bonus.is = is;
        w.put<core::incentive>(1, bonus);
        CHECK(final.when(appraisal::apply{}, on(over, in_office(zhou, w))).passed());
    }
}

TEST_CASE("appraisal: a year is finalised after its quarters, and rests on them", "[core][appraisal][D2][S6.2]") {
    auto annual = appraisal_opened;
    annual.kind = events::cycle::kind::annual;
    annual.quarter = 0;
    auto s = appraisal_story(annual).held().at().state();
    const situation<appraisal> held(s);
    auto w = world_with(cycle_status::calibration);
    const auto quarter = [](std::uint8_t q, appraisal_status is, std::optional<std::uint32_t> result) {
        auto a = given<appraisal>(appraisal_opened).state();
        a.quarter = q;
        a.is = is;
        a.result = result;
        return a;
    };
    w.put<appraisal>(2, quarter(1, appraisal_status::applied, 9'000));
    w.put<appraisal>(3, quarter(2, appraisal_status::evaluated, {}));
    CHECK(held.when(appraisal::finalise{{}}, in_office(zhou, w)) == no::quarters_pending);
    w.put<appraisal>(3, quarter(2, appraisal_status::cancelled, {}));
    w.put<appraisal>(4, quarter(3, appraisal_status::finalised, 8'001));
    const auto e = std::get<happened::finalised>(held.when(appraisal::finalise{{}}, in_office(zhou, w)).happened()[0]);
    CHECK(e.result.quarters->score == 8'501u);  // 85.005, half up
    CHECK(e.result.rests_on == std::vector<core::appraisal_id>{{2}, {4}});
    CHECK(e.result.quarters->parts[0].used == 5'000);
    CHECK(e.result.quarters->parts[1].used == 0);
    CHECK(e.result.score == 8'104u);  // 60 % of 85.005 and 40 % of 75.10 are 81.043 (D17)
}

TEST_CASE("appraisal: a pending one is cancelled with a reason, and handed over when the evaluator leaves", "[core][appraisal][S6.2][S1.3.4]") {
    const auto w = world_with(cycle_status::open);
    const auto in = appraisal_story().self().at();
    CHECK(in.when(appraisal::cancel{"long leave"}, in_office(zhou, w)) == happened::cancelled{about_wei("long leave")});
    CHECK(in.when(appraisal::cancel{""}, in_office(zhou, w)) == bad_field{"reason"});
    CHECK(in.when(appraisal::hand_over{lin.id, mei.id}, office_system(w)) == happened::handed_over{lin.id, mei.id});
    CHECK(in.when(appraisal::hand_over{lin.id, wei.id}, office_system(w)) == no::bad_successor);
    CHECK(in.when(appraisal::hand_over{mei.id, zhou.id}, office_system(w)) == nothing<appraisal>());
    const auto over = appraisal_story().recorded().at().after(appraisal::hand_over{lin.id, mei.id}, office_system(w));
    CHECK(over.state().evaluator == mei.id);
    CHECK(over.when(appraisal::confirm_talk{}, in_office(lin, w)) == no::not_party);
    CHECK(over.when(appraisal::confirm_talk{}, in_office(mei, w)).passed());
}
