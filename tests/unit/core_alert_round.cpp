// What follows from judged figures (S2.3.4): episodes, trials on the past, and the steps that follow: told once, grouped, muted, late, restated, without data.

#include "core/alert/round.hpp"
#include "tests/support/judged.hpp"

#include <set>

using namespace opsroom_test;
using namespace core::alerting;
using core::alert;

namespace {

std::vector<judgement> standings(std::string_view text) {
    std::vector<judgement> all(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) all[i].is = static_cast<standing>(std::string_view("?-.!").find(text[i]));
    return all;
}

}  // namespace

TEST_CASE("alert_rule: when an episode begins, fires and is over", "[core][alert_rule][S2.3.4]") {
    struct row {
        std::string_view figures;
        std::uint32_t lasts, over_after;
        std::string_view said;  ///< first:last:fires, + over
    };
    const row table[] = {
        {"....", 1, 2, ""},
        {"..!.", 1, 2, "2:2:2"},
        {"..!..", 1, 2, "2:2:2+"},
        {"..!.!..", 1, 2, "2:4:2+"},       // it flaps: one alert
        {"..!..!", 1, 2, "2:2:2+ 5:5:5"},
        {"..!.", 2, 2, "2:2:-+"},          // it did not last
        {"..!!.", 2, 2, "2:3:3"},
        {"..!?!.", 2, 1, "2:4:4+"},        // a gap neither ends it nor makes it last
        {"..!?.", 2, 1, "2:2:-+"},
        {"!!!", 3, 1, "0:2:2"},
        {"!.!.!", 2, 2, "0:0:-+ 2:2:-+ 4:4:-"},
        {"---!..", 1, 2, "3:3:3+"},
        {"..!-!.", 1, 1, "2:4:2+"},       // nothing can be said of it: as a gap
        {"..!--", 1, 1, "2:2:2"},
    };
    for (const auto& r : table) {
        std::string said;
        for (const auto& e : episodes_of(standings(r.figures), r.lasts, r.over_after))
            said += (said.empty() ? "" : " ") + std::to_string(e.first) + ':' + std::to_string(e.last) + ':' + (e.fires ? std::to_string(*e.fires) : "-") + (e.over ? "+" : "");
        INFO(r.figures);
        CHECK(said == r.said);
    }
}

namespace {

watched_rule rule_of(std::uint64_t id, std::vector<std::int64_t> values, std::uint64_t metric_id = 1) {
    const auto w = watching();
    watched_rule one{{id}, 5, *w.find<alert_rule>(1), {0, {}, {}}, {}, {}, {}};
    one.rule.id = {id};
    one.rule.metric = {metric_id};
    one.rule.condition = limits("100", nullptr);
    one.rule.from = days_after(today, -60);
    const auto first = days_after(today, -static_cast<int>(values.size()));
    one.figures.push_back({"", daily(first, values)});
    return one;
}
/// What the steps make of the alerts that there are, by the rules of alerts themselves; `given` is what was said.
struct played {
    std::vector<known_alert> alerts;
    std::vector<std::string> given;
    bool again = false;

    void play(const std::vector<watched_rule>& rules, date on = today, const std::vector<core::alert_rule_id>& off = {}) {
        given.clear();
        auto w = watching();
        for (const auto& r : rules) w.put<alert_rule>(r.id.value, r.rule), w.put<core::metric>(r.rule.metric.value, sales_metric(r.rule.metric.value));
        for (const auto& a : alerts) w.put<alert>(a.id.value, a.state);
        const auto found = steps_of(rules, off, alerts, on, weekdays, core::shanghai);
        again = found.again;
        std::set<std::uint64_t> ids;
        for (const auto& s : found.all) {
            CHECK(ids.insert(s.once).second);
            const auto* c = std::get_if<alert::command>(&s.what);
            if (!c) {
                given.push_back(std::string(std::visit([](const auto& x) { return std::decay_t<decltype(x)>::type; }, std::get<alert_rule::command>(s.what))));
                continue;
            }
            auto by = within(w);
            by.today = on;
            by.now = std::chrono::sys_days(on) + 2h;
            const auto number = s.target ? s.target->number : alerts.size() + 1;
            if (!s.target) alerts.push_back({{number}, 0, {}});
            auto& known = alerts[number - 1];
            known.state.id = {number};
            const auto done = situation<alert>(known.state).when(*c, by);
            given.push_back(std::string(std::visit([](const auto& x) { return std::decay_t<decltype(x)>::type; }, *c)) + (done.passed() ? "" : " refused"));
            for (const auto& e : done.happened()) alert::evolve(known.state, e);
            ++known.version;
            w.put<alert>(number, known.state);
        }
    }
};
std::string only(const played& p) { return p.given.size() == 1 ? p.given.front() : std::to_string(p.given.size()) + " steps"; }

}  // namespace

TEST_CASE("alert: from the figures to the end: told once, however often it is looked at", "[core][alert][S2.3.4]") {
    played p;
    p.play({rule_of(1, {500, 500, 500})});
    CHECK(p.given.empty());
    p.play({rule_of(1, {500, 500, 50})});
    CHECK(only(p) == "alert.notice");
    REQUIRE(p.alerts.size() == 1);
    CHECK(p.alerts[0].state.is == core::alert_status::firing);
    CHECK(p.alerts[0].state.value == "50");
    CHECK(p.alerts[0].state.from == yesterday);
    p.play({rule_of(1, {500, 500, 50})});
    CHECK(p.given.empty());
    p.play({rule_of(1, {500, 500, 50, 60})}, tomorrow);
    CHECK(p.given.empty());
    const auto later = [&](std::vector<std::int64_t> values, int days) {
        auto r = rule_of(1, values);
        r.figures.front().figures = daily(days_after(today, -3), values);
        p.play({r}, days_after(today, days));
    };
    later({500, 500, 50, 60, 500}, 2);
    CHECK(p.given.empty());  // well for one day of two
    later({500, 500, 50, 60, 500, 500}, 3);
    CHECK(only(p) == "alert.settle");
    CHECK(p.alerts[0].state.how == alert::ending::well_again);
    later({500, 500, 50, 60, 500, 500}, 3);
    CHECK(p.given.empty());
    later({500, 500, 50, 60, 500, 500, 40}, 4);
    CHECK(only(p) == "alert.notice");
    CHECK(p.alerts.size() == 2);
}

TEST_CASE("alert: what has to last is pending first, and passes where it does not", "[core][alert][S2.3.4]") {
    played p;
    auto r = rule_of(1, {500, 500, 50});
    r.rule.lasts = 2;
    p.play({r});
    CHECK(p.alerts[0].state.is == core::alert_status::pending);
    auto lasts = r;
    lasts.figures.front().figures = daily(days_after(today, -3), {500, 500, 50, 60});
    auto other = p;
    other.play({lasts}, tomorrow);
    CHECK(only(other) == "alert.fire");
    CHECK(other.alerts[0].state.value == "60");
    auto passes = r;
    passes.figures.front().figures = daily(days_after(today, -3), {500, 500, 50, 500});
    p.play({passes}, tomorrow);
    CHECK(only(p) == "alert.pass");
}

TEST_CASE("alert: data that are corrected end it; closed by hand it does not come back; what is old alarms nobody", "[core][alert][S2.3.4]") {
    played p;
    p.play({rule_of(1, {500, 500, 50})});
    auto corrected = p;
    corrected.play({rule_of(1, {500, 500, 480})});
    CHECK(only(corrected) == "alert.settle");
    CHECK(corrected.alerts[0].state.how == alert::ending::restated);
    // Without figures nothing is known.
    auto gone = rule_of(1, {500, 500, -1});
    auto unknown = p;
    unknown.play({gone});
    CHECK(only(unknown) == "alert_rule.miss_data");
    p.alerts[0].state.is = core::alert_status::rated;
    p.alerts[0].state.how = alert::ending::closed;
    p.play({rule_of(1, {500, 500, 50, 60})}, tomorrow);
    CHECK(p.given.empty());
    played old;
    old.play({rule_of(1, {500, 50, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500})});
    CHECK(old.given.empty());
    auto before = rule_of(1, {500, 500, 50});
    before.rule.from = today;  // switched on today
    old.play({before});
    CHECK(old.given.empty());
}

TEST_CASE("alert: beneath the alert of the metric above it is listed in that one", "[core][alert][S2.3.4]") {
    played p;
    auto child = rule_of(2, {500, 50}, 2);
    child.above = {{1}};
    p.play({child, rule_of(1, {500, 50})});
    CHECK(p.alerts.size() == 1);  // the one above first
    CHECK(p.again);
    p.play({child, rule_of(1, {500, 50})});
    REQUIRE(p.alerts.size() == 2);
    CHECK(p.alerts[0].state.rule.value == 1);
    CHECK(p.alerts[1].state.under.value == 1);
    CHECK(p.alerts[1].state.quietly == alert::told_with::parent);
    CHECK(!p.again);
    // By itself it is told.
    played alone;
    alone.play({child, rule_of(1, {500, 500})});
    REQUIRE(alone.alerts.size() == 1);
    CHECK(!alone.alerts[0].state.quietly);
}

TEST_CASE("alert: very many on one day are told in the gravest of them", "[core][alert][S2.3.4]") {
    played p;
    std::vector<watched_rule> many;
    for (std::uint64_t n = 1; n <= told_apart_most + 1; ++n) many.push_back(rule_of(n, {500, 50}, n));
    many[4].rule.severity = alert::severity::critical;
    p.play(many);
    REQUIRE(p.alerts.size() == 1);
    CHECK(p.alerts[0].state.rule.value == 5);
    CHECK(p.again);
    p.play(many);
    REQUIRE(p.alerts.size() == many.size());
    for (std::size_t i = 1; i < p.alerts.size(); ++i) CHECK(p.alerts[i].state.under.value == 1);
    p.play(many);
    CHECK(p.given.empty());
    // Ten of them are told one by one.
    played ten;
    many.pop_back();
    ten.play(many);
    CHECK(ten.alerts.size() == told_apart_most);
    for (const auto& a : ten.alerts) CHECK(!a.state.quietly);
}

TEST_CASE("alert: muted it is recorded and told to nobody; of a rule that is off it ends", "[core][alert][S2.3.4]") {
    played p;
    auto muted = rule_of(1, {500, 50});
    muted.rule.muted_until = today;
    p.play({muted});
    REQUIRE(p.alerts.size() == 1);
    CHECK(p.alerts[0].state.quietly == alert::told_with::muted);
    p.play({}, today, {{1}});
    CHECK(only(p) == "alert.settle");
    CHECK(p.alerts[0].state.how == alert::ending::unwatched);
}

TEST_CASE("alert_rule: without data, or with a metric that can't be calculated, it says so and is no alert", "[core][alert_rule][S2.3.4]") {
    played p;
    p.play({rule_of(1, {500, -1})});
    CHECK(only(p) == "alert_rule.miss_data");
    auto quiet = rule_of(1, {500, -1});
    quiet.rule.is = core::alert_rule_status::no_data;
    p.play({quiet});
    CHECK(p.given.empty());
    auto back = rule_of(1, {500, 500});
    back.rule.is = core::alert_rule_status::no_data;
    p.play({back});
    CHECK(only(p) == "alert_rule.recover");
    auto broken = rule_of(1, {});
    broken.trouble = events::bilingual{"断", "broken"};
    p.play({broken});
    CHECK(only(p) == "alert_rule.fail");
    broken.rule.is = core::alert_rule_status::error;
    p.play({broken});
    CHECK(p.given.empty());
}

TEST_CASE("alert: what settles late is news when it settles, and what goes on when the rule is switched on is news too", "[core][alert][S2.3.4]") {
    played p;
    auto late = rule_of(1, {500, 500, 50});
    late.figures.front().figures = daily(days_after(today, -30), {500, 500, 50});  // settled today
    p.play({late});
    CHECK(only(p) == "alert.notice");
    played on;
    auto goes_on = rule_of(1, {500, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50});
    goes_on.rule.from = days_after(today, -7);
    on.play({goes_on});
    CHECK(only(on) == "alert.notice");
    CHECK(on.alerts[0].state.from == days_after(today, -11));
    // What was over before is not.
    played before;
    auto over = rule_of(1, {500, 50, 500, 500, 500, 500, 500});
    over.rule.from = days_after(today, -3);
    before.play({over});
    CHECK(before.given.empty());
}

TEST_CASE("alert: it ends for what is known, not for what is judged otherwise; and never stays for ever", "[core][alert][S2.3.4]") {
    played p;
    p.play({rule_of(1, {500, 500, 50})});
    // The same value, which does not stand out any more by what is known since: nothing was corrected.
    auto other = rule_of(1, {500, 500, 50});
    other.rule.condition = limits("10", nullptr);
    auto q = p;
    q.play({other});
    CHECK(q.given.empty());
    auto well = other;
    well.figures.front().figures = daily(days_after(today, -3), {500, 500, 50, 500, 500});
    q.play({well}, days_after(today, 2));
    CHECK(only(q) == "alert.settle");
    CHECK(q.alerts[0].state.how == alert::ending::well_again);
    // Its own day has no value any more, and all has been well since.
    auto lost = rule_of(1, {500, 500, -1});
    lost.figures.front().figures = daily(days_after(today, -3), {500, 500, -1, 500, 500});
    q = p;
    q.play({lost}, days_after(today, 2));
    CHECK(q.alerts[0].state.how == alert::ending::well_again);
    // It began before the figures that there are.
    auto longer = rule_of(1, {50});
    longer.figures.front().figures = daily(days_after(today, 100), {50, 50, 50});
    q = p;
    q.play({longer}, days_after(today, 103));
    CHECK(q.given.empty());
    // The member is no more.
    auto gone = rule_of(1, {500});
    gone.figures.front().member = "other";
    q = p;
    q.play({gone});
    CHECK(q.alerts[0].state.how == alert::ending::unwatched);
}

TEST_CASE("alert: the same trouble comes up again after a correction that was taken back, a pause, or one that had not lasted", "[core][alert][S2.3.4]") {
    played p;
    p.play({rule_of(1, {500, 500, 50})});
    p.play({rule_of(1, {500, 500, 480})});
    p.play({rule_of(1, {500, 500, 50})});
    REQUIRE(p.alerts.size() == 2);
    CHECK(p.alerts[1].state.is == core::alert_status::firing);
    p.play({}, today, {{1}});
    p.play({rule_of(1, {500, 500, 50})});
    CHECK(p.alerts.size() == 3);
    played q;
    auto two = rule_of(1, {500, 50, 500});
    two.rule.lasts = 2;
    q.play({two});
    CHECK(q.given.empty());  // it is over already
    two.figures.front().figures = daily(days_after(today, -3), {500, 500, 50});
    q.play({two});
    REQUIRE(q.alerts.size() == 1);
    two.figures.front().figures = daily(days_after(today, -3), {500, 500, 50, 500});
    q.play({two}, tomorrow);
    CHECK(only(q) == "alert.pass");
    two.figures.front().figures = daily(days_after(today, -3), {500, 500, 50, 50});
    q.play({two}, tomorrow);
    REQUIRE(q.alerts.size() == 2);
    CHECK(q.alerts[1].state.is == core::alert_status::firing);
}

TEST_CASE("alert: many that had to last are told together too, and what is graver is not lost among them", "[core][alert][S2.3.4]") {
    played p;
    std::vector<watched_rule> many;
    for (std::uint64_t n = 1; n <= 30; ++n) {
        many.push_back(rule_of(n, {500, 50}, n));
        many.back().rule.lasts = 2;
    }
    p.play(many);
    CHECK(p.alerts.size() == 30);
    for (auto& r : many) r.figures.front().figures = daily(days_after(today, -2), {500, 50, 50});
    p.play(many, tomorrow);
    p.play(many, tomorrow);
    CHECK(std::count_if(p.alerts.begin(), p.alerts.end(), [](const known_alert& a) { return a.state.is == core::alert_status::firing && !a.state.quietly; }) == 1);
    CHECK(!p.again);
    played ten;
    many.resize(told_apart_most);
    for (auto& r : many) r.rule.lasts = 1, r.rule.severity = alert::severity::notice;
    ten.play(many, tomorrow);
    auto grave = rule_of(77, {500, 50}, 77);
    grave.rule.severity = alert::severity::critical;
    many.push_back(grave);
    ten.play(many, tomorrow);
    CHECK(!ten.alerts.back().state.quietly);
}

TEST_CASE("alert: what was not told and goes on is told when why not is over", "[core][alert][S2.3.4]") {
    played p;
    auto muted = rule_of(1, {500, 50});
    muted.rule.muted_until = today;
    p.play({muted});
    muted.figures.front().figures = daily(days_after(today, -2), {500, 50, 50});
    p.play({muted}, tomorrow);
    CHECK(only(p) == "alert.tell");
    CHECK(!p.alerts[0].state.quietly);
    p.play({muted}, tomorrow);
    CHECK(p.given.empty());
    // Listed in one that is over.
    played q;
    auto child = rule_of(2, {500, 50}, 2);
    child.above = {{1}};
    const auto parent = rule_of(1, {500, 50});
    q.play({child, parent});
    q.play({child, parent});
    REQUIRE(q.alerts[1].state.quietly);
    q.alerts[0].state.is = core::alert_status::rated;
    q.alerts[0].state.how = alert::ending::closed;
    q.play({child, parent});
    CHECK(only(q) == "alert.tell");
    CHECK(!q.alerts[1].state.quietly);
    // The alert of another member above is no cause.
    played other;
    auto east = rule_of(1, {500, 50}), north = rule_of(2, {500, 50}, 2);
    for (auto* r : {&east, &north}) r->rule.by = "phone";
    east.figures.front().member = "east", north.figures.front().member = "north";
    north.above = {{1}};
    other.play({east, north});
    REQUIRE(other.alerts.size() == 2);
    for (const auto& a : other.alerts) CHECK(!a.state.quietly);
}

TEST_CASE("alert_rule: tried on the last quarter, with what people said of alerts then", "[core][alert_rule][S2.3.4]") {
    std::vector<std::int64_t> values(200, 500);
    values[10] = 50;            // long before
    values[120] = values[121] = 50;
    values[190] = 50;
    auto r = rule_of(1, values);
    const auto first = r.figures.front().figures.front().from;
    const std::vector<rated_alert> known{{"", days_after(first, 121), days_after(first, 121), alert::worth::useful}, {"x", days_after(first, 190), days_after(first, 190), alert::worth::noise}};
    const auto of = backtest_of(r.rule, r.what, r.figures, known, weekdays, core::shanghai);
    CHECK(of.from == days_after(first, 108));
    CHECK(of.until == days_after(first, 199));
    CHECK(of.periods == 92);
    CHECK(of.series == 1);
    CHECK(of.alerts == 2);
    CHECK(of.a_week == 2 * 700 / 92);
    CHECK(of.useful == 1);
    CHECK(of.noise == 0);  // that was another member's
    REQUIRE(of.first.size() == 2);
    CHECK(of.first.front().from == days_after(first, 190));
    CHECK(of.first.back().until == days_after(first, 121));
    // Nothing to try it on.
    r.figures = {{"", daily(yesterday, {-1})}};
    CHECK(!backtest_of(r.rule, r.what, r.figures, {}, weekdays, core::shanghai).from);
}
