// Nobody is left out of a cycle silently (S1.2), and who evaluates can be changed.

#include "core/appraisal/appraisal.hpp"
#include "core/cycle/cycle.hpp"
#include "core/indicators/indicators.hpp"
#include "core/appraisal/left_out.hpp"
#include "core/appraisal/people.hpp"
#include "core/views/views.hpp"
#include "tests/support/appraised.hpp"

namespace core_left_out_tests {

using namespace opsroom_test;
using core::appraisal;
using core::cycle;
using core::cycle_status;
using core::left_out;
using core::left_out_why;

namespace {

// Specialists have indicators, and nobody else.
world with_indicators(cycle_status is) {
    auto w = world_with(is);
    core::indicators::state t;
    t.is = core::indicators_status::published;
    t.role = {"SP"};
    t.indicators = sp_indicators();
    w.put<core::indicators>(1, t);
    return w;
}

std::optional<left_out_why> why(const std::vector<left_out>& all, const core::person& who) {
    for (const auto& one : all)
        if (one.member == who.id) return one.why;
    return std::nullopt;
}

}  // namespace

TEST_CASE("cycle: says who has no appraisal in it, and why", "[core][cycle][S1.2][S6.2]") {
    auto w = with_indicators(cycle_status::open);
    const auto by = office_system(w);
    auto all = core::left_out_of(cycle_at(cycle_status::open), by);
    CHECK(why(all, wei) == left_out_why::not_opened);
    CHECK(why(all, na) == left_out_why::no_indicators);
    CHECK(why(all, lin) == left_out_why::no_indicators);
    CHECK_FALSE(why(all, gone));
    CHECK_FALSE(why(all, requester));  // of a department that nobody is appraised in
    w.put<appraisal>(1, situation<appraisal>(appraisal_story()).state());
    all = core::left_out_of(cycle_at(cycle_status::open), by);
    CHECK_FALSE(why(all, wei));
    auto excused = given<cycle>().state();
    excused = cycle_at(cycle_status::open);
    cycle::evolve(excused, events::cycle::excused{na.id, "new here"});
    CHECK_FALSE(why(core::left_out_of(excused, by), na));
    CHECK(core::left_out_of(cycle_at(cycle_status::cancelled), by).empty());
    // Before it opens: what will be in the way.
    all = core::left_out_of(cycle_at(cycle_status::planned, events::cycle::kind::annual, 0), by);
    CHECK(why(all, na) == left_out_why::no_indicators);
    CHECK_FALSE(why(all, wei));
}

TEST_CASE("cycle: human resources excuse others, with a reason, and not themselves", "[core][cycle][S1.2]") {
    using no = cycle::rejection;
    const auto w = with_indicators(cycle_status::open);
    const situation<cycle> at(cycle_at(cycle_status::open));
    CHECK(at.when(cycle::excuse{na.id, "new here"}, in_office(hui, w)) == events::cycle::excused{na.id, "new here"});
    CHECK(at.when(cycle::excuse{na.id, ""}, in_office(hui, w)) == bad_field{"reason"});
    CHECK(at.when(cycle::excuse{na.id, "new"}, in_office(lin, w)) == no::not_organiser);
    CHECK(at.when(cycle::excuse{requester.id, "x"}, in_office(hui, w)) == no::not_left_out);
    CHECK(at.when(cycle::excuse{hui.id, "x"}, in_office(hui, w)) == no::not_left_out);
    const auto after = at.after(cycle::excuse{na.id, "new here"}, in_office(hui, w));
    CHECK(after.when(cycle::excuse{na.id, "again"}, in_office(hui, w)) == nothing<cycle>());
}

TEST_CASE("appraisal: who has no superior is evaluated by their department's operations manager", "[core][appraisal][S1.2][S6.3.2]") {
    world w;
    const auto evaluator = [&](const core::person& of, const company& people) {
        return core::appraisal_people::evaluator_for(of.id, office_system(w, people));
    };
    CHECK(evaluator(wei, office) == lin.id);
    CHECK((evaluator(wei, roster) == lin.id || evaluator(wei, roster) == mei.id));
    CHECK(evaluator(ada, roster) == tech_manager.id);
    CHECK(evaluator(lin, roster) == zhou.id);  // nobody by one of their own post
    CHECK(evaluator(requester, roster) == zhou.id);
}

TEST_CASE("appraisal: the evaluator is changed with a reason, never by the employee nor to whoever asks", "[core][appraisal][S6.3.2][D1]") {
    using no = appraisal::rejection;
    const auto w = world_with(cycle_status::open);
    const auto at = situation<appraisal>(appraisal_story().self());
    const auto asks = [&](const core::person& who, const core::person& to, const char* reason = "works with her") {
        return at.when(appraisal::change_evaluator{to.id, reason}, in_office(who, w));
    };
    for (const auto* who : office_people) {
        INFO(who->id.value);
        const bool may = who->id == zhou.id || who->id == hui.id;
        CHECK(asks(*who, mei).passed() == may);
        // To themselves, the employee, who has left: nobody.
        for (const auto* to : {who, &wei, &gone}) CHECK_FALSE(asks(*who, *to).passed());
    }
    CHECK(asks(zhou, mei, "") == bad_field{"reason"});
    CHECK(asks(zhou, zhou) == no::bad_evaluator);
    CHECK(asks(zhou, lin) == nothing<appraisal>());
    CHECK(at.after(appraisal::change_evaluator{mei.id, "works with her"}, in_office(zhou, w)).state().evaluator == mei.id);
    // Who had confirmed the talk confirms it no more.
    const auto recorded = situation<appraisal>(appraisal_story().recorded().then(appraisal::confirm_talk{}, lin));
    CHECK(recorded.state().evaluator_confirmed);
    CHECK_FALSE(recorded.after(appraisal::change_evaluator{mei.id, "x"}, in_office(zhou, w)).state().evaluator_confirmed);
    CHECK(situation<appraisal>(appraisal_story().finalised()).when(appraisal::change_evaluator{mei.id, "x"}, in_office(zhou, w)) == no::already_final);
}

}  // namespace core_left_out_tests
