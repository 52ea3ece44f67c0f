// Alerts (S2.3.4): noticed, fired, acknowledged, over, rated; who may do what, and who is told.

#include "core/evidence.hpp"
#include "tests/support/watched.hpp"

#include <set>

using namespace opsroom_test;
using core::alert;
using core::alert_status;
using no = core::alert::rejection;
using ending = events::alert::ending;
using worth = events::alert::worth;
namespace happened = events::alert;

namespace {

const world where = watching();
core::context in(const core::person& who) { return within(where, who); }
const cast here{everybody, in};

const happened::noticed noticed{{{1}, "日销售额过低", {1}, {"销售额1", "Sales 1"}, events::metric::period::day, {}, "", events::alert_rule::severity::warning, {"operations"}, wei.id,
                                 {requester.id, mei.id}, {}}, seen_on(yesterday), today, 1};
const happened::fired fired{seen_on(yesterday), {}, {}, now};
const happened::acknowledged acknowledged{wei.id, "at it", {}};
const happened::resolved over{ending::well_again, {}, {}, now};

std::vector<situation<alert>> situations() {
    return {given<alert>(noticed), given<alert>(noticed, fired), given<alert>(noticed, fired, acknowledged), given<alert>(noticed, fired, over),
            given<alert>(noticed, fired, over, happened::rated{wei.id, worth::useful, {}}), given<alert>(noticed, happened::passed{})};
}
std::vector<alert::command> commands() {
    return {alert::fire{seen_on(yesterday), {}, {}}, alert::tell{alert::told_with::muted, {}}, alert::pass{}, alert::acknowledge{"looking", {}}, alert::settle{ending::well_again}, alert::close{"known"}, alert::rate{worth::noise, "x"},
            alert::hand_over{wei.id, mei.id}};
}
bool handbook_allows(const alert::state& of, std::string_view command, const core::person& who) {
    using s = alert_status;
    const bool told = who.id == wei.id || who.id == requester.id || who.id == mei.id || manages(who);
    if (!who.active) return false;
    if (command == "alert.acknowledge") return of.is == s::firing && told;
    if (command == "alert.close") return (of.is == s::firing || of.is == s::acknowledged) && (who.id == wei.id || manages(who));
    if (command == "alert.rate") return (of.is == s::resolved || of.is == s::rated) && (told || who.id == na.id);
    return false;  // the system's
}
alert::notice notice(core::date day = yesterday) { return {{1}, "", seen_on(day), false, {}, {}}; }

}  // namespace

TEST_CASE("alert: every (status, command, person) that is not in the handbook is refused with a clause", "[core][alert][S2.3.4][table]") {
    CHECK(check_every_pair<alert>(situations(), commands(), handbook_allows, here) == situations().size() * commands().size() * everybody.size());
    check_rows_agree<alert>(situations(), commands(), here);
}

TEST_CASE("alert: only the system notices; what is noticed has the rule as it is, and the owner of the metric among those told", "[core][alert][S2.3.4]") {
    for (const auto* who : everybody) CHECK(!given<alert>().when(notice(), in(*who)).passed());
    const auto made = given<alert>().when(notice(), within(where));
    const auto said = made.happened();
    REQUIRE(said.size() == 1);
    const auto& first = std::get<happened::noticed>(said.front());
    CHECK(first.of.owner == wei.id);
    REQUIRE(first.of.concerned.size() == 2);
    CHECK(first.of.concerned[0].value == requester.id.value);
    CHECK(first.of.concerned[1].value == mei.id.value);
    CHECK(first.of.called.en == "Sales 1");
    auto at_once = notice();
    at_once.fires = true;
    CHECK(given<alert>().when(at_once, within(where)).happened().size() == 2);
}

TEST_CASE("alert: none of a rule that is off, none twice, and listed only in one that was told", "[core][alert][S2.3.4]") {
    auto w = watching();
    auto rule = *w.find<core::alert_rule>(1);
    rule.is = core::alert_rule_status::paused;
    w.put<core::alert_rule>(1, rule);
    CHECK(given<alert>().when(notice(), within(w)) == no::not_watched);
    auto twice = watching();
    auto known = given<alert>(noticed).state();
    known.id = {1};
    twice.put<alert>(1, known);
    CHECK(given<alert>().when(notice(), within(twice)) == no::known_already);
    CHECK(given<alert>().when(notice(core::date{2026y / 11 / 20}), within(twice)).passed());
    // What did not last, was not watched any more or was corrected may come up again; what was closed, or has been well, is over.
    for (const auto& [how, again] : {std::pair(ending::restated, true), std::pair(ending::unwatched, true), std::pair(ending::well_again, false), std::pair(ending::closed, false)}) {
        auto ended = given<alert>(noticed, fired, happened::resolved{how, {}, {}, now}).state();
        twice.put<alert>(1, ended);
        CHECK(given<alert>().when(notice(), within(twice)).passed() == again);
    }
    twice.put<alert>(1, given<alert>(noticed, happened::passed{}).state());
    CHECK(given<alert>().when(notice(), within(twice)).passed());
    twice.put<alert>(1, known);
    auto inside = notice(core::date{2026y / 11 / 20});
    inside.under = core::alert_id{1};
    CHECK(given<alert>().when(inside, within(twice)) == no::bad_under);  // it has not fired
    twice.put<alert>(1, given<alert>(noticed, fired).state());
    CHECK(given<alert>().when(inside, within(twice)).passed());
    auto nested = given<alert>(noticed, fired).state();
    nested.under = {9};
    twice.put<alert>(1, nested);
    CHECK(given<alert>().when(inside, within(twice)) == no::bad_under);
}

TEST_CASE("alert: told once when it fires and once when it is over; never what is listed in another, or muted", "[core][alert][S2.3.4]") {
    const auto of = given<alert>(noticed, fired).state();
    auto quiet = of;
    quiet.quietly = alert::told_with::storm;
    const auto told = [&](const alert::event& what, const alert::state& s) {
        std::set<std::uint64_t> all;
        for (const auto who : concerned_by(what, s, {}, in(na)).who) all.insert(who.value);
        return all;
    };
    const std::set<std::uint64_t> everyone{wei.id.value, requester.id.value, mei.id.value, lin.id.value};
    CHECK(told(noticed, of).empty());
    CHECK(told(fired, of) == everyone);
    CHECK(told(over, of) == everyone);
    CHECK(told(fired, quiet).empty());
    CHECK(told(over, quiet).empty());
    // What goes on when the rule is muted no more is told then.
    CHECK(told(happened::told_later{{}, {}, now}, of) == everyone);
    CHECK(given<alert>(noticed, happened::fired{seen_on(yesterday), alert::told_with::muted, {}, now}).after(alert::tell{}, within(where)).state().quietly == std::nullopt);
}

TEST_CASE("alert: over, somebody says whether it was of use; nobody is asked of what nobody was told", "[core][alert][S2.3.4]") {
    const auto waits = [](const alert::state& of) { return core::flow::waits<alert>(of, in(na)); };
    const auto firing = waits(given<alert>(noticed, fired).state());
    REQUIRE(firing.size() == 1);
    CHECK(firing.front().command == "alert.acknowledge");
    CHECK(firing.front().on.who == std::vector{wei.id});
    const auto resolved = waits(given<alert>(noticed, fired, over).state());
    REQUIRE(resolved.size() == 1);
    CHECK(resolved.front().command == "alert.rate");
    CHECK(resolved.front().on.who == std::vector{wei.id});
    CHECK(waits(given<alert>(noticed, fired, over, happened::rated{na.id, worth::noise, {}}).state()).empty());
    auto muted = fired;
    muted.quietly = alert::told_with::muted;
    const auto quiet = given<alert>(noticed, muted, over);
    CHECK(quiet.state().is == alert_status::rated);
    CHECK(waits(quiet.state()).empty());
    // It can be said again, and the newest word counts.
    const auto again = given<alert>(noticed, fired, over, happened::rated{wei.id, worth::useful, {}}).after(alert::rate{worth::noise, {}}, in(lin));
    CHECK(again.state().worth == worth::noise);
    CHECK(given<alert>(noticed, fired).when(alert::rate{worth::noise, {}}, in(wei)) == no::not_over);
}

TEST_CASE("alert: it is seen to by today or later; closed with a word; taken over", "[core][alert][S2.3.4]") {
    const auto of = given<alert>(noticed, fired);
    CHECK(of.when(alert::acknowledge{"x", yesterday}, in(wei)) == no::bad_until);
    CHECK(of.when(alert::acknowledge{"x", today}, in(wei)).passed());
    CHECK(of.when(alert::close{" "}, in(wei)) == bad_field{"note"});
    CHECK(of.after(alert::close{"known"}, in(wei)).state().how == ending::closed);
    CHECK(of.after(alert::hand_over{wei.id, mei.id}, within(where)).state().owner == mei.id);
    CHECK(given<alert>(noticed, happened::passed{}).when(alert::hand_over{wei.id, mei.id}, within(where)) == no::not_open);
}

TEST_CASE("alert: who acknowledges or closes one has it for their indicators", "[core][alert][S6.1.3]") {
    core::evidence_ledger to;
    events::envelope by_wei;
    by_wei.actor = wei.id;
    by_wei.position = {5};
    alert::find_evidence(acknowledged, by_wei, where, today, to);
    alert::find_evidence(happened::resolved{ending::closed, wei.id, "known", now}, by_wei, where, today, to);
    alert::find_evidence(over, {}, where, today, to);
    REQUIRE(to.findings.size() == 2);
    CHECK(to.findings.front().of == wei.id);
    CHECK(to.findings.front().source == core::evidence_ledger::source::alerts_handled);
}
