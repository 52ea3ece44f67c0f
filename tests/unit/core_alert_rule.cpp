// Alert rules (S2.3.4): who may do what, what a condition takes, that nothing is switched on that was not tried, mutes, doubts.

#include "core/follow_up.hpp"
#include "core/policies/policies.hpp"
#include "tests/support/watched.hpp"

using namespace opsroom_test;
using core::alert;
using core::alert_rule;
using core::alert_rule_status;
using no = core::alert_rule::rejection;
using method = events::alert_rule::method;
using against = events::alert_rule::against;
namespace happened = events::alert_rule;

namespace {

const happened::drafted drafted{na.id, {"operations"}, below_hundred(), 1};
const happened::tried tried{quiet_past()};
const happened::enabled enabled{yesterday, {}};

const world where = watching();
core::context in(const core::person& who) { return within(where, who); }
const cast here{everybody, in};

std::vector<situation<alert_rule>> situations() {
    return {given<alert_rule>(drafted),
            given<alert_rule>(drafted, tried),
            given<alert_rule>(drafted, tried, enabled),
            given<alert_rule>(drafted, tried, enabled, happened::muted{tomorrow, "why"}),
            given<alert_rule>(drafted, tried, enabled, happened::data_missing{yesterday}),
            given<alert_rule>(drafted, tried, enabled, happened::failed{{"断了", "broken"}}),
            given<alert_rule>(drafted, tried, enabled, happened::paused{"moved"}),
            given<alert_rule>(drafted, tried, enabled, happened::retired{"gone"}),
            given<alert_rule>(drafted, happened::discarded{"twice"})};
}
alert_rule::form renamed() {
    auto f = below_hundred();
    f.name = "另一条";
    return f;
}
std::vector<alert_rule::command> commands() {
    return {alert_rule::revise{renamed()}, alert_rule::try_out{quiet_past()}, alert_rule::enable{{}, "seen"}, alert_rule::pause{"campaign"}, alert_rule::mute{today, "known"}, alert_rule::unmute{},
            alert_rule::miss_data{yesterday}, alert_rule::fail{{"断", "broken"}}, alert_rule::recover{}, alert_rule::doubt{6, 10}, alert_rule::retire{"no longer"}, alert_rule::discard{"why"},
            alert_rule::hand_over{wei.id, mei.id}};
}
bool handbook_allows(const alert_rule::state& of, std::string_view command, const core::person& who) {
    using s = alert_rule_status;
    const bool wrote = who.id == na.id, owns = who.id == wei.id, keeps = wrote || owns || manages(who);
    const bool on = of.is == s::watching || of.is == s::no_data || of.is == s::error, drafted = of.is == s::draft || of.is == s::tried;
    if (!who.active || !keeps) return false;
    if (command == "alert_rule.revise") return drafted || of.is == s::paused;
    if (command == "alert_rule.enable") return of.is == s::tried || of.is == s::paused;
    if (command == "alert_rule.pause" || command == "alert_rule.mute") return on;
    if (command == "alert_rule.unmute") return of.muted_until.has_value();
    if (command == "alert_rule.retire") return (on || of.is == s::paused) && !wrote;
    if (command == "alert_rule.discard") return drafted && !owns;
    return false;  // the system's
}
auto asked(const std::function<void(alert_rule::form&)>& change, const core::person& who = na) {
    auto f = renamed();
    change(f);
    return given<alert_rule>().when(alert_rule::draft{f}, in(who));
}
std::string told(const std::function<void(alert_rule::form&)>& change) {
    auto f = renamed();
    change(f);
    const alert_rule::command draft = alert_rule::draft{f};
    REQUIRE(given<alert_rule>().when(draft, in(na)) == no::bad_condition);
    return alert_rule::particulars_of(no::bad_condition, {}, &draft, in(na)).en;
}

}  // namespace

TEST_CASE("alert_rule: every (status, command, person) that is not in the handbook is refused with a clause", "[core][alert_rule][S2.3.4][table]") {
    CHECK(check_every_pair<alert_rule>(situations(), commands(), handbook_allows, here) == situations().size() * commands().size() * everybody.size());
    check_rows_agree<alert_rule>(situations(), commands(), here);
}

TEST_CASE("alert_rule: analysts, specialists and managers draft it; switched on, everyone in the directory may know it", "[core][alert_rule][S2.3.4]") {
    for (const auto* who : everybody) {
        INFO(who->id.value);
        const bool drafts = who->active && (who->has("DA") || who->has("SP") || who->has("OM") || who->has("SL"));
        CHECK(asked([](auto&) {}, *who).passed() == drafts);
        CHECK(may_see(given<alert_rule>(drafted, tried, enabled).state(), in(*who)) == (who->active && !who->roles.empty()));
        const bool before = manages(*who) || who->id == na.id || who->id == wei.id || who->id == aud.id;
        CHECK(may_see(given<alert_rule>(drafted, tried).state(), in(*who)) == before);
    }
    CHECK(asked([](auto&) {}).happened().size() == 1);
}

TEST_CASE("alert_rule: what its form may hold", "[core][alert_rule][S2.3.4]") {
    CHECK(asked([](auto& f) { f.name = below_hundred().name; }) == no::name_taken);
    CHECK(asked([](auto& f) { f.metric = {77}; }) == no::bad_metric);
    CHECK(asked([](auto& f) { f.period = events::metric::period::quarter; }) == no::bad_period);
    CHECK(asked([](auto& f) { f.by = "phone"; }).passed());
    CHECK(asked([](auto& f) { f.by = "region"; }) == no::bad_dimension);
    CHECK(asked([](auto& f) { f.owner = gone.id; }) == bad_field{"form/owner"});
    CHECK(asked([](auto& f) { f.concerned = {gone.id}; }) == bad_field{"form/concerned"});
    CHECK(asked([](auto& f) { f.lasts = 0; }) == bad_field{"form/lasts"});
    CHECK(asked([](auto& f) { f.over_after = 13; }) == bad_field{"form/over_after"});
    CHECK(asked([](auto& f) { f.extras.form = 2; }) == no::bad_extras);
}

TEST_CASE("alert_rule: each method takes its own fields, and says which", "[core][alert_rule][S2.3.4]") {
    const auto with = [](alert_rule::condition c, events::metric::period p = events::metric::period::day) {
        return asked([&](auto& f) { f.condition = c, f.period = p; });
    };
    using events::metric::period;
    CHECK(with({method::detector, {}, {}, {}, {}, {}, {}, {}}).passed());
    CHECK(with({method::seasonal, {}, {}, {}, {}, {}, {}, 3}).passed());
    CHECK(with({method::change, {}, {}, against::week_before, 30, {}, {}, {}}).passed());
    CHECK(with({method::target, {}, {}, {}, {}, {}, 5, {}}, period::month).passed());
    CHECK(with({method::threshold, "-5", "12.50", {}, {}, {}, {}, {}}).passed());
    CHECK(with({method::detector, {}, {}, {}, {}, {}, {}, {}}, period::week) == no::bad_condition);
    CHECK(with({method::detector, "1", {}, {}, {}, {}, {}, {}}) == no::bad_condition);
    CHECK(with({method::seasonal, {}, {}, {}, {}, {}, {}, 0}) == no::bad_condition);
    CHECK(with({method::change, {}, {}, {}, 30, {}, {}, {}}) == no::bad_condition);
    CHECK(with({method::change, {}, {}, against::previous, {}, {}, {}, {}}) == no::bad_condition);
    CHECK(with({method::change, {}, {}, against::previous, 0, {}, {}, {}}) == no::bad_condition);
    CHECK(with({method::change, {}, {}, against::week_before, 30, {}, {}, {}}, period::week) == no::bad_condition);
    CHECK(with({method::target, {}, {}, {}, {}, {}, {}, {}}) == no::bad_condition);
    const alert_rule::condition from_last_year{method::change, {}, {}, against::year_ago, 30, {}, {}, {}};
    CHECK(with(from_last_year).passed());
    CHECK(asked([&](auto& f) { f.condition = from_last_year, f.by = "phone"; }) == no::bad_condition);
    CHECK(asked([&](auto& f) { f.condition = from_last_year, f.by = "phone", f.period = period::month; }).passed());
    CHECK(with({method::threshold, {}, {}, {}, {}, {}, {}, {}}) == no::bad_condition);
    CHECK(with({method::threshold, "1.234", {}, {}, {}, {}, {}, {}}) == no::bad_condition);
    CHECK(with({method::threshold, "10", "10", {}, {}, {}, {}, {}}) == no::bad_condition);
    CHECK(told([](auto& f) { f.condition.least = "1,000"; }).find("at most 2 decimals") != std::string::npos);
    CHECK(told([](auto& f) { f.condition = {method::target, {}, {}, {}, {}, {}, {}, {}}; }).find("no targets") != std::string::npos);
}

TEST_CASE("alert_rule: nothing is switched on that was not tried on the past, and what gives many alerts is confirmed", "[core][alert_rule][S2.3.4]") {
    CHECK(given<alert_rule>(drafted).when(alert_rule::enable{}, in(na)) == no::not_tried);
    CHECK(given<alert_rule>(drafted, happened::tried{}).when(alert_rule::enable{}, in(na)) == no::no_past);
    auto noisy = quiet_past();
    noisy.a_week = alert_rule::often + 1;
    CHECK(given<alert_rule>(drafted, happened::tried{noisy}).when(alert_rule::enable{}, in(na)) == no::too_noisy);
    CHECK(given<alert_rule>(drafted, happened::tried{noisy}).when(alert_rule::enable{false, {}}, in(na)) == no::too_noisy);
    CHECK(given<alert_rule>(drafted, happened::tried{noisy}).when(alert_rule::enable{true, {}}, in(na)).passed());
    noisy.a_week = alert_rule::often;
    CHECK(given<alert_rule>(drafted, happened::tried{noisy}).when(alert_rule::enable{}, in(na)).passed());
    // What was changed is tried anew.
    CHECK(given<alert_rule>(drafted, tried, happened::revised{renamed()}).when(alert_rule::enable{}, in(na)) == no::not_tried);
    CHECK(given<alert_rule>(drafted, tried, enabled).when(alert_rule::revise{renamed()}, in(na)) == no::is_on);
    CHECK(given<alert_rule>(drafted, tried, enabled, happened::retired{"x"}).when(alert_rule::revise{renamed()}, in(na)) == no::closed);
    // Its metric may have been retired since.
    auto w = watching();
    w.put<core::metric>(1, given<core::metric>().state());
    CHECK(given<alert_rule>(drafted, tried).when(alert_rule::enable{}, within(w, na)) == no::bad_metric);
}

TEST_CASE("alert_rule: what stood out of late is seen when it is switched on: it watches from the week, or the period, before", "[core][alert_rule][S2.3.4]") {
    const auto from = [](events::metric::period p) {
        auto of = drafted;
        of.form.period = p;
        const auto done = given<alert_rule>(of, tried).when(alert_rule::enable{}, in(na));
        REQUIRE(done.passed());
        return std::get<happened::enabled>(done.happened().front()).from;
    };
    CHECK(from(events::metric::period::day) == core::date{2026y / 11 / 16});
    CHECK(from(events::metric::period::week) == core::date{2026y / 11 / 16});
    CHECK(from(events::metric::period::month) == core::date{2026y / 10 / 1});
}

TEST_CASE("alert_rule: muted until a day within three months", "[core][alert_rule][S2.3.4]") {
    const auto on = given<alert_rule>(drafted, tried, enabled);
    const auto until = [](int days) { return core::date(std::chrono::sys_days(today) + std::chrono::days(days)); };
    CHECK(on.when(alert_rule::mute{until(0), "x"}, in(na)).passed());
    CHECK(on.when(alert_rule::mute{until(92), "x"}, in(na)).passed());
    CHECK(on.when(alert_rule::mute{until(93), "x"}, in(na)) == no::bad_until);
    CHECK(on.when(alert_rule::mute{until(-1), "x"}, in(na)) == no::bad_until);
    CHECK(on.when(alert_rule::unmute{}, in(na)) == no::not_muted);
    CHECK(given<alert_rule>(drafted, tried, enabled, happened::muted{yesterday, "x"}).when(alert_rule::unmute{}, in(na)) == no::not_muted);
    // Muted alike once more: nothing happens.
    CHECK(given<alert_rule>(drafted, tried, enabled, happened::muted{tomorrow, "x"}).when(alert_rule::mute{tomorrow, "x"}, in(na)) == nothing<alert_rule>());
}

TEST_CASE("alert_rule: it can be without data, or broken, and goes on by itself", "[core][alert_rule][S2.3.4]") {
    const auto on = given<alert_rule>(drafted, tried, enabled);
    const auto quiet = on.after(alert_rule::miss_data{yesterday}, within(where));
    CHECK(quiet.state().is == alert_rule_status::no_data);
    CHECK(quiet.when(alert_rule::miss_data{yesterday}, within(where)) == nothing<alert_rule>());
    CHECK(quiet.after(alert_rule::recover{}, within(where)).state().is == alert_rule_status::watching);
    CHECK(quiet.after(alert_rule::fail{{"断", "broken"}}, within(where)).state().is == alert_rule_status::error);
    CHECK(given<alert_rule>(drafted, tried).when(alert_rule::miss_data{yesterday}, within(where)) == no::not_on);
}

TEST_CASE("alert_rule: one whose alerts are mostly called false is to be changed; its owner hears it once", "[core][alert_rule][S2.3.4]") {
    auto w = watching();
    const auto rated = [&](std::uint64_t n, alert::worth as, core::date from = today) {
        alert::state a;
        a.is = core::alert_status::rated;
        a.id = {n};
        a.rule = {1};
        a.from = from;
        a.worth = as;
        w.put<alert>(n, a);
    };
    const auto follows = [&] {
        core::follow_ups all;
        events::recorded what{};
        what.envelope.stream = {events::category::alert, w.highest(events::category::alert)};
        what.event = events::any(alert::event(events::alert::rated{wei.id, alert::worth::noise, {}}));
        alert_rule::follow(what, within(w), all);
        return all.size();
    };
    for (std::uint64_t n = 1; n <= 4; ++n) rated(n, alert::worth::noise);
    CHECK(follows() == 0);  // too few to say
    rated(5, alert::worth::useful);
    CHECK(follows() == 1);
    for (std::uint64_t n = 6; n <= 8; ++n) rated(n, alert::worth::useful);
    CHECK(follows() == 0);  // half and half
    // Older ones than the last ten do not count.
    for (std::uint64_t n = 9; n <= 14; ++n) rated(n, alert::worth::noise);
    CHECK(follows() == 1);
    // Nor those before it was changed and switched on again.
    auto rule = *w.find<alert_rule>(1);
    rule.from = tomorrow;
    w.put<alert_rule>(1, rule);
    CHECK(follows() == 0);
    rule.from = yesterday;
    rule.doubts = 1;
    w.put<alert_rule>(1, rule);
    CHECK(follows() == 0);
}

TEST_CASE("alert_rule: who leaves hands over what is theirs, and is told no more", "[core][alert_rule][S1.3.4]") {
    const auto on = given<alert_rule>(drafted, tried, enabled);
    for (const auto* who : {&wei, &na, &requester}) CHECK(is_work_of(on.state(), who->id));
    CHECK(!is_work_of(on.state(), lin.id));
    CHECK(on.after(alert_rule::hand_over{wei.id, mei.id}, within(where)).state().owner == mei.id);
    CHECK(on.after(alert_rule::hand_over{requester.id, mei.id}, within(where)).state().concerned.empty());
    CHECK(on.when(alert_rule::hand_over{aud.id, mei.id}, within(where)) == nothing<alert_rule>());
}
