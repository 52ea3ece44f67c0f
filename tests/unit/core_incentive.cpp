#include "core/appraisal/appraisal.hpp"
#include "core/cycle/cycle.hpp"
#include "core/election/election.hpp"
#include "core/incentive/incentive.hpp"
#include "tests/support/appraised.hpp"

using namespace opsroom_test;
using core::incentive;
using core::incentive_status;
using no = core::incentive::rejection;
using kind = events::incentive::kind;
namespace happened = events::incentive;

namespace {

events::personal about_wei(std::string text) { return {wei.id, std::move(text)}; }

/// With wei's finalised appraisal 1, and election 2 that chose na.
world with_result(core::appraisal_status is = core::appraisal_status::finalised) {
    auto w = world_with(core::cycle_status::closed);
    auto a = appraisal_story().finalised().at().state();
    a.is = is;
    w.put<core::appraisal>(1, a);
    core::election::state e;
    e.is = core::election_status::announced;
    e.winners = {na.id};
    w.put<core::election>(2, e);
    return w;
}

incentive::form good_f16() { return {kind::bonus, wei.id, {{1}}, {}, {{300'000, "CNY"}}, today, "季度奖金", "执行力强", {}}; }
template <class Change>
incentive::form f16_with(Change change) {
    auto f = good_f16();
    change(f);
    return f;
}

happened::proposal sealed_f16() {
    return {kind::bonus, wei.id, {1}, {}, {{300'000, "CNY"}}, today, about_wei("季度奖金"), about_wei("执行力强"), {}};
}
const happened::proposed proposed{lin.id, sealed_f16(), prints.of(sealed_f16()), 1};

template <class... More>
situation<incentive> pending(const More&... more) {
    return given<incentive>(proposed, more...);
}
const happened::approved approved{proposed.sha256, {}};

std::vector<situation<incentive>> situations() {
    return {pending(),
            pending(happened::returned{about_wei("too much")}),
            pending(happened::clarification_asked{about_wei("why?")}),
            pending(approved),
            pending(approved, happened::took_effect{proposed.sha256}),
            pending(happened::rejected{about_wei("no")}),
            pending(happened::withdrawn{about_wei("error")})};
}

std::vector<incentive::command> commands() {
    return {incentive::revise{f16_with([](auto& f) { f.terms = "少一些"; })},
            incentive::approve{proposed.sha256, {}},
            incentive::send_back{"too much"},
            incentive::clarify{"why?"},
            incentive::answer{"so"},
            incentive::reject{"no"},
            incentive::withdraw{"error"},
            incentive::take_effect{},
            incentive::hand_over{lin.id, mei.id}};
}

bool handbook_allows(const incentive::state& i, std::string_view name, const core::person& who) {
    using s = incentive_status;
    const auto command = name.substr(name.find('.') + 1);
    const auto is = [&](auto... all) { return ((i.is == all) || ...); };
    const bool sl = who.id == zhou.id, hr = who.id == hui.id, proposer = who.id == lin.id;
    if (!who.active) return false;
    if (command == "revise") return proposer && is(s::returned);
    if (command == "approve") return sl && is(s::proposed, s::approved, s::effective);  // again: already so
    if (command == "return" || command == "clarify" || command == "reject") return sl && is(s::proposed);
    if (command == "answer") return proposer && is(s::clarifying);
    if (command == "withdraw") return (proposer || hr) && is(s::proposed, s::returned, s::clarifying);
    if (command == "take_effect") return hr && is(s::approved, s::effective);
    return false;  // hand_over is the system's
}

}  // namespace

TEST_CASE("incentive: OM or HR propose from a finalised appraisal, never for themselves", "[core][incentive][S6.3.4][S6.4.1][D1][F16]") {
    const auto w = with_result();
    const auto asked = [&](const core::person& who, incentive::form f = good_f16()) {
        return given<incentive>().when(incentive::propose{std::move(f)}, in_office(who, w));
    };
    CHECK(asked(lin) == proposed);
    CHECK(asked(hui).passed());
    CHECK(asked(zhou) == no::not_proposer);
    CHECK(asked(wei) == no::own_incentive);
    CHECK(asked(na) == no::not_proposer);
    CHECK(asked(gone) == no::inactive);
    // A manager who may not see the appraisal is not told of it.
    CHECK(asked(mei) == no::no_such_appraisal);
    CHECK(asked(lin, f16_with([](auto& f) { f.appraisal = core::appraisal_id{9}; })) == no::no_such_appraisal);
    CHECK(asked(lin, f16_with([](auto& f) { f.member = na.id; })) == no::no_such_appraisal);
    for (const auto is : {core::appraisal_status::talk_held, core::appraisal_status::appealed, core::appraisal_status::reopened}) {
        const auto other = with_result(is);
        CHECK(given<incentive>().when(incentive::propose{good_f16()}, in_office(lin, other)) == no::result_open);
    }
    const auto applied = with_result(core::appraisal_status::applied);
    CHECK(given<incentive>().when(incentive::propose{good_f16()}, in_office(lin, applied)).passed());
}

TEST_CASE("incentive: every field of F16 is checked, of each kind", "[core][incentive][S6.4.1][S6.4.2][S6.4.4][F16]") {
    const auto w = with_result();
    const auto asked = [&](auto change) { return given<incentive>().when(incentive::propose{f16_with(change)}, in_office(lin, w)); };
    CHECK(asked([](auto& f) { f.member = gone.id; }) == bad_field{"form/member"});
    CHECK(asked([](auto& f) { f.appraisal.reset(); }) == no::bad_ground);
    CHECK(asked([](auto& f) { f.election = core::election_id{2}; }) == no::bad_ground);
    CHECK(asked([](auto& f) { f.amount.reset(); }) == no::bad_amount);
    CHECK(asked([](auto& f) { f.amount->cents = 0; }) == bad_field{"form/amount/cents"});
    CHECK(asked([](auto& f) { f.amount->currency = "yuan"; }) == bad_field{"form/amount/currency"});
    CHECK(asked([](auto& f) { f.amount->currency = "cny"; }) == no::bad_amount);
    CHECK(asked([](auto& f) { f.effective = yesterday; }) == no::bad_day);
    CHECK(asked([](auto& f) { f.terms = ""; }) == bad_field{"form/terms"});
    CHECK(asked([](auto& f) { f.reason = ""; }) == bad_field{"form/reason"});
    CHECK(asked([](auto& f) { f.extras.form = 2; }) == no::bad_extras);
    CHECK(asked([](auto& f) { f.kind = kind::salary_adjustment; }).passed());
    CHECK(asked([](auto& f) { f.kind = kind::salary_adjustment; f.amount.reset(); }) == no::bad_amount);
    CHECK(asked([](auto& f) { f.kind = kind::promotion; }) == no::bad_amount);
    CHECK(asked([](auto& f) { f.kind = kind::promotion; f.amount.reset(); }).passed());
    CHECK(asked([](auto& f) { f.kind = kind::training; f.amount.reset(); }).passed());
    CHECK(asked([](auto& f) { f.kind = kind::training; }).passed());
    CHECK(asked([](auto& f) { f.kind = kind::award; f.amount.reset(); }).passed());
}

TEST_CASE("incentive: an award may rest on an election, nothing else may", "[core][incentive][S6.4.3]") {
    const auto w = with_result();
    const auto asked = [&](auto change) {
        auto f = good_f16();
        f.kind = kind::award;
        f.member = na.id;
        f.appraisal.reset();
        f.election = core::election_id{2};
        f.amount.reset();
        change(f);
        return given<incentive>().when(incentive::propose{f}, office_system(w));
    };
    CHECK(asked([](auto&) {}).passed());
    CHECK(asked([](auto& f) { f.member = wei.id; }) == no::no_such_election);
    CHECK(asked([](auto& f) { f.election = core::election_id{9}; }) == no::no_such_election);
    CHECK(asked([](auto& f) { f.kind = kind::training; }) == no::bad_ground);
    // What the system proposed is looked after by OM and HR.
    auto by_system = proposed;
    by_system.by = {};
    by_system.proposal.appraisal = {};
    by_system.proposal.election = {2};
    const auto i = given<incentive>(by_system, happened::clarification_asked{about_wei("why?")});
    CHECK(i.when(incentive::answer{"elected"}, in_office(mei, w)).passed());
    CHECK(i.when(incentive::answer{"elected"}, in_office(hui, w)).passed());
    CHECK(i.when(incentive::answer{"elected"}, in_office(wei, w)) == no::own_incentive);
    CHECK(core::may_see_incentive(i.state(), mei));
}

TEST_CASE("incentive: SL releases exactly what was proposed", "[core][incentive][D8]") {
    const auto w = with_result();
    CHECK(pending().when(incentive::approve{print_like("other"), {}}, in_office(zhou, w)) == no::other_proposal);
    CHECK(pending().when(incentive::approve{proposed.sha256, "well done"}, in_office(zhou, w)) ==
          happened::approved{proposed.sha256, about_wei("well done")});
    CHECK(pending().when(incentive::approve{proposed.sha256, std::string(5'000, 'x')}, in_office(zhou, w)) == bad_field{"comment"});
    const auto more = f16_with([](auto& f) { f.amount->cents = 500'000; });
    const auto again = pending(happened::returned{about_wei("x")}).after(incentive::revise{more}, in_office(lin, w));
    CHECK(again.when(incentive::approve{proposed.sha256, {}}, in_office(zhou, w)) == no::other_proposal);
    CHECK(again.when(incentive::approve{again.state().sha256, {}}, in_office(zhou, w)).passed());
    CHECK(again.when(incentive::revise{more}, in_office(lin, w)) == nothing<incentive>());
    // A revision is for the same person, from the same result.
    CHECK(pending(happened::returned{about_wei("x")}).when(incentive::revise{f16_with([](auto& f) { f.member = na.id; })}, in_office(lin, w)) ==
          no::bad_ground);
    // Without prints nothing is approved.
    auto blind = in_office(lin, w);
    blind.prints = nullptr;
    const auto unprinted = given<incentive>().after(incentive::propose{good_f16()}, blind);
    CHECK(unprinted.when(incentive::approve{print_like(""), {}}, in_office(zhou, w)) == no::other_proposal);
    // A result that was appealed or reopened in between is waited for.
    const auto open = with_result(core::appraisal_status::appealed);
    CHECK(pending().when(incentive::approve{proposed.sha256, {}}, in_office(zhou, open)) == no::result_open);
}

TEST_CASE("incentive: nobody approves what they proposed, or what is for them", "[core][incentive][D1][D8]") {
    const auto w = with_result();
    auto both = zhou;
    both.roles = {{"SL"}, {"HR"}};
    const auto people = office.with(both);
    auto own = proposed;
    own.by = zhou.id;
    CHECK(given<incentive>(own).when(incentive::approve{own.sha256, {}}, in_office(zhou, w, people)) == no::own_proposal);
    auto for_me = proposed;
    for_me.proposal.member = zhou.id;
    CHECK(given<incentive>(for_me).when(incentive::approve{for_me.sha256, {}}, in_office(zhou, w)) == no::own_proposal);
    // It goes to the superior.
    const auto above = people.with(below(both, ada));
    CHECK(given<incentive>(own).when(incentive::approve{own.sha256, {}}, in_office(ada, w, above)).passed());
}

TEST_CASE("incentive: all verdicts but pass need a reason", "[core][incentive][D8]") {
    const auto w = with_result();
    CHECK(pending().when(incentive::send_back{""}, in_office(zhou, w)) == bad_field{"reason"});
    CHECK(pending().when(incentive::reject{""}, in_office(zhou, w)) == bad_field{"reason"});
    CHECK(pending().when(incentive::clarify{""}, in_office(zhou, w)) == bad_field{"question"});
    CHECK(pending().when(incentive::withdraw{""}, in_office(lin, w)) == bad_field{"reason"});
    const auto asked = pending(happened::clarification_asked{about_wei("why?")});
    CHECK(asked.when(incentive::answer{""}, in_office(lin, w)) == bad_field{"answer"});
    CHECK(asked.after(incentive::answer{"so"}, in_office(lin, w)).state().is == incentive_status::proposed);
    auto forgotten_wei = wei;
    forgotten_wei.active = false;
    forgotten_wei.erased = true;
    CHECK(pending().when(incentive::reject{"x"}, in_office(zhou, w, office.with(forgotten_wei))) == no::bad_member);
}

TEST_CASE("incentive: it takes effect on the day that was approved", "[core][incentive][S6.3.4]") {
    const auto w = with_result();
    auto later = proposed;
    later.proposal.effective = tomorrow;
    const auto i = given<incentive>(later, approved);
    CHECK(i.when(incentive::take_effect{}, office_system(w)) == no::not_due);
    CHECK(i.when(incentive::take_effect{}, in_office(hui, w)) == no::not_due);
    CHECK(core::due_commands(i.state(), office_system(w)).empty());
    auto by = office_system(w);
    by.today = tomorrow;
    REQUIRE(core::due_commands(i.state(), by).size() == 1);
    CHECK(i.when(core::due_commands(i.state(), by)[0], by) == happened::took_effect{later.sha256});
}

TEST_CASE("incentive: its member sees it once it is approved", "[core][incentive][D5][D8]") {
    for (const auto& at : situations()) {
        const bool released = at.state().is == incentive_status::approved || at.state().is == incentive_status::effective;
        for (const auto* who : office_people) {
            const bool looks_after = who->id == lin.id || who->id == zhou.id || who->id == hui.id;
            CHECK(core::may_see_incentive(at.state(), *who) == (looks_after || (who->id == wei.id && released)));
        }
    }
}

TEST_CASE("incentive: every (status, command, person) is as the handbook says", "[core][incentive][S6.3.4][D8]") {
    const auto w = with_result();
    CHECK(check_every_pair<incentive>(situations(), commands(), handbook_allows, office_cast(w)) == 7 * 9 * 12);
    check_rows_agree<incentive>(situations(), commands(), office_cast(w));
}
