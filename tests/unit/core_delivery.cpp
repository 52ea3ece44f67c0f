#include "core/kernel/wrong_clock.hpp"
#include "core/policies/due.hpp"
#include "core/policies/policies.hpp"
#include "tests/support/collected.hpp"

using namespace opsroom_test;
using core::collection_id;
using core::delivery;
using core::delivery_id;
using core::delivery_status;
using no = core::delivery::rejection;
using verdict = events::delivery::verdict;
namespace happened = events::delivery;

namespace {

const core::date day_before{2026y / 11 / 21};
const events::attachment file{std::string(64, 'f'), "orders.csv", "text/csv", 900};
const core::instant due = std::chrono::sys_days(today) + 10h - core::shanghai;

happened::delivered of(core::date day) { return {{1}, "每日订单", {"operations"}, wei.id, day, day}; }
const happened::expected expected{of(yesterday), {due, due + 2h}, 1};
happened::received received(core::member_id by) { return {{file}, now, by, {}}; }
happened::entered entered(core::date day, core::member_id by) { return {of(day), {}, {}, received(by), 1}; }

happened::checked checked(verdict v, std::uint64_t rejected = 0) {
    const std::string hash(64, 'a');
    return {v, 100, 100 - rejected, rejected, rejected, 0, {{events::collection::check_kind::key, events::collection::severity::block, rejected == 0, rejected, {"0", "0"}}}, {}, {}, hash, hash, "1.5.6"};
}
const happened::missed missed{due + 2h};

std::vector<situation<delivery>> situations() {
    const auto by_na = received(na.id);
    return {given<delivery>(expected),
            given<delivery>(expected, missed),
            given<delivery>(expected, by_na),
            given<delivery>(expected, by_na, checked(verdict::accepted)),
            given<delivery>(expected, by_na, checked(verdict::warned)),
            given<delivery>(expected, by_na, checked(verdict::quarantined, 5)),
            given<delivery>(expected, by_na, checked(verdict::refused, 5)),
            given<delivery>(expected, by_na, checked(verdict::accepted), happened::superseded{{2}, 3}),
            given<delivery>(expected, happened::waived{"none", true})};
}
std::vector<delivery::command> commands() {
    return {delivery::fill{{file}, "by hand"}, delivery::miss{}, delivery::escalate{}, delivery::check{checked(verdict::warned)}, delivery::release{"compared"},
            delivery::reject{"another month"}, delivery::supersede{{3}}, delivery::explain_late{"down"}, delivery::waive{"no data", false}, delivery::hand_over{wei.id, mei.id}};
}
bool handbook_allows(const delivery::state& d, std::string_view command, const core::person& who) {
    using s = delivery_status;
    const bool owner = who.id == wei.id, analyst = who.has("DA") && who.department == d.department, om = manages(who);
    const bool awaited = d.is == s::expected || d.is == s::overdue;
    if (!who.active) return false;
    if (command == "delivery.fill") return (owner || analyst) && (awaited || d.is == s::received);  // again: already so
    if (command == "delivery.release") return d.is == s::quarantined && (owner || om);
    if (command == "delivery.reject") return d.is == s::quarantined && (owner || om);
    if (command == "delivery.explain") return owner && d.is != s::superseded && d.is != s::waived;
    if (command == "delivery.waive") return awaited && (owner || om);
    return false;  // the system's
}

cast within_plans(const world& w) {
    return {everybody, [&w](const core::person& p) { return within(w, p); }};
}
/// An hour past midnight of tomorrow in the department.
core::context next_night(const world& w) {
    auto by = within(w);
    by.today = tomorrow;
    by.now = std::chrono::sys_days(tomorrow) + 1h - core::shanghai;
    return by;
}
std::vector<delivery::command> of_deliveries(const core::follow_ups& all) {
    std::vector<delivery::command> found;
    for (const auto& one : all)
        if (const auto* c = one.what.get_if<delivery::command>()) found.push_back(*c);
    return found;
}
world& put(world& w, std::uint64_t number, const situation<delivery>& at) {
    auto state = at.state();
    state.id = {number};
    return w.put<delivery>(number, state);
}
core::follow_ups follow(const world& w, std::uint64_t number, delivery::event what) {
    return core::policies::follow({{{9}, {events::category::delivery, number}, {3}, now, {}, {}, {}}, events::any(std::move(what))}, within(w));
}

}  // namespace

TEST_CASE("delivery: every (status, command, person) that is not in the handbook is refused with a clause", "[core][delivery][S4.1.2][S2.3.5][table]") {
    const auto w = collecting();
    CHECK(check_every_pair<delivery>(situations(), commands(), handbook_allows, within_plans(w)) == situations().size() * commands().size() * everybody.size());
    check_rows_agree<delivery>(situations(), commands(), within_plans(w));
}

TEST_CASE("delivery: what is due is expected on its day, once, whichever version of the plan", "[core][delivery][S4.1.2]") {
    auto w = collecting();
    // Since it was activated, and for no more than 60 days after a long stop.
    CHECK(of_deliveries(core::policies::due(within(w))).size() == 1);
    auto later = within(w);
    later.today = std::chrono::sys_days(today) + std::chrono::days(200);
    later.now = std::chrono::sys_days(later.today);
    CHECK(of_deliveries(core::policies::due(later)).size() == 61);
    const auto opened = given<delivery>().when(delivery::expect{{1}, yesterday, yesterday}, within(w));
    CHECK(opened == expected);
    CHECK(given<delivery>().when(delivery::expect{{1}, day_before, yesterday}, within(w)) == no::bad_period);
    CHECK(given<delivery>().when(delivery::expect{{7}, yesterday, yesterday}, within(w)) == no::no_such_plan);
    for (const auto* who : everybody) CHECK(!given<delivery>().when(delivery::expect{{1}, yesterday, yesterday}, within(w, *who)).passed());
    put(w, 1, given<delivery>(expected));
    CHECK(of_deliveries(core::policies::due(within(w))).empty());
    CHECK(given<delivery>().when(delivery::expect{{1}, yesterday, yesterday}, within(w)) == no::already_expected);
    // The next version knows what the one before has asked for.
    auto next = *w.find<core::collection>(1);
    auto before = next;
    before.is = core::collection_status::superseded;
    next.id = {2};
    next.replaces = {1};
    w.put<core::collection>(1, before).put<core::collection>(2, next);
    CHECK(of_deliveries(core::policies::due(within(w))).empty());
    // A plan that is paused, or waits for its activation, asks for nothing.
    auto paused = collecting();
    auto p = *paused.find<core::collection>(1);
    p.is = core::collection_status::paused;
    paused.put<core::collection>(1, p);
    CHECK(core::policies::due(within(paused)).empty());
}

TEST_CASE("delivery: what does not come is missing when its grace is over, and the manager is told a working day later", "[core][delivery][S4.1.2]") {
    auto w = collecting();
    const auto open = given<delivery>(expected);
    auto by = within(w);
    by.now = due + 2h - 1us;
    CHECK(core::due_commands(open.state(), by).empty());
    CHECK(open.when(delivery::miss{}, by) == no::not_yet);
    by.now = due + 2h;
    CHECK(core::due_commands(open.state(), by).size() == 1);
    const auto late = open.after(delivery::miss{}, by);
    CHECK(late.state().is == delivery_status::overdue);
    CHECK(core::due_commands(late.state(), by).empty());
    // It waits with its owner only then: most comes by itself.
    CHECK(core::flow::waits<delivery>(open.state(), within(w)).empty());
    const auto waits = core::flow::waits<delivery>(late.state(), within(w));
    REQUIRE(waits.size() == 1);
    CHECK(waits[0].on.who == std::vector{wei.id});
    CHECK(core::said_due(late.state(), "delivery.fill", within(w)) == today);
    CHECK(core::concerned_by(happened::missed{}, late.state(), {}, within(w)).who == std::vector{wei.id});
    CHECK(core::due_commands(late.state(), next_night(w)).size() == 1);
    const auto told = late.after(delivery::escalate{}, next_night(w));
    CHECK(told.state().escalated);
    CHECK(core::due_commands(told.state(), next_night(w)).empty());
    CHECK(core::concerned_by(happened::escalated{}, told.state(), {}, within(w)).who == std::vector{lin.id, mei.id});
    // Both at once after a stop.
    CHECK(core::due_commands(open.state(), next_night(w)).size() == 2);
    // What comes after all is received as ever.
    const auto came = told.after(delivery::fill{{file}, {}}, within(w, na));
    CHECK(came.state().is == delivery_status::received);
    CHECK(came.state().received_at == now);
}

TEST_CASE("delivery: one file, by the owner, an analyst of the department, or by itself", "[core][delivery][S4.1.2]") {
    const auto w = collecting();
    const auto ask = [&](const core::context& by, auto change) {
        delivery::enter c{{1}, day_before, day_before, {file}, {}, {}};
        change(c);
        return given<delivery>().when(c, by);
    };
    for (const auto* who : everybody) CHECK(ask(within(w, *who), [](auto&) {}).passed() == (who == &wei || who == &na));
    CHECK(ask(within(w), [](auto&) {}).passed());
    auto far = somebody(4, "technology", {"DA"});
    CHECK(ask(within(w, far), [](auto&) {}) == no::not_receiver);
    CHECK(ask(within(w, na), [](auto& c) { c.collection = {2}; }) == no::no_such_plan);
    CHECK(ask(within(w, na), [](auto& c) { c.from = yesterday; }) == no::bad_period);
    CHECK(ask(within(w, na), [](auto& c) { c.until = today; }) == no::bad_period);
    CHECK(ask(within(w, na), [](auto& c) { c.files.clear(); }) == bad_field{"files"});
    CHECK(ask(within(w, na), [](auto& c) { c.files.push_back(file); }) == bad_field{"files"});
    CHECK(ask(within(w, na), [](auto& c) { c.files[0].sha256 = "x"; }) == no::bad_files);
    // Days that the plan has one for keep its promise.
    const auto early = ask(within(w, na), [](auto&) {}).happened();
    REQUIRE(early.size() == 1);
    CHECK(std::get<happened::entered>(early[0]).promise.has_value());
    for (const auto* who : everybody) CHECK(may_see(given<delivery>(expected).state(), within(w, *who)) == (who->active && !who->roles.empty()));
}

TEST_CASE("delivery: days have their data once; what is expected is delivered there, what came is corrected", "[core][delivery][S4.1.2][S4.1.3]") {
    auto w = collecting();
    put(w, 1, given<delivery>(expected));
    put(w, 2, given<delivery>(entered(day_before, na.id), checked(verdict::accepted)));
    const auto deliver = [&](core::date from, core::date until, std::optional<delivery_id> replaces) {
        return given<delivery>().when(delivery::enter{{1}, from, until, {file}, replaces, {}}, within(w, na));
    };
    CHECK(deliver(yesterday, yesterday, {}) == no::is_awaited);
    CHECK(deliver(day_before, day_before, {}) == no::covered);
    CHECK(deliver(2026y / 11 / 20, day_before, {}) == no::covered);
    CHECK(deliver(2026y / 11 / 20, 2026y / 11 / 20, {}).passed());
    CHECK(deliver(day_before, day_before, delivery_id{2}).passed());
    CHECK(deliver(yesterday, yesterday, delivery_id{2}) == no::bad_replaces);
    CHECK(deliver(yesterday, yesterday, delivery_id{1}) == no::bad_replaces);
    CHECK(deliver(day_before, day_before, delivery_id{9}) == no::bad_replaces);
    // A second correction waits for the first.
    auto correction = entered(day_before, na.id);
    correction.replaces = delivery_id{2};
    put(w, 3, given<delivery>(correction));
    CHECK(deliver(day_before, day_before, delivery_id{2}) == no::covered);
    // What was refused, or is not waited for, leaves its days open.
    put(w, 2, given<delivery>(entered(day_before, na.id), checked(verdict::refused, 100)));
    put(w, 3, given<delivery>(entered(day_before, na.id), checked(verdict::refused, 100)));
    CHECK(deliver(day_before, day_before, {}).passed());
    put(w, 1, given<delivery>(expected, happened::waived{"none", true}));
    CHECK(deliver(yesterday, yesterday, {}).passed());
}

TEST_CASE("delivery: a correction replaces what it corrects once it is loaded", "[core][delivery][S4.1.3]") {
    auto w = collecting();
    auto correction = entered(day_before, na.id);
    correction.replaces = delivery_id{1};
    auto report = checked(verdict::quarantined, 2);
    report.restated = 7;
    put(w, 1, given<delivery>(entered(day_before, na.id), checked(verdict::accepted)));
    put(w, 2, given<delivery>(correction, report));
    CHECK(of_deliveries(follow(w, 2, report)).empty());
    const auto first = situation<delivery>(*w.find<delivery>(1));
    CHECK(first.when(delivery::supersede{{2}}, within(w)) == no::bad_replaces);
    put(w, 2, given<delivery>(correction, report, happened::released{"good"}));
    const auto all = follow(w, 2, happened::released{"good"});
    REQUIRE(of_deliveries(all).size() == 1);
    CHECK(std::get<delivery::supersede>(of_deliveries(all)[0]).by == delivery_id{2});
    const auto replaced = first.after(delivery::supersede{{2}}, within(w));
    CHECK(replaced.state().is == delivery_status::superseded);
    CHECK(replaced.state().corrected == 7);
    CHECK(replaced.when(delivery::supersede{{2}}, within(w)) == nothing<delivery>());
    CHECK(replaced.when(delivery::explain_late{"x"}, within(w, wei)) == no::closed);
}

TEST_CASE("delivery: the checks say what they found, and no value of a person", "[core][delivery][S4.1.3][S2.3.5]") {
    const auto w = collecting();
    const auto came = given<delivery>(expected, received(na.id));
    const auto check = [&](auto change) {
        auto e = checked(verdict::quarantined, 5);
        change(e);
        return came.when(delivery::check{e}, within(w));
    };
    CHECK(check([](auto&) {}) == checked(verdict::quarantined, 5));
    CHECK(check([](auto& e) { e.taken = 96; }) == no::bad_check);
    CHECK(check([](auto& e) { e.faulty = 4; }) == no::bad_check);
    CHECK(check([](auto& e) { e.faulty = 101; }) == no::bad_check);
    CHECK(check([](auto& e) { e.faults = {{3, "金额", {"不是数字", "not a number"}, "12a"}}; }).passed());
    CHECK(check([](auto& e) { e.faults = {{3, "手机号", {"太长", "too long"}, "13800000000"}}; }) == no::personal_value);
    CHECK(check([](auto& e) { e.faults = {{3, "手机号", {"太长", "too long"}, ""}}; }).passed());
    CHECK(check([](auto& e) { e.faults = {{0, "", {"无法读取", ""}, ""}}; }) == bad_field{"report/faults/0/reason"});
    CHECK(check([](auto& e) { e.verdict = verdict::refused, e.rows = e.taken = e.rejected = e.faulty = 0, e.schema_sha256.reset(), e.rows_sha256.reset(); }).passed());
    const auto done = came.after(delivery::check{checked(verdict::warned, 5)}, within(w));
    CHECK(done.state().failed == std::vector{events::collection::check_kind::key});
    CHECK(done.when(delivery::check{checked(verdict::warned, 5)}, within(w)) == nothing<delivery>());
    CHECK(done.when(delivery::check{checked(verdict::accepted)}, within(w)) == no::not_received);
    using core::concerned_by;
    CHECK(concerned_by(checked(verdict::quarantined, 5), done.state(), {}, within(w)).who == std::vector{wei.id, na.id});
    CHECK(concerned_by(checked(verdict::warned, 5), done.state(), {}, within(w)).who.empty());
}

TEST_CASE("delivery: quarantine waits for the owner, who does not release what they delivered themselves", "[core][delivery][S2.3.5][D1]") {
    const auto w = collecting();
    const auto kept = given<delivery>(expected, received(na.id), checked(verdict::quarantined, 5));
    const auto waits = core::flow::waits<delivery>(kept.state(), within(w));
    REQUIRE(waits.size() == 1);
    CHECK(waits[0].command == "delivery.release");
    CHECK(waits[0].on.who == std::vector{wei.id});
    CHECK(kept.when(delivery::release{""}, within(w, wei)) == bad_field{"reason"});
    CHECK(kept.after(delivery::release{"compared"}, within(w, wei)).state().is == delivery_status::warned);
    CHECK(kept.after(delivery::reject{"wrong month"}, within(w, wei)).state().is == delivery_status::refused);
    const auto own = given<delivery>(expected).after(delivery::fill{{file}, {}}, within(w, wei)).after(delivery::check{checked(verdict::quarantined, 5)}, within(w));
    CHECK(own.when(delivery::release{"fine"}, within(w, wei)) == no::own_delivery);
    CHECK(own.when(delivery::release{"fine"}, within(w, lin)).passed());
    CHECK(own.when(delivery::reject{"mine was wrong"}, within(w, wei)).passed());
    const auto passed_up = core::flow::waits<delivery>(own.state(), within(w));
    REQUIRE(passed_up.size() == 1);
    CHECK(passed_up[0].on.passed_up);
}

TEST_CASE("delivery: what is not waited for counts as missing, unless its plan is gone or a wrong clock had asked for it", "[core][delivery][S4.1.2][S2.3.5]") {
    auto w = collecting();
    const auto open = given<delivery>(expected);
    CHECK(open.when(delivery::waive{"no data", true}, within(w, wei)) == happened::waived{"no data", true});
    CHECK(open.when(delivery::waive{"no data", true}, within(w)) == happened::waived{"no data", false});
    put(w, 1, open);
    put(w, 2, given<delivery>(entered(day_before, na.id)));
    const auto all = core::policies::follow({{{9}, {events::category::collection, 1}, {5}, now, lin.id, {}, {}}, events::any(core::collection::event(events::collection::retired{"gone"}))}, within(w));
    REQUIRE(of_deliveries(all).size() == 1);
    CHECK(std::get<delivery::waive>(of_deliveries(all)[0]).uncounted == true);
    auto early = within(w);
    early.today = day_before;
    const core::wrong_clock wrong(now, now - 48h, early);
    CHECK(core::set_right(open.state(), wrong, early).size() == 1);
    CHECK(core::set_right(open.state(), wrong, within(w)).empty());
    // On its day it is expected again.
    put(w, 1, given<delivery>(expected, happened::waived{"clock", false}));
    CHECK(of_deliveries(core::policies::due(within(w))).size() == 1);
}

TEST_CASE("delivery: who leaves hands it over, and it is called like its plan and days", "[core][delivery][S1.3.4]") {
    const auto w = collecting();
    const auto open = given<delivery>(expected);
    CHECK(is_work_of(open.state(), wei.id));
    CHECK(open.after(delivery::hand_over{wei.id, mei.id}, within(w)).state().owner == mei.id);
    CHECK(!is_work_of(given<delivery>(expected, received(na.id), checked(verdict::accepted)).state(), wei.id));
    CHECK(name_of(open.state()) == "每日订单 2026-11-22");
    auto week = expected;
    week.of.from = core::date{2026y / 11 / 9};
    CHECK(name_of(given<delivery>(week).state()) == "每日订单 2026-11-09 – 2026-11-22");
}
