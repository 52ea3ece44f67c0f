// Periodic reports (S4.3.1, S2.3.3): they begin by themselves, rest on their figures, are published as they were read, and say where they are
// no longer so.

#include "core/evidence.hpp"
#include "core/kernel/wrong_clock.hpp"
#include "core/metric/metric.hpp"
#include "core/policies/due.hpp"
#include "core/report/faults.hpp"
#include "core/report/periods.hpp"
#include "core/report/report.hpp"
#include "tests/support/flow_table.hpp"

namespace core_report_tests {

using namespace opsroom_test;
using core::report;
using core::report_status;
using no = core::report::rejection;
namespace happened = events::report;
using happened::attainment, happened::finality;

namespace {

const core::date monday{2026y / 11 / 16};  // of the week before today's, which is a Monday
const core::date sunday = yesterday;
const core::metric_id sales{1}, members{2};

happened::figure figure(core::metric_id of, const char* value, finality state = finality::closed) {
    return {of, "m" + std::to_string(of.value), {"销售额", "Sales"}, "元", 1, "2026-W47", std::string(value), {}, std::string("100"), {}, std::string("20.0"), {}, attainment::none, state};
}
report::snapshot figures(finality state = finality::closed) { return {90, {figure(sales, "120", state), figure(members, "7")}, {{sales, "channel", "app", std::string("10"), std::string("30"), "20"}}, {}, {}, {}, 6}; }

report::form begun() {
    report::form f{};
    f.title = "周报 2026-W47 / Weekly report 2026-W47";
    f.recipients = {lin.id, mei.id};
    f.acknowledge_by = 2026y / 12 / 1;
    return f;
}
report::form written() {
    auto f = begun();
    f.summary = "销售上升";
    f.conclusions = {{"增长来自应用内", {sales}}};
    f.recommendations = {{"降低门槛", sales, "转化率回升", std::string("130")}, {"再看一周", {}, "确认趋势", {}}};
    f.recipients = {wei.id, zhou.id};
    return f;
}
std::string print(const report::form& f, std::optional<report::snapshot> s = figures()) { return prints.of(happened::content{f, std::move(s)}); }

const happened::opened opened{na.id, {"operations"}, report::kind::week, monday, sunday, tomorrow, begun(), print(begun(), {}), 1};
const happened::filled filled{figures(), print(begun())};
const happened::revised revised{written(), print(written())};
const happened::published published{print(written())};
const happened::restated restated{{{sales, "2026-W47", std::string("120"), std::string("118")}}};

situation<report> ready() { return given<report>(opened, filled, revised); }

std::vector<situation<report>> situations() {
    return {ready(), given<report>(opened, filled, revised, published), given<report>(opened, happened::discarded{"closed", true})};
}
std::vector<report::command> commands() {
    return {report::fill{figures(finality::settling)}, report::revise{written()}, report::publish{print(written())}, report::acknowledge{}, report::restate{restated.differences},
            report::discard{"closed all week"}, report::hand_over{wei.id, mei.id}};
}
bool handbook_allows(const report::state& of, std::string_view command, const core::person& who) {
    const bool draft = of.is == report_status::draft, published = of.is == report_status::published;
    const bool writes = who.id == na.id || manages(who);
    if (!who.active) return false;
    if (command == "report.revise") return draft && writes;
    if (command == "report.publish") return (draft || published) && writes;  // again: nothing happens
    if (command == "report.discard") return draft && writes;
    if (command == "report.acknowledge") return published && (who.id == wei.id || who.id == zhou.id);
    return false;  // the system's
}

core::metric::state metric_of(const char* department, core::member_id owner) {
    core::metric::state m;
    m.is = core::metric_status::published;
    m.department = {department};
    m.owner = owner;
    m.versions.push_back({1, {}, "1", "", 0, false, {}, ""});
    return m;
}
world with_metric() {
    world w;
    w.put<core::metric>(1, metric_of("operations", wei.id));
    return w;
}
core::context in(const world& w, core::date day = today) {
    auto by = as_system();
    by.others = &w;
    by.today = day;
    by.now = std::chrono::sys_days(day) + 2h;
    return by;
}
core::context in(const world& w, const core::person& who) {
    auto by = in(w);
    by.actor = &who;
    return by;
}
std::vector<report::open> begins(const core::context& by) {
    core::follow_ups all;
    report::open_due(by, all);
    std::vector<report::open> found;
    for (const auto& one : all) {
        CHECK(!one.target);
        found.push_back(std::get<report::open>(*one.what.get_if<report::command>()));
    }
    return found;
}
/// One of the week that begins on that day.
world& put_week(world& w, std::uint64_t number, core::date from, report_status is, bool counts = true) {
    auto s = given<report>(opened).state();
    s.id = {number};
    s.from = from;
    s.until = std::chrono::sys_days(from) + std::chrono::days(6);
    s.is = is;
    s.counts = counts;
    return w.put<report>(number, s);
}

}  // namespace

TEST_CASE("report: every (status, command, person) that is not in the handbook is refused with a clause", "[core][report][S4.3.1][table]") {
    CHECK(check_every_pair<report>(situations(), commands(), handbook_allows) == situations().size() * commands().size() * everybody.size());
    check_rows_agree<report>(situations(), commands());
}

TEST_CASE("report: it begins by itself on the Monday, for the analyst of a department that has metrics, once", "[core][report][S4.3.1]") {
    auto w = with_metric();
    const auto due = begins(in(w));
    REQUIRE(due.size() == 1);  // a Monday, and no first of a month
    CHECK(due[0].kind == report::kind::week);
    CHECK(due[0].from == monday);
    CHECK(due[0].author == na.id);
    CHECK(due[0].department.code == "operations");
    const auto made = given<report>().when(due[0], in(w));
    REQUIRE(made.passed());
    const auto e = std::get<happened::opened>(made.happened().at(0));
    CHECK(e.until == sunday);
    CHECK(e.publish_by == tomorrow);
    CHECK(e.form.title == "周报 2026-W47 / Weekly report 2026-W47");
    CHECK(e.form.recipients == std::vector{lin.id, mei.id, wei.id});  // who manages, and who owns the metric
    // There is no metric, or no analyst: nobody to write, and nothing to write of.
    CHECK(begins(in(world{})).empty());
    auto by = in(w);
    const auto without = roster.with(somebody(na.id.value, "operations", {"SP"}));
    by.people = &without;
    CHECK(begins(by).empty());
    auto elsewhere = world();
    elsewhere.put<core::metric>(1, metric_of("technology", wei.id));
    CHECK(begins(in(elsewhere)).empty());
    // Not on another day, and not again.
    CHECK(begins(in(w, tomorrow)).empty());
    put_week(w, 1, monday, report_status::draft);
    CHECK(begins(in(w)).empty());
    CHECK(given<report>().when(due[0], in(w)) == no::already_there);
    // What somebody discarded stays so; what a wrong clock had begun does not count.
    put_week(w, 1, monday, report_status::discarded);
    CHECK(begins(in(w)).empty());
    put_week(w, 1, monday, report_status::discarded, false);
    CHECK(begins(in(w)).size() == 1);
}

TEST_CASE("report: months, quarters and years begin on the first working day after them", "[core][report][S4.3.1][D6]") {
    using core::reporting::begins_on, core::reporting::period_of, core::reporting::publish_by;
    const core::working_calendar days;
    const auto month = period_of(report::kind::month, 2026y / 10 / 15);
    CHECK(begins_on(month, days) == core::date{2026y / 11 / 2});  // the 1st is a Sunday
    CHECK(publish_by(report::kind::month, month, days) == core::date{2026y / 11 / 5});
    const core::working_calendar holiday({2026y / 11 / 23}, {}, {2026});
    CHECK(begins_on(period_of(report::kind::week, monday), holiday) == tomorrow);
    const auto w = with_metric();
    const auto on = [&](core::date day) {
        auto by = in(w, day);
        by.calendar = &days;
        std::vector<report::kind> kinds;
        for (const auto& one : begins(by)) kinds.push_back(one.kind);
        return kinds;
    };
    CHECK(on(2026y / 10 / 1) == std::vector<report::kind>{});  // a day off by law
    CHECK(on(2026y / 11 / 2) == std::vector{report::kind::week, report::kind::month});
    CHECK(on(2027y / 7 / 1) == std::vector{report::kind::month, report::kind::quarter});
    CHECK(core::reporting::title_of(report::kind::quarter, period_of(report::kind::quarter, 2026y / 7 / 1)) == "季报 2026-Q3 / Quarterly report 2026-Q3");
}

TEST_CASE("report: after a stop those of 35 days are made up for, from the last one on", "[core][report][S4.3.1]") {
    auto w = with_metric();
    put_week(w, 1, 2026y / 11 / 2, report_status::published);
    const auto due = begins(in(w, tomorrow));
    REQUIRE(due.size() == 2);
    CHECK(due[0].from == core::date{2026y / 11 / 9});  // the earlier first
    CHECK(due[1].from == monday);
    auto long_ago = with_metric();
    put_week(long_ago, 1, 2026y / 3 / 2, report_status::published);
    CHECK(begins(in(long_ago, tomorrow)).size() == 5);
}

TEST_CASE("report: what the system may begin", "[core][report][S4.3.1]") {
    const auto w = with_metric();
    const auto ask = [&](auto change, const core::context& by) {
        report::open c{report::kind::week, monday, {"operations"}, na.id};
        change(c);
        return given<report>().when(c, by);
    };
    CHECK(ask([](auto&) {}, in(w)).passed());
    CHECK(ask([](auto& c) { c.from = tomorrow; }, in(w)) == no::bad_period);
    CHECK(ask([](auto& c) { c.from = today; }, in(w)) == no::not_over);
    CHECK(ask([](auto& c) { c.author = wei.id; }, in(w)) == no::bad_author);
    CHECK(ask([](auto& c) { c.department = {"technology"}; }, in(w)) == no::bad_author);
    CHECK(ask([](auto& c) { c.author = gone.id; }, in(w)) == bad_field{"author"});
    for (const auto* who : everybody) CHECK(!ask([](auto&) {}, in(w, *who)).passed());
    CHECK(given<report>(opened).when(report::open{report::kind::week, monday, {"operations"}, na.id}, in(w)) == no::already_exists);
}

TEST_CASE("report: an analyst or a manager drafts one of a period that is over and has none", "[core][report][S4.3.1]") {
    auto w = with_metric();
    for (const auto* who : everybody)
        CHECK(given<report>().when(report::draft{report::kind::week, sunday}, in(w, *who)).passed() == (who->active && (who->has("DA") || who->has("OM") || who->has("SL"))));
    const auto made = given<report>().after(report::draft{report::kind::week, sunday}, in(w, na));
    CHECK(made.state().from == monday);
    CHECK(made.state().period == "2026-W47");
    CHECK(made.state().author == na.id);
    CHECK(given<report>().when(report::draft{report::kind::week, today}, in(w, na)) == no::not_over);
    CHECK(given<report>().when(report::draft{report::kind::year, today}, in(w, na)) == no::not_over);
    CHECK(given<report>().when(report::draft{report::kind::week, core::date{}}, in(w, na)) == bad_field{"on"});
    put_week(w, 1, monday, report_status::draft);
    CHECK(given<report>().when(report::draft{report::kind::week, monday}, in(w, na)) == no::already_there);
    CHECK(given<report>().when(report::draft{report::kind::month, 2026y / 10 / 1}, in(w, na)).passed());
    // One that was discarded is in nobody's way.
    put_week(w, 1, monday, report_status::discarded);
    CHECK(given<report>().when(report::draft{report::kind::week, monday}, in(w, na)).passed());
    CHECK(given<report>(opened).when(report::draft{report::kind::week, monday}, in(w, na)) == no::already_exists);
    CHECK(given<report>().when(report::publish{print(written())}, in(w, na)) == no::not_found);
}

TEST_CASE("report: figures move while it is a draft, and only where something has changed", "[core][report][S4.3.1]") {
    const auto at = given<report>(opened);
    const auto full = at.after(report::fill{figures()}, as_system());
    CHECK(full.state().figures == figures());
    CHECK(full.state().sha256 == print(begun()));
    CHECK(full.state().sha256 != at.state().sha256);
    auto later = figures();
    later.position = 500;
    CHECK(full.when(report::fill{later}, as_system()) == nothing<report>());
    later.figures[0].value = "121";
    CHECK(full.when(report::fill{later}, as_system()) == happened::filled{later, print(begun(), later)});
    for (const auto* who : everybody) CHECK(!at.when(report::fill{figures()}, as(*who)).passed());
    auto twice = figures();
    twice.figures.push_back(twice.figures[0]);
    CHECK(at.when(report::fill{twice}, as_system()) == no::bad_snapshot);
    auto strange = figures();
    strange.movers[0].metric = {9};
    CHECK(at.when(report::fill{strange}, as_system()) == no::bad_snapshot);
    auto many = figures();
    many.figures.assign(501, many.figures[0]);
    CHECK(at.when(report::fill{many}, as_system()) == bad_field{"snapshot/figures"});
    // Once it is published they are those that were read.
    CHECK(given<report>(opened, filled, revised, published).when(report::fill{later}, as_system()) == no::not_draft);
}

TEST_CASE("report: it is written bit by bit, and cites what is there", "[core][report][S4.3.1]") {
    const auto at = given<report>(opened, filled);
    const auto ask = [&](auto change) {
        auto f = written();
        change(f);
        return at.when(report::revise{f}, as(na));
    };
    CHECK(ask([](auto&) {}) == revised);
    CHECK(ask([](auto& f) { f.conclusions.clear(), f.summary = ""; }).passed());
    CHECK(ask([](auto& f) { f.conclusions[0].figures = {{9}}; }) == no::no_such_figure);
    CHECK(ask([](auto& f) { f.recommendations[0].metric = core::metric_id{9}; }) == no::no_such_figure);
    CHECK(ask([](auto& f) { f.acknowledge_by = yesterday; }) == no::bad_acknowledge_by);
    CHECK(ask([](auto& f) { f.extras.form = 2; }) == no::bad_extras);
    CHECK(ask([](auto& f) { f.title = " "; }) == bad_field{"form/title"});
    CHECK(ask([](auto& f) { f.recipients = {gone.id}; }) == bad_field{"form/recipients"});
    CHECK(ask([](auto& f) { f.recipients.clear(); }) == bad_field{"form/recipients"});
    CHECK(ask([](auto& f) { f.conclusions[0].text = ""; }) == bad_field{"form/conclusions/0/text"});
    CHECK(ask([](auto& f) { f.recommendations[1].expected = ""; }) == bad_field{"form/recommendations/1/expected"});
    // Before there are figures nothing says what may be cited.
    CHECK(given<report>(opened).when(report::revise{written()}, as(na)).passed());
    CHECK(ready().when(report::revise{written()}, as(na)) == nothing<report>());
}

TEST_CASE("report: what is published has figures, trends, and conclusions that rest on them", "[core][report][S2.3.3][S4.3.1]") {
    const auto ask = [&](report::form f, std::optional<report::snapshot> s, const core::context& by = as(na)) {
        happened::filled with{s.value_or(report::snapshot{}), ""};
        const auto at = s ? given<report>(opened, with, happened::revised{f, print(f, s)}) : given<report>(opened, happened::revised{f, print(f, {})});
        return at.when(report::publish{at.state().sha256}, by);
    };
    const auto changed = [](auto change) {
        auto f = written();
        change(f);
        return f;
    };
    CHECK(ask(written(), figures()) == published);
    CHECK(ask(written(), {}) == no::not_filled);
    CHECK(ask(changed([](auto& f) { f.summary = "  "; }), figures()) == no::no_summary);
    CHECK(ask(changed([](auto& f) { f.conclusions.clear(); }), figures()) == no::no_conclusion);
    CHECK(ask(changed([](auto& f) { f.conclusions.push_back({"我觉得", {}}); }), figures()) == no::uncited);
    CHECK(ask(changed([](auto& f) { f.conclusions[0].figures = {{9}}; }), figures()) == no::no_such_figure);
    CHECK(ask(changed([](auto& f) { f.recipients = {gone.id}; }), figures()) == no::bad_recipients);
    CHECK(ask(changed([](auto& f) { f.recipients.clear(); }), figures()) == no::bad_recipients);
    CHECK(ask(changed([](auto& f) { f.acknowledge_by = yesterday; }), figures()) == no::bad_acknowledge_by);
    // What is cited can still change: then it says why that does not matter. What is not cited may.
    CHECK(ask(written(), figures(finality::settling)) == no::unsettled);
    CHECK(ask(written(), figures(finality::open)) == no::unsettled);
    CHECK(ask(changed([](auto& f) { f.settling_reason = "差一天的退货"; }), figures(finality::settling)).passed());
    CHECK(ask(changed([](auto& f) { f.conclusions[0].figures = {members}; }), figures(finality::settling)).passed());
    // What was read is what is published: also the figures.
    CHECK(ready().when(report::publish{filled.sha256}, as(na)) == no::other_form);
    auto moved = figures();
    moved.figures[0].value = "121";
    CHECK(ready().after(report::fill{moved}, as_system()).when(report::publish{published.sha256}, as(na)) == no::other_form);
    CHECK(ready().when(report::publish{"x"}, as(na)) == bad_field{"sha256"});
    auto without = as(na);
    without.prints = nullptr;
    const auto unprinted = given<report>().after(report::draft{report::kind::week, sunday}, without);
    CHECK(unprinted.when(report::publish{published.sha256}, as(na)) == no::other_form);
}

TEST_CASE("report: drafts are for those who write and lead; published ones for everyone in the directory", "[core][report][S4.3.1][D5]") {
    for (const auto* who : everybody) {
        const bool before = who->active && (who->id == na.id || who->id == lin.id || who->id == mei.id || who->has("SL") || who->has("AU"));
        CHECK(may_see(ready().state(), as(*who)) == before);
        CHECK(may_see(given<report>(opened, filled, revised, published).state(), as(*who)) == (who->active && !who->roles.empty()));
        CHECK(may_see(given<report>(opened, happened::discarded{"twice", true}).state(), as(*who)) == before);
    }
    CHECK(!may_see(report::state{}, as(zhou)));
    const auto other = somebody(12, "technology", {"DA"});
    CHECK(!may_see(ready().state(), as(other)));
}

TEST_CASE("report: it waits with its author, then with each recipient", "[core][report][S4.3.1][S4.3.3]") {
    const auto waits = core::flow::waits<report>(ready().state(), as(na));
    REQUIRE(waits.size() == 1);
    CHECK(waits[0].command == "report.publish");
    CHECK(waits[0].on.who == std::vector{na.id});
    CHECK(core::said_due(ready().state(), "report.publish", as(na)) == tomorrow);
    const auto out = given<report>(opened, filled, revised, published);
    const auto then = core::flow::waits<report>(out.state(), as(na));
    REQUIRE(then.size() == 1);
    CHECK(then[0].on.who == std::vector{wei.id, zhou.id});
    CHECK(core::said_due(out.state(), "report.acknowledge", as(na)) == written().acknowledge_by);
    const auto one = out.after(report::acknowledge{}, as(wei));
    CHECK(core::flow::waits<report>(one.state(), as(na))[0].on.who == std::vector{zhou.id});
    CHECK(one.when(report::acknowledge{}, as(wei)) == nothing<report>());
    CHECK(core::flow::waits<report>(one.after(report::acknowledge{}, as(zhou)).state(), as(na)).empty());
    CHECK(out.when(report::acknowledge{}, as(na)) == no::not_concerned);
    CHECK(ready().when(report::acknowledge{}, as(wei)) == no::not_published);
    CHECK(core::concerned_by(published, out.state(), {}, as(lin)).who == std::vector{na.id});
}

TEST_CASE("report: figures that are others later are marked, replaced, and told; what was published stays", "[core][report][S4.1.3][S4.3.1]") {
    const auto out = given<report>(opened, filled, revised, published);
    const auto marked = out.after(report::restate{restated.differences}, as_system());
    CHECK(marked.state().differences == restated.differences);
    CHECK(marked.state().figures == figures());
    CHECK(marked.state().sha256 == published.sha256);
    CHECK(core::concerned_by(restated, marked.state(), {}, as_system()).who == std::vector{na.id, wei.id, zhou.id});
    CHECK(marked.when(report::restate{restated.differences}, as_system()) == nothing<report>());
    auto next = restated.differences;
    next[0].after = std::nullopt;
    CHECK(marked.after(report::restate{next}, as_system()).state().differences == next);
    CHECK(marked.after(report::restate{{}}, as_system()).state().differences.empty());
    const auto ask = [&](auto change) {
        auto all = restated.differences;
        change(all);
        return out.when(report::restate{all}, as_system());
    };
    CHECK(ask([](auto& d) { d[0].metric = {9}; }) == no::bad_differences);
    CHECK(ask([](auto& d) { d[0].before = "1"; }) == no::bad_differences);
    CHECK(ask([](auto& d) { d[0].after = d[0].before; }) == no::bad_differences);
    CHECK(ask([](auto& d) { d[0].period = "2026-W46"; }) == no::bad_differences);
    CHECK(ask([](auto& d) { d.push_back(d[0]); }) == no::bad_differences);
    for (const auto* who : everybody) CHECK(!out.when(report::restate{restated.differences}, as(*who)).passed());
    CHECK(ready().when(report::restate{restated.differences}, as_system()) == no::not_published);
}

TEST_CASE("report: a draft that nobody has touched is discarded after 60 days, one that was written stays", "[core][report][S4.3.1]") {
    const auto at = given<report>(opened, filled);
    const auto on = [&](int days) {
        auto by = as_system();
        by.today = std::chrono::sys_days(tomorrow) + std::chrono::days(days);
        return by;
    };
    CHECK(core::due_commands(at.state(), on(60)).empty());
    const auto all = core::due_commands(at.state(), on(61));
    REQUIRE(all.size() == 1);
    const auto over = at.after(all[0], on(61));
    CHECK(over.state().is == report_status::discarded);
    CHECK(core::due_commands(over.state(), on(90)).empty());
    CHECK(core::due_commands(ready().state(), on(90)).empty());
    CHECK(core::due_commands(given<report>(opened, filled, revised, published).state(), on(90)).empty());
    CHECK(over.when(report::revise{written()}, as(na)) == no::closed);
    CHECK(ready().when(report::discard{"closed all week"}, as(wei)) == no::not_author);
    CHECK(core::concerned_by(happened::discarded{"x", true}, at.state(), {}, as(lin)).who == std::vector{na.id});
}

TEST_CASE("report: what a wrong clock had begun is discarded, and begins again in its time", "[core][report][D6]") {
    auto by = as_system();
    by.today = 2026y / 11 / 18;  // its week is not over
    const core::wrong_clock wrong(now, std::chrono::sys_days(by.today) + 2h, by);
    const auto all = core::set_right(given<report>(opened).state(), wrong, by);
    REQUIRE(all.size() == 1);
    const auto over = given<report>(opened).after(all[0], by);
    CHECK(over.state().is == report_status::discarded);
    CHECK(!over.state().counts);
    CHECK(core::set_right(given<report>(opened).state(), wrong, as_system()).empty());
    CHECK(core::set_right(given<report>(opened, filled, revised, published).state(), wrong, by).empty());
}

TEST_CASE("report: who leaves hands over what they have yet to write or to read", "[core][report][S1.3.4]") {
    CHECK(core::is_work_of(ready().state(), na.id));
    CHECK(core::is_work_of(ready().state(), wei.id));
    CHECK(!core::is_work_of(ready().state(), lin.id));
    CHECK(ready().after(report::hand_over{na.id, lin.id}, as_system()).state().author == lin.id);
    const auto out = given<report>(opened, filled, revised, published);
    CHECK(!core::is_work_of(out.state(), na.id));
    const auto over = out.after(report::hand_over{wei.id, mei.id}, as_system());
    CHECK(over.state().recipients == std::vector{zhou.id, mei.id});
    CHECK(over.state().content.recipients == written().recipients);  // as it was published
    CHECK(over.when(report::hand_over{wei.id, mei.id}, as_system()) == nothing<report>());
    const auto read = out.after(report::acknowledge{}, as(wei));
    CHECK(!core::is_work_of(read.state(), wei.id));
    CHECK(read.when(report::hand_over{wei.id, mei.id}, as_system()) == nothing<report>());
    CHECK(ready().when(report::hand_over{wei.id, mei.id}, as(lin)) == no::not_keeper);
}

TEST_CASE("report: published in time or late, it speaks for or against its author", "[core][report][S6.1.3]") {
    using source = core::evidence_ledger::source;
    world w;
    w.put<report>(3, given<report>(opened, filled, revised, published).state());
    events::envelope at;
    at.stream = {events::category::report, 3};
    at.position = {70};
    at.actor = lin.id;  // whoever pressed the button
    const auto found = [&](const report::event& what, core::date on) {
        core::evidence_ledger to;
        report::find_evidence(what, at, w, on, to);
        return to.findings;
    };
    REQUIRE(found(published, tomorrow).size() == 1);
    CHECK(found(published, tomorrow)[0] == core::evidence_ledger::finding{na.id, source::reports_published, {70}, tomorrow});
    CHECK(found(published, 2026y / 11 / 25)[0].source == source::reports_late);
    CHECK(found(filled, tomorrow).empty());
}

}  // namespace core_report_tests
