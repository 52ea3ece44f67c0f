// Recommendations (S4.3.3): made as a report is published, adopted or declined by somebody else, carried out by a task, and verified by the
// figures.

#include "core/metric/metric.hpp"
#include "core/policies/policies.hpp"
#include "core/recommendation/headline.hpp"
#include "core/recommendation/recommendation.hpp"
#include "core/report/report.hpp"
#include "core/task/task.hpp"
#include "events/catalog/report.hpp"
#include "tests/support/flow_table.hpp"

namespace core_recommendation_tests {

using namespace opsroom_test;
using core::recommendation;
using core::recommendation_status;
using core::task;
using no = core::recommendation::rejection;
namespace happened = events::recommendation;

namespace {

const core::metric_id conversion{1}, members{2};
const core::report_id of_the_week{5};
const core::task_id its_task{7};
const core::date due{2026y / 12 / 7};

events::report::advice advice() { return {"把首单券的门槛降到 60 元", conversion, "转化率回到 60%", std::string("60")}; }

const happened::proposed proposed{na.id, of_the_week, 1, {"operations"}, advice(), 1};
const happened::adopted adopted{lin.id, wei.id, due, "按新门槛上线", std::string("56.1"), std::string("60")};
const happened::started started{its_task};
const happened::verified verified{{happened::effect::seen, std::string("59.4"), "四周均高于此前", {conversion}}};

core::report::state published_report() {
    core::report::state s;
    s.id = of_the_week;
    s.is = core::report_status::published;
    s.department = {"operations"};
    s.author = na.id;
    s.figures.emplace();
    for (const auto m : {conversion, members}) {
        events::report::figure f{};
        f.metric = m;
        s.figures->figures.push_back(f);
    }
    s.content.recommendations = {advice(), {"再看一周", {}, "确认趋势", {}}};
    return s;
}
task::state its_task_as(core::task_status is) {
    task::state t;
    t.is = is;
    t.to = wei.id;
    t.due = due;
    t.department = {"operations"};
    return t;
}
/// Metrics, the report, and the task where it is there.
world with_all(core::task_status is = core::task_status::assigned) {
    world w;
    core::metric::state m;
    m.is = core::metric_status::published;
    m.department = {"operations"};
    m.versions.push_back({1, {}, "1", "", 0, false, {}, ""});
    w.put<core::metric>(1, m).put<core::metric>(2, m);
    w.put<core::report>(of_the_week.value, published_report());
    w.put<task>(its_task.value, its_task_as(is));
    return w;
}
core::context in(const world& w, const core::person& who) {
    auto by = as(who);
    by.others = &w;
    return by;
}
core::context in(const world& w) {
    auto by = as_system();
    by.others = &w;
    return by;
}

recommendation::adopt adopt() { return {wei.id, due, "按新门槛上线", std::string("56.1"), {}}; }

std::vector<situation<recommendation>> situations() {
    return {given<recommendation>(proposed), given<recommendation>(proposed, adopted), given<recommendation>(proposed, adopted, started),
            given<recommendation>(proposed, adopted, started, happened::executed{}), given<recommendation>(proposed, adopted, started, happened::executed{}, verified),
            given<recommendation>(proposed, happened::declined{"no budget"}), given<recommendation>(proposed, adopted, started, happened::closed{"cancelled"})};
}
std::vector<recommendation::command> commands() {
    return {recommendation::adopt{adopt()}, recommendation::decline{"not now"}, recommendation::start{its_task}, recommendation::execute{}, recommendation::verify{verified.finding},
            recommendation::close{"gone"}};
}
bool handbook_allows(const recommendation::state& of, std::string_view command, const core::person& who) {
    using s = recommendation_status;
    if (!who.active) return false;
    if (command == "recommendation.adopt") return manages(who) && (of.is == s::proposed || of.is == s::adopted || of.is == s::in_execution);  // again: nothing happens
    if (command == "recommendation.decline") return manages(who) && of.is == s::proposed;
    if (command == "recommendation.verify") return who.id == na.id && (of.is == s::executed || of.is == s::verified);
    return false;  // the system's
}

/// What follows from it, in the world as it is just after.
core::follow_ups follow(const world& w, events::stream_id where, events::any what) {
    core::follow_ups all;
    recommendation::follow({{{9}, where, {3}, now, {}, {}, {}}, std::move(what)}, in(w), all);
    return all;
}
template <class Command, class Group>
const Command& only(const core::follow_up& one) {
    const auto* group = one.what.get_if<Group>();
    REQUIRE(group);
    REQUIRE(std::holds_alternative<Command>(*group));
    return std::get<Command>(*group);
}

}  // namespace

TEST_CASE("recommendation: every (status, command, person) that is not in the handbook is refused with a clause", "[core][recommendation][S4.3.3][table]") {
    const auto w = with_all();
    const cast within{everybody, [&w](const core::person& p) { return in(w, p); }};
    CHECK(check_every_pair<recommendation>(situations(), commands(), handbook_allows, within) == situations().size() * commands().size() * everybody.size());
    check_rows_agree<recommendation>(situations(), commands(), within);
}

TEST_CASE("recommendation: those of a report are made as it is published, in their order, by its author", "[core][recommendation][S4.3.1]") {
    const auto w = with_all();
    const auto all = follow(w, stream_of(of_the_week), core::report::event(events::report::published{"x"}));
    REQUIRE(all.size() == 2);
    for (const auto& one : all) CHECK(!one.target);
    const auto& first = only<recommendation::propose, recommendation::command>(all[0]);
    CHECK(given<recommendation>().when(first, in(w)) == proposed);
    CHECK(only<recommendation::propose, recommendation::command>(all[1]).number == 2u);
    CHECK(follow(w, stream_of(of_the_week), core::report::event(events::report::acknowledged{wei.id})).empty());
}

TEST_CASE("recommendation: made by hand it cites a published report, and a figure of it", "[core][recommendation][S4.3.1]") {
    auto w = with_all();
    const auto ask = [&](const core::person& who, auto change) {
        recommendation::propose c{of_the_week, advice(), {}, {}};
        change(c);
        return given<recommendation>().when(c, in(w, who));
    };
    for (const auto* who : everybody)
        CHECK(ask(*who, [](auto&) {}).passed() == (who->active && (who->has("DA") || who->has("SP") || who->has("OM") || who->has("SL"))));
    CHECK(ask(requester, [](auto&) {}) == no::not_proposer);
    CHECK(ask(wei, [](auto& c) { c.report = {6}; }) == no::no_such_report);
    CHECK(ask(wei, [](auto& c) { c.advice.metric = core::metric_id{9}; }) == no::no_such_figure);
    CHECK(ask(wei, [](auto& c) { c.advice.metric.reset(); }).passed());
    CHECK(ask(wei, [](auto& c) { c.advice.text = ""; }) == bad_field{"advice/text"});
    // Whose it is, and where it stands, nobody says but the system.
    const auto made = ask(wei, [](auto& c) { c.by = na.id, c.number = 1; });
    REQUIRE(made.passed());
    const auto e = std::get<happened::proposed>(made.happened().at(0));
    CHECK(e.by == wei.id);
    CHECK(e.number == 0);
    CHECK(e.department.code == "operations");
    auto draft = published_report();
    draft.is = core::report_status::draft;
    w.put<core::report>(of_the_week.value, draft);
    CHECK(ask(na, [](auto&) {}) == no::no_such_report);
    CHECK(given<recommendation>(proposed).when(recommendation::propose{of_the_week, advice(), {}, {}}, in(w, na)) == no::already_exists);
    CHECK(given<recommendation>().when(recommendation::decline{"x"}, in(w, lin)) == no::not_found);
}

TEST_CASE("recommendation: adopted, it becomes a task in the same batch", "[core][recommendation][S4.3.3]") {
    auto w = with_all();
    const auto at = given<recommendation>(proposed).after(recommendation::adopt{adopt()}, in(w, lin));
    CHECK(given<recommendation>(proposed).when(recommendation::adopt{adopt()}, in(w, lin)) == adopted);  // its own target
    auto own = adopt();
    own.target = "58";
    CHECK(given<recommendation>(proposed).after(recommendation::adopt{own}, in(w, lin)).state().target == "58");
    auto late = adopt();
    late.due = yesterday;
    CHECK(given<recommendation>(proposed).when(recommendation::adopt{late}, in(w, lin)) == no::bad_due);
    late.due = due;
    late.assignee = gone.id;
    CHECK(given<recommendation>(proposed).when(recommendation::adopt{late}, in(w, lin)) == bad_field{"assignee"});
    auto state = at.state();
    state.id = {3};
    w.put<recommendation>(3, state);
    const auto all = follow(w, {events::category::recommendation, 3}, recommendation::event(adopted));
    REQUIRE(all.size() == 2);
    CHECK(!all[0].target);
    const auto& given_task = only<task::assign, task::command>(all[0]);
    CHECK(given_task.title == "把首单券的门槛降到 60 元");
    CHECK(given_task.to == wei.id);
    CHECK(given_task.due == due);
    CHECK(given_task.standard == "按新门槛上线");
    CHECK(given_task.department == events::department{"operations"});
    CHECK(given_task.content->find("目标值 / target: 60") != std::string::npos);
    CHECK(situation<task>().when(given_task, in(w)).passed());
    CHECK(only<recommendation::start, recommendation::command>(all[1]).task == core::task_id{its_task.value + 1});
    CHECK(all[1].target == events::stream_id{events::category::recommendation, 3});
    // The task that it names is the one that was made for it.
    CHECK(at.when(recommendation::start{its_task}, in(w)) == started);
    CHECK(at.when(recommendation::start{{99}}, in(w)) == no::bad_task);
    auto other = its_task_as(core::task_status::assigned);
    other.to = na.id;
    w.put<task>(8, other);
    CHECK(at.when(recommendation::start{{8}}, in(w)) == no::bad_task);
    CHECK(given<recommendation>(proposed).when(recommendation::start{its_task}, in(w)) == no::not_adopted);
}

TEST_CASE("recommendation: nobody decides on their own, nor in another's place", "[core][recommendation][S4.3.3][D1]") {
    const auto w = with_all();
    auto by_lin = proposed;
    by_lin.by = lin.id;
    const auto own = given<recommendation>(by_lin);
    CHECK(own.when(recommendation::adopt{adopt()}, in(w, lin)) == no::own_recommendation);
    CHECK(own.when(recommendation::decline{"no"}, in(w, lin)) == no::own_recommendation);
    CHECK(own.when(recommendation::adopt{adopt()}, in(w, mei)).passed());
    auto deputy = lin;
    deputy.acts_for = {{mei.id, today, {}}};
    CHECK(own.when(recommendation::adopt{adopt()}, in(w, deputy)) == no::own_recommendation);
    // Where they are the only manager it goes up.
    const auto alone = roster.with(somebody(mei.id.value, "operations", {"SP"}));
    auto by = in(w, lin);
    by.people = &alone;
    const auto turn = core::flow::turn_of<recommendation>(recommendation::flow[1], own.state(), by);
    CHECK(turn.passed_up);
    CHECK(turn.who == std::vector{zhou.id});
    CHECK(given<recommendation>(proposed).when(recommendation::adopt{adopt()}, in(w, wei)) == no::not_manager);
    CHECK(given<recommendation>(proposed).when(recommendation::adopt{adopt()}, in(w, tech_manager)) == no::not_manager);
}

TEST_CASE("recommendation: it goes on with its task", "[core][recommendation][S4.3.3]") {
    auto w = with_all(core::task_status::done);
    auto state = given<recommendation>(proposed, adopted, started).state();
    state.id = {3};
    w.put<recommendation>(3, state);
    const auto done = follow(w, stream_of(its_task), task::event(events::task::accepted{""}));
    REQUIRE(done.size() == 1);
    CHECK(done[0].target == events::stream_id{events::category::recommendation, 3});
    only<recommendation::execute, recommendation::command>(done[0]);
    const auto gone_task = follow(w, stream_of(its_task), task::event(events::task::cancelled{"no longer"}));
    REQUIRE(gone_task.size() == 1);
    const auto& ends = only<recommendation::close, recommendation::command>(gone_task[0]);
    const auto over = situation<recommendation>(state).after(ends, in(w));
    CHECK(over.state().is == recommendation_status::closed);
    CHECK(over.when(recommendation::decline{"x"}, in(w, lin)) == no::closed);
    CHECK(core::concerned_by(happened::closed{"x"}, over.state(), {}, in(w)).who == std::vector{na.id, lin.id});
    CHECK(follow(w, stream_of(its_task), task::event(events::task::started{})).empty());
    CHECK(follow(w, {events::category::task, 8}, task::event(events::task::accepted{""})).empty());
    CHECK(given<recommendation>(proposed).when(recommendation::execute{}, in(w)) == no::not_executing);
    CHECK(given<recommendation>(proposed).when(recommendation::close{"x"}, in(w)) == no::not_executing);
    CHECK(situation<recommendation>(state).when(recommendation::decline{"x"}, in(w, lin)) == no::decided_already);
    // What is settled, and what is not begun, follows no task.
    state.is = recommendation_status::executed;
    w.put<recommendation>(3, state);
    CHECK(follow(w, stream_of(its_task), task::event(events::task::cancelled{"x"})).empty());
}

TEST_CASE("recommendation: an analyst says what came of it, by the metric that it was to move", "[core][recommendation][S4.3.3]") {
    const auto w = with_all(core::task_status::done);
    const auto at = given<recommendation>(proposed, adopted, started, happened::executed{});
    const auto ask = [&](auto change, const core::person& who = na) {
        auto f = verified.finding;
        change(f);
        return at.when(recommendation::verify{f}, in(w, who));
    };
    CHECK(ask([](auto&) {}) == verified);
    CHECK(ask([](auto& f) { f.figures.clear(); }) == no::uncited);
    CHECK(ask([](auto& f) { f.figures = {members}; }) == no::uncited);
    CHECK(ask([](auto& f) { f.figures.push_back({9}); }) == no::no_such_metric);
    CHECK(ask([](auto& f) { f.note = ""; }) == bad_field{"finding/note"});
    CHECK(ask([](auto& f) { f.effect = happened::effect::against; }).passed());
    CHECK(ask([](auto&) {}, lin) == no::not_analyst);
    auto without = proposed;
    without.advice.metric.reset();
    auto f = verified.finding;
    f.figures.clear();
    CHECK(given<recommendation>(without, adopted, started, happened::executed{}).when(recommendation::verify{f}, in(w, na)).passed());
    CHECK(given<recommendation>(proposed, adopted, started).when(recommendation::verify{verified.finding}, in(w, na)) == no::not_executed);
    const auto waits = core::flow::waits<recommendation>(at.state(), in(w, na));
    REQUIRE(waits.size() == 1);
    CHECK(waits[0].on.who == std::vector{na.id});
    const auto through = at.after(recommendation::verify{verified.finding}, in(w, na));
    CHECK(through.state().effect == happened::effect::seen);
    CHECK(core::concerned_by(verified, through.state(), {}, in(w)).who == std::vector{na.id, lin.id});
}

TEST_CASE("recommendation: who carried it out does not say whether it has helped", "[core][recommendation][S4.3.3][D1]") {
    auto w = with_all(core::task_status::done);
    auto t = its_task_as(core::task_status::done);
    t.to = na.id;
    w.put<task>(its_task.value, t);
    const auto at = given<recommendation>(proposed, adopted, started, happened::executed{});
    CHECK(at.when(recommendation::verify{verified.finding}, in(w, na)) == no::own_work);
    // The only analyst: it goes to the superior leaders.
    const auto turn = core::flow::turn_of<recommendation>(recommendation::flow[5], at.state(), in(w, na));
    CHECK(turn.passed_up);
    CHECK(turn.who == std::vector{zhou.id});
    CHECK(at.when(recommendation::verify{verified.finding}, in(w, zhou)).passed());
    // Whoever had it before, too.
    t.to = wei.id;
    t.hands.add(na.id, task::assignee);
    w.put<task>(its_task.value, t);
    CHECK(at.when(recommendation::verify{verified.finding}, in(w, na)) == no::own_work);
}

TEST_CASE("recommendation: everyone in the directory sees it; it is told of to whose it was", "[core][recommendation][S4.3.3]") {
    for (const auto* who : everybody) CHECK(may_see(given<recommendation>(proposed).state(), as(*who)) == (who->active && !who->roles.empty()));
    CHECK(core::concerned_by(adopted, given<recommendation>(proposed, adopted).state(), {}, as(lin)).who == std::vector{na.id});
    CHECK(core::concerned_by(happened::declined{"no"}, given<recommendation>(proposed).state(), {}, as(lin)).who == std::vector{na.id});
    CHECK(core::concerned_by(proposed, given<recommendation>(proposed).state(), {}, as(na)).who.empty());
    CHECK(name_of(given<recommendation>(proposed).state()) == "把首单券的门槛降到 60 元");
}

TEST_CASE("recommendation: a headline is the first line, cut between characters", "[core][recommendation]") {
    using core::recommending::headline;
    CHECK(headline("one\ntwo") == "one");
    CHECK(headline("数据分析", 2) == "数据…");
    CHECK(headline("ab cd", 3) == "ab…");
    CHECK(headline("数据", 2) == "数据");
}

}  // namespace core_recommendation_tests
