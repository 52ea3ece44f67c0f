#include "core/analysis/analysis.hpp"
#include "core/strategy/strategy.hpp"
#include "core/task/task.hpp"
#include "core/policies/policies.hpp"
#include "core/kernel/step_due.hpp"
#include "tests/support/flow_table.hpp"

using namespace opsroom_test;
using core::strategy;
using core::strategy_status;
using no = core::strategy::rejection;
namespace happened = events::strategy;

namespace {

const core::date effective{2026y / 12 / 1};
const core::date check_on{2026y / 12 / 15};

/// An analysis whose first look has found something.
const world known = [] {
    core::analysis::state a;
    a.is = core::analysis_status::running;
    a.department = {"operations"};
    a.owner = na.id;
    a.looks = 2;
    a.found = 1;
    world w;
    w.put<core::analysis>(1, a);
    return w;
}();
core::context by_of(const core::person& who, const core::entities& others = known) {
    auto by = as(who);
    by.others = &others;
    return by;
}

strategy::form f19() {
    return {"积分兑换策略", strategy::kind::strategy, {{"兑换率三周连降", {1}, 1}}, "门槛由 500 降到 200", "满 200 积分即可兑换", "兑换率回到 12%",
            effective, tomorrow, check_on, {wei.id, na.id}, {}, {}, {}};
}
happened::form stored(const strategy::form& f) {
    return {f.title, f.kind, f.grounds, f.adjustment, f.content, f.expected, f.effective, f.acknowledge_by, f.check_on, f.concerned,
            f.replaces.value_or(core::strategy_id{}), f.project.value_or(core::project_id{}), f.extras};
}
const std::string print = prints.of(stored(f19()));
const happened::drafted by_wei{wei.id, {"operations"}, stored(f19()), print, 1};
const happened::drafted by_lin{lin.id, {"operations"}, stored(f19()), print, 1};
const happened::published published{print, 1};

happened::check found(happened::standing s) { return {s, "执行三周，渠道二未上线", "补齐渠道二", core::date{2026y / 12 / 29}, {}}; }

std::vector<situation<strategy>> situations() {
    return {given<strategy>(by_wei),
            given<strategy>(by_lin),
            given<strategy>(by_wei, happened::submitted{}),
            given<strategy>(by_wei, happened::submitted{}, published),
            given<strategy>(by_wei, happened::submitted{}, published, happened::acknowledged{wei.id}),
            given<strategy>(by_wei, happened::submitted{}, published, happened::superseded{{2}}),
            given<strategy>(by_wei, published, happened::ended{"over"}),
            given<strategy>(by_wei, happened::discarded{"not now"})};
}
std::vector<strategy::command> commands() {
    auto other = f19();
    other.content = "满 300 积分即可兑换";
    return {strategy::revise{other},         strategy::submit{},
            strategy::send_back{"unclear"},  strategy::publish{print},
            strategy::acknowledge{},         strategy::convey{{mei.id}, tomorrow},
            strategy::check{found(happened::standing::behind)}, strategy::supersede{{3}},
            strategy::end{"reached"},        strategy::discard{"no more"},
            strategy::hand_over{wei.id, mei.id}};
}

bool handbook_allows(const strategy::state& v, std::string_view command, const core::person& who) {
    using s = strategy_status;
    const bool om = manages(who), author = who.id == v.author, is_live = v.is == s::published, unpublished = v.is == s::draft || v.is == s::submitted;
    if (!who.active) return false;
    if (command == "strategy.revise") return v.is == s::draft && (author || om);
    if (command == "strategy.submit") return author && unpublished;  // again: already so
    if (command == "strategy.return") return om && v.is == s::submitted;
    if (command == "strategy.publish") return om && (unpublished || is_live);
    if (command == "strategy.acknowledge") return is_live && (who.id == wei.id || who.id == na.id);
    if (command == "strategy.convey") return is_live && (author || om);
    if (command == "strategy.check" || command == "strategy.end") return is_live && (om || who.has("SL"));
    if (command == "strategy.discard") return unpublished && (author || om);
    return false;  // supersede and hand_over are the system's
}

}  // namespace

TEST_CASE("strategy: every (status, command, person) that is not in the handbook is refused with a clause", "[core][strategy][S3.2.4][table]") {
    cast with;
    with.asking = [](const core::person& who) { return by_of(who); };
    CHECK(check_every_pair<strategy>(situations(), commands(), handbook_allows, with) == situations().size() * commands().size() * everybody.size());
    check_rows_agree<strategy>(situations(), commands(), with);
}

TEST_CASE("strategy: managers and specialists draft it; every field of F19 is checked", "[core][strategy][S3.2.4][S2.2.2][F19]") {
    const auto none = given<strategy>();
    CHECK(none.when(strategy::draft{f19()}, by_of(wei)) == by_wei);
    CHECK(none.when(strategy::draft{f19()}, by_of(lin)) == by_lin);
    CHECK(none.when(strategy::draft{f19()}, by_of(requester)) == no::not_drafter);
    const auto asked = [&](auto change, const core::person& who = wei) {
        auto f = f19();
        change(f);
        return none.when(strategy::draft{f}, by_of(who));
    };
    CHECK(asked([](auto& f) { f.title = ""; }) == bad_field{"form/title"});
    CHECK(asked([](auto& f) { f.adjustment = " "; }) == bad_field{"form/adjustment"});
    CHECK(asked([](auto& f) { f.content = std::string(16'385, 'x'); }) == bad_field{"form/content"});
    CHECK(asked([](auto& f) { f.expected = ""; }) == bad_field{"form/expected"});
    CHECK(asked([](auto& f) { f.effective = yesterday; }) == no::bad_effective);
    CHECK(asked([](auto& f) { f.acknowledge_by = yesterday; }) == no::bad_acknowledge_by);
    CHECK(asked([](auto& f) { f.check_on = today; }) == no::bad_check_on);  // before it takes effect
    CHECK(asked([](auto& f) { f.concerned.clear(); }) == bad_field{"form/concerned"});
    CHECK(asked([](auto& f) { f.concerned = {gone.id}; }) == bad_field{"form/concerned"});
    CHECK(asked([](auto& f) { f.project = core::project_id{4}; }) == no::no_such_project);
    CHECK(asked([](auto& f) { f.replaces = core::strategy_id{9}; }) == no::bad_replaces);
    CHECK(asked([](auto& f) { f.extras.form = 2; }) == no::bad_extras);
}

TEST_CASE("strategy: it rests on data and facts, and what it cites is there", "[core][strategy][S3.2.4][F19]") {
    const auto asked = [&](auto change, const core::person& who = wei) {
        auto f = f19();
        change(f);
        return given<strategy>().when(strategy::draft{f}, by_of(who));
    };
    CHECK(asked([](auto& f) { f.grounds.clear(); }) == bad_field{"form/grounds"});
    CHECK(asked([](auto& f) { f.grounds[0].fact = ""; }) == bad_field{"form/grounds/0/fact"});
    CHECK(asked([](auto& f) { f.grounds[0] = {"竞品下调门槛", {}, 0}; }).passed());
    CHECK(asked([](auto& f) { f.grounds[0].analysis = {2}; }) == no::no_such_finding);
    CHECK(asked([](auto& f) { f.grounds[0].look = 3; }) == no::no_such_finding);
    CHECK(asked([](auto& f) { f.grounds[0].look = 2; }).passed());
    CHECK(asked([](auto& f) { f.grounds[0] = {"no analysis", {}, 1}; }) == no::no_such_finding);
    // Nor can what one may not see be cited.
    const auto stranger = somebody(9, "marketing", {"SP"});
    CHECK(asked([](auto&) {}, stranger) == no::no_such_finding);
}

TEST_CASE("strategy: OM publishes exactly what was read", "[core][strategy][S3.2.4]") {
    const auto submitted = given<strategy>(by_wei, happened::submitted{});
    CHECK(submitted.when(strategy::publish{print}, by_of(lin)) == published);
    CHECK(submitted.when(strategy::publish{print_like("another")}, by_of(lin)) == no::other_form);
    CHECK(submitted.when(strategy::publish{"another"}, by_of(lin)) == bad_field{"sha256"});
    CHECK(submitted.when(strategy::publish{print}, by_of(wei)) == no::own_strategy);
    auto late = by_of(lin);
    late.today = core::date{2026y / 12 / 2};
    CHECK(submitted.when(strategy::publish{print}, late) == no::bad_effective);
    const auto on = [](const situation<strategy>& at) {
        std::vector<std::pair<std::string_view, std::vector<core::member_id>>> all;
        for (const auto& w : core::flow::waits<strategy>(at.state(), by_of(lin)))
            if (!w.on.who.empty()) all.emplace_back(w.command, w.on.who);
        return all;
    };
    // A specialist's draft is on nobody else's desk until it is submitted; OM's own is for OM to publish.
    using waits = std::vector<std::pair<std::string_view, std::vector<core::member_id>>>;
    CHECK(on(given<strategy>(by_wei)) == waits{{"strategy.submit", {wei.id}}});
    CHECK(on(given<strategy>(by_lin)) == waits{{"strategy.publish", {lin.id}}});
    CHECK(on(submitted) == waits{{"strategy.publish", {lin.id, mei.id}}});
    const auto back = submitted.after(strategy::send_back{"which channel?"}, by_of(lin));
    CHECK(back.state().is == strategy_status::draft);
}

TEST_CASE("strategy: it is conveyed to those concerned, and each acknowledges", "[core][strategy][S3.2.4]") {
    const auto live = given<strategy>(by_wei, happened::submitted{}, published);
    CHECK(live.when(strategy::acknowledge{}, by_of(na)) == happened::acknowledged{na.id});
    CHECK(live.when(strategy::acknowledge{}, by_of(mei)) == no::not_concerned);
    const auto one = live.after(strategy::acknowledge{}, by_of(na));
    CHECK(one.when(strategy::acknowledge{}, by_of(na)) == nothing<strategy>());
    const auto more = one.after(strategy::convey{{mei.id, na.id}, check_on}, by_of(lin));
    CHECK(more.state().concerned == std::vector{wei.id, na.id, mei.id});
    CHECK(more.state().acknowledge_by == check_on);
    CHECK(more.when(strategy::convey{{mei.id}, check_on}, by_of(lin)) == nothing<strategy>());
    CHECK(more.when(strategy::convey{{mei.id}, effective}, by_of(lin)) == happened::conveyed{{}, effective});
    CHECK(more.when(strategy::convey{{gone.id}, tomorrow}, by_of(lin)) == bad_field{"members"});
    CHECK(more.when(strategy::convey{{requester.id}, yesterday}, by_of(lin)) == no::bad_acknowledge_by);
    std::vector<core::member_id> waiting;
    for (const auto& w : core::flow::waits<strategy>(more.state(), by_of(lin)))
        if (w.command == "strategy.acknowledge") waiting = w.on.who;
    CHECK(waiting == std::vector{mei.id, wei.id});
    CHECK(core::step_due<strategy>(more.state(), strategy::acknowledge::type, now, by_of(lin)) == check_on);
}

TEST_CASE("strategy: its execution is checked on the days that were set", "[core][strategy][S3.2.4]") {
    const auto live = given<strategy>(by_wei, happened::submitted{}, published);
    CHECK(core::step_due<strategy>(live.state(), strategy::check::type, now, by_of(lin)) == check_on);
    CHECK(live.when(strategy::check{found(happened::standing::behind)}, by_of(lin)) == happened::checked{1, found(happened::standing::behind)});
    CHECK(live.when(strategy::check{found(happened::standing::behind)}, by_of(wei)) == no::own_strategy);
    CHECK(live.when(strategy::check{found(happened::standing::behind)}, by_of(na)) == no::not_checker);
    const auto asked = [&](happened::standing s, auto change) {
        auto c = found(s);
        change(c);
        return live.when(strategy::check{c}, by_of(lin));
    };
    using enum happened::standing;
    CHECK(asked(behind, [](auto& c) { c.found = ""; }) == bad_field{"check/found"});
    CHECK(asked(off_track, [](auto& c) { c.measures.reset(); }) == no::bad_measures);
    CHECK(asked(on_track, [](auto& c) { c.measures.reset(); }).passed());
    CHECK(asked(behind, [](auto& c) { c.next_on = today; }) == no::bad_next);
    const auto once = live.after(strategy::check{found(behind)}, by_of(zhou));
    CHECK(once.state().standing == behind);
    CHECK(once.state().checks == 1);
    CHECK(once.state().check_on == core::date{2026y / 12 / 29});
}

TEST_CASE("strategy: the next version supersedes the one before, in the same breath", "[core][strategy][S3.2.4]") {
    auto next = f19();
    next.replaces = core::strategy_id{1};
    const auto first = given<strategy>(by_wei, happened::submitted{}, published);
    auto with = known;
    with.put<strategy>(1, first.state());
    CHECK(given<strategy>().when(strategy::draft{next}, by_of(wei, with)).passed());
    auto plan = next;
    plan.kind = strategy::kind::plan;
    CHECK(given<strategy>().when(strategy::draft{plan}, by_of(wei, with)) == no::bad_replaces);

    const happened::drafted second{lin.id, {"operations"}, stored(next), print, 1};
    const auto ready = given<strategy>(second);
    CHECK(ready.when(strategy::publish{print}, by_of(lin, with)) == happened::published{print, 2});

    // What follows from it by itself.
    auto after = ready.after(strategy::publish{print}, by_of(lin, with));
    with.put<strategy>(2, after.state());
    events::recorded e{{}, events::any(happened::any(happened::published{print, 2}))};
    e.envelope.stream = {events::category::strategy, 2};
    e.envelope.actor = lin.id;
    const auto follows = core::policies::follow(e, by_of(lin, with));
    REQUIRE(follows.size() == 1);
    CHECK(follows[0].target == events::stream_id{events::category::strategy, 1});
    const auto& asked = follows[0].what.get<strategy::command>();
    auto system = as_system();
    system.others = &with;
    CHECK(first.when(asked, system) == happened::superseded{{2}});
    CHECK(first.when(strategy::supersede{{3}}, system) == no::bad_replaces);  // there is no such version

    // One version of a line holds at a time: another draft that was to replace the first comes too late.
    with.put<strategy>(1, given<strategy>(by_wei, happened::submitted{}, published, happened::superseded{{2}}).state());
    CHECK(ready.when(strategy::publish{print}, by_of(lin, with)) == no::not_current);
    CHECK(given<strategy>().when(strategy::draft{next}, by_of(wei, with)) == no::bad_replaces);
}

TEST_CASE("strategy: a draft is for those who make it, what is published for those whom it concerns", "[core][strategy][access][S3.2.4]") {
    auto elsewhere = by_wei;
    elsewhere.department = {"finance"};
    const auto draft = given<strategy>(elsewhere).state();
    for (const auto* p : {&wei, &lin, &mei, &zhou, &aud}) CHECK(may_see(draft, as(*p)));
    for (const auto* p : {&na, &requester, &ada, &gone}) CHECK(!may_see(draft, as(*p)));
    const auto live = given<strategy>(elsewhere, happened::submitted{}, published).state();
    CHECK(may_see(live, as(na)));
    CHECK(!may_see(live, as(requester)));
    CHECK(!may_see(given<strategy>(elsewhere, happened::discarded{"no"}).state(), as(na)));
    // Where the department has a manager, its drafts are no other manager's (D16).
    const auto own = given<strategy>(by_wei).state();
    CHECK(may_see(own, as(lin)));
    CHECK(!may_see(own, as(tech_manager)));
    CHECK(may_see(given<strategy>(by_wei, happened::submitted{}, published).state(), as(tech_manager)));
}

TEST_CASE("strategy: a task carries it out as long as it holds", "[core][task][S3.2.4][S3.2.1]") {
    auto with = known;
    with.put<strategy>(1, given<strategy>(by_wei, happened::submitted{}, published).state());
    with.put<strategy>(2, given<strategy>(by_wei).state());
    core::task::assign order{"上线渠道二", {}, "渠道二可兑换", tomorrow, wei.id, {}, {}, {}};
    order.strategy = core::strategy_id{1};
    const auto made = given<core::task>().after(order, by_of(lin, with));
    CHECK(made.state().strategy == core::strategy_id{1});
    order.strategy = core::strategy_id{2};
    CHECK(given<core::task>().when(order, by_of(lin, with)) == core::task_rejection::no_such_strategy);
    order.strategy = core::strategy_id{3};
    CHECK(given<core::task>().when(order, by_of(lin, with)) == core::task_rejection::no_such_strategy);
}
