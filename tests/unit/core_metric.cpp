// Metrics (S2.3.2): who may do what, versions, the tree, formulas that rest on one another, targets.

#include "core/metric/faults.hpp"
#include "core/metric/meaning.hpp"
#include "core/metric/metric.hpp"
#include "tests/support/flow_table.hpp"

using namespace opsroom_test;
using core::metric;
using core::metric_status;
using no = core::metric::rejection;
namespace happened = events::metric;

namespace {

metric::form sales() {
    return {"sales", {"销售额", "Sales"}, "元", 2, happened::direction::up, wei.id, {}, "已付款订单的金额", "1200", false, {}, {}};
}
metric::form called(const std::string& code, const std::string& formula, const std::string& unit = "", std::uint64_t parent = 0) {
    auto f = sales();
    f.code = code;
    f.name = {code + "名", code + " name"};
    f.formula = formula;
    f.unit = unit;
    if (parent) f.parent = core::metric_id{parent};
    return f;
}
metric::target month(const char* value) { return {happened::period::month, today, {}, std::string(value), {}, {}}; }

const auto print = prints.of(sales());
const happened::drafted drafted{na.id, {"operations"}, sales(), print, 1};
const happened::published published{1, na.id, print, "1200", {}, {}};
const happened::amended amended{na.id, sales(), "gifts", {}, print};

std::vector<situation<metric>> situations() {
    return {given<metric>(drafted), given<metric>(drafted, happened::submitted{}), given<metric>(drafted, published), given<metric>(drafted, published, amended),
            given<metric>(drafted, published, happened::retired{"gone"}), given<metric>(drafted, happened::discarded{"twice"})};
}
std::vector<metric::command> commands() {
    return {metric::revise{sales()}, metric::submit{}, metric::send_back{"why"}, metric::publish{print}, metric::amend{sales(), "why", {}}, metric::decline{"why"},
            metric::withdraw{"why"}, metric::set_targets{{month("5")}, "plan"}, metric::retire{"no longer"}, metric::discard{"why"}, metric::hand_over{wei.id, mei.id}};
}
bool handbook_allows(const metric::state& of, std::string_view command, const core::person& who) {
    using s = metric_status;
    const bool wrote = who.id == na.id;
    const bool unpublished = of.is == s::draft || of.is == s::submitted, held = of.is == s::published;
    if (!who.active || of.is == s::retired || of.is == s::discarded) return false;
    if (command == "metric.revise") return of.is == s::draft && (wrote || manages(who));
    if (command == "metric.submit") return (of.is == s::draft || of.is == s::submitted) && wrote;  // again: nothing happens
    if (command == "metric.return") return of.is == s::submitted && manages(who);
    if (command == "metric.publish") return manages(who);  // again: nothing happens
    if (command == "metric.amend") return held && (wrote || who.id == wei.id || manages(who));
    if (command == "metric.decline") return of.is == s::amended && manages(who);
    if (command == "metric.withdraw") return of.is == s::amended && wrote;
    if (command == "metric.set_targets" || command == "metric.retire") return held && manages(who);
    if (command == "metric.discard") return unpublished && (wrote || manages(who));
    return false;
}

/// One that holds, in the world under this number.
void put(world& w, std::uint64_t id, const metric::form& f, std::vector<core::metric_id> rests_on = {}) {
    auto state = given<metric>(happened::drafted{na.id, {"operations"}, f, print, 1}, happened::published{1, na.id, print, f.formula, std::move(rests_on), {}}).state();
    state.id = {id};
    w.put<metric>(id, std::move(state));
}
core::context in(const world& w, const core::person& who = lin) {
    auto by = as(who);
    by.others = &w;
    return by;
}
situation<metric> of(const world& w, std::uint64_t id) { return situation<metric>(*w.find<metric>(id)); }
/// What is told of the very case.
core::particulars told(const situation<metric>& at, const metric::command& asked, const core::context& by) {
    const auto what = at.when(asked, by);
    REQUIRE(!what.passed());
    REQUIRE(!what.fault);
    return metric::particulars_of(what.decided.error(), at.state(), &asked, by);
}

}  // namespace

TEST_CASE("metric: every (status, command, person) that is not in the handbook is refused with a clause", "[core][metric][S2.3.2][table]") {
    CHECK(check_every_pair<metric>(situations(), commands(), handbook_allows) == situations().size() * commands().size() * everybody.size());
    check_rows_agree<metric>(situations(), commands());
}

TEST_CASE("metric: an analyst or a manager drafts it; published, everyone in the directory may know what a figure means", "[core][metric][S2.3.2]") {
    for (const auto* who : everybody) {
        CHECK(given<metric>().when(metric::draft{sales()}, as(*who)).passed() == (who->active && (who->has("DA") || who->has("OM") || who->has("SL"))));
        CHECK(may_see(given<metric>(drafted, published).state(), as(*who)) == (who->active && !who->roles.empty()));
        const bool before = who->id == wei.id || who->id == na.id || manages(*who) || who->id == aud.id;
        CHECK(may_see(given<metric>(drafted).state(), as(*who)) == before);
    }
    const auto made = given<metric>().when(metric::draft{sales()}, as(na));
    CHECK(made == happened::drafted{na.id, {"operations"}, sales(), print, 1});
}

TEST_CASE("metric: what a form may hold", "[core][metric][S2.3.2]") {
    const auto asked = [&](auto change) {
        auto f = sales();
        change(f);
        return given<metric>().when(metric::draft{f}, as(na));
    };
    CHECK(asked([](auto&) {}).passed());
    CHECK(asked([](auto& f) { f.code = "会员_2"; }).passed());
    for (const char* code : {"sum", "WHERE", "orders.amount", "a-b", "12", "`a`", "a+b"}) {
        INFO(code);
        CHECK(asked([&](auto& f) { f.code = code; }) == no::bad_code);
    }
    CHECK(asked([](auto& f) { f.code = ""; }) == bad_field{"form/code"});
    CHECK(asked([](auto& f) { f.name.en = ""; }) == bad_field{"form/name"});
    CHECK(asked([](auto& f) { f.unit = ""; }).passed());
    CHECK(asked([](auto& f) { f.unit = "元/"; }) == no::bad_unit);
    CHECK(asked([](auto& f) { f.digits = 10; }) == bad_field{"form/digits"});
    CHECK(asked([](auto& f) { f.owner = gone.id; }) == bad_field{"form/owner"});
    CHECK(asked([](auto& f) { f.parent = core::metric_id{77}; }) == no::bad_parent);
    CHECK(asked([](auto& f) { f.definition = " "; }) == bad_field{"form/definition"});
    CHECK(asked([](auto& f) { f.formula = std::string(4097, '1'); }) == bad_field{"form/formula"});
    CHECK(asked([](auto& f) { f.formula = "(1 + 2"; }) == no::bad_formula);
    CHECK(asked([](auto& f) { f.extras.form = 2; }) == no::bad_extras);
}

TEST_CASE("metric: who drafts it does not publish it, unless it is the manager's own", "[core][metric][S2.3.2][D1]") {
    const auto put_before = given<metric>().after(metric::draft{sales()}, as(na)).after(metric::submit{}, as(na));
    CHECK(put_before.when(metric::publish{print}, as(na)) == no::own_metric);
    CHECK(put_before.when(metric::publish{print}, as(wei)) == no::not_manager);
    CHECK(put_before.when(metric::publish{std::string(64, 'a')}, as(lin)) == no::other_form);
    CHECK(put_before.when(metric::publish{print}, as(lin)) == published);
    // An analyst who stands in for the manager wrote it all the same.
    auto deputy = na;
    deputy.acts_for = {{lin.id, today, {}}};
    CHECK(put_before.when(metric::publish{print}, as(deputy)) == no::own_metric);
    // It waits for the manager, and a draft of theirs waits for themselves.
    const auto turn = core::flow::turn_of<metric>(metric::flow[4], put_before.state(), as(lin));
    CHECK(turn.who == std::vector{lin.id, mei.id});
    const auto own = given<metric>().after(metric::draft{sales()}, as(lin));
    CHECK(core::flow::turn_of<metric>(metric::flow[4], own.state(), as(lin)).who == std::vector{lin.id});
    CHECK(core::flow::waits<metric>(own.state(), as(lin)).size() == 1);
    CHECK(own.when(metric::publish{print}, as(lin)).passed());
    CHECK(put_before.after(metric::send_back{"refunds?"}, as(lin)).state().is == metric_status::draft);
}

TEST_CASE("metric: an amendment becomes the next version, from a day or from the beginning", "[core][metric][S2.3.2]") {
    auto next = sales();
    next.formula = "1300";
    const auto first = given<metric>(drafted, published);
    const auto asked = first.after(metric::amend{next, "without gifts", tomorrow}, as(wei));
    CHECK(asked.state().is == metric_status::amended);
    CHECK(asked.state().formula == "1200");  // it holds on
    CHECK(asked.when(metric::amend{next, "without gifts", tomorrow}, as(wei)) == nothing<metric>());
    CHECK(asked.when(metric::amend{sales(), "another", {}}, as(na)) == no::amendment_waits);
    CHECK(asked.when(metric::set_targets{{month("5")}, "plan"}, as(lin)) == no::amendment_waits);
    const auto second = asked.after(metric::publish{asked.state().sha256}, as(lin));
    REQUIRE(second.state().versions.size() == 2);
    CHECK(second.state().versions[1].from == tomorrow);
    CHECK(second.state().formula == "1300");
    // A figure of a day keeps the version of that day.
    CHECK(version_on(second.state(), today)->number == 1);
    CHECK(version_on(second.state(), tomorrow)->number == 2);
    const auto anew = second.after(metric::amend{sales(), "as finance has it", {}}, as(na));
    const auto third = anew.after(metric::publish{anew.state().sha256}, as(lin));
    CHECK(version_on(third.state(), yesterday)->number == 3);
    CHECK(version_on(given<metric>(drafted).state(), today) == nullptr);

    CHECK(asked.after(metric::decline{"finance counts them"}, as(lin)).state().is == metric_status::published);
    CHECK(asked.when(metric::decline{"finance counts them"}, as(lin)) == happened::declined{wei.id, "finance counts them"});
    CHECK(asked.after(metric::withdraw{"later"}, as(wei)).state().formula == "1200");
    CHECK(asked.when(metric::withdraw{"later"}, as(na)) == no::not_author);
    next.code = "turnover";
    CHECK(first.when(metric::amend{next, "x", {}}, as(wei)) == no::code_fixed);
}

TEST_CASE("metric: formulas call metrics by code and by name, so each is one metric's", "[core][metric][S2.3.2]") {
    world w;
    put(w, 1, sales());
    const auto asked = [&](const metric::form& f) { return given<metric>().when(metric::draft{f}, in(w, na)); };
    CHECK(asked(sales()) == no::code_taken);
    CHECK(asked(called("销售额", "1")) == no::code_taken);
    auto f = called("income", "1");
    f.name.en = "sales";
    CHECK(asked(f) == no::name_taken);
    CHECK(told(given<metric>(), metric::draft{f}, in(w, na)) == core::particulars{"已有指标「销售额」（sales）。", "There is the metric \"Sales\" (sales)."});
    CHECK(asked(called("income", "1")).passed());
    // Its own name it keeps, and a retired one's is free again.
    CHECK(of(w, 1).when(metric::amend{sales(), "x", {}}, in(w)).passed());
    w.put<metric>(1, of(w, 1).after(metric::retire{"gone"}, in(w)).state());
    CHECK(asked(sales()).passed());
}

TEST_CASE("metric: a formula that does not work out is refused with where and what would cure it", "[core][metric][S2.3.2]") {
    world w;
    put(w, 1, called("a", "7", "元"));
    put(w, 2, called("b", "8", "人"));
    const auto draft = [&](const std::string& formula, const std::string& unit = "") {
        return given<metric>().after(metric::draft{called("c", formula, unit)}, in(w, na));
    };
    CHECK(told(given<metric>(), metric::draft{called("c", "(a")}, in(w, na)).zh == "第 1 字：括号没有成对：缺「)」。");
    CHECK(draft("a / b", "元/人").when(metric::submit{}, in(w, na)).passed());
    CHECK(draft("a + b").when(metric::submit{}, in(w, na)) == no::bad_formula);
    CHECK(told(draft("a + b"), metric::submit{}, in(w, na)).zh == "第 5 字：不能相加：元 + 人；两边的单位须相同。");
    CHECK(told(draft("a + bb"), metric::submit{}, in(w, na)).en.find("Character 5: there is no metric \"bb\"") == 0);
    CHECK(told(draft("a / b", "%"), metric::submit{}, in(w, na)).zh.find("元/人") != std::string::npos);
    // Names become codes, and whom it rests on is known.
    const auto c = draft("`a name` / b + 2 * a / b名", "元/人").when(metric::publish{prints.of(called("c", "`a name` / b + 2 * a / b名", "元/人"))}, in(w));
    REQUIRE(c.passed());
    const auto e = std::get<happened::published>(c.happened().front());
    CHECK(e.formula == "a / b + 2 * a / b");
    CHECK(e.rests_on == std::vector<core::metric_id>{{1}, {2}});
}

TEST_CASE("metric: what is drafted together names one another, and is published from the bottom up", "[core][metric][S2.3.2]") {
    world w;
    auto below = given<metric>(happened::drafted{na.id, {"operations"}, called("a", "7"), print, 1}).state();
    below.id = {1};
    w.put<metric>(1, below);
    const auto f = called("b", "a * 2", "", 1);
    auto above = given<metric>(happened::drafted{na.id, {"operations"}, f, print, 1}).state();
    above.id = {2};
    const situation<metric> b(above);
    w.put<metric>(2, above);
    CHECK(b.when(metric::submit{}, in(w, na)).passed());
    CHECK(b.when(metric::publish{print}, in(w)) == no::bad_parent);
    put(w, 1, called("a", "7"));
    CHECK(b.when(metric::publish{print}, in(w)).passed());
}

TEST_CASE("metric: formulas do not go round in circles, whichever is amended", "[core][metric][S2.3.2]") {
    world w;
    put(w, 1, called("a", "7"));
    put(w, 2, called("b", "a + a"), {{1}});
    put(w, 3, called("c", "b * 2"), {{2}});
    const metric::amend round{called("a", "c / 2"), "x", {}};
    CHECK(of(w, 1).when(round, in(w)) == no::bad_formula);
    CHECK(told(of(w, 1), round, in(w)).zh == "第 1 字：a → c → b → a 互相引用：请去掉其中一处。");
}

TEST_CASE("metric: what others rest on keeps its unit and is not retired; which ones is said", "[core][metric][S2.3.2]") {
    world w;
    put(w, 1, called("a", "7", "元"));
    put(w, 2, called("b", "8", "元"), {});
    put(w, 3, called("c", "a + b", "元", 2), {{1}, {2}});
    CHECK(of(w, 1).when(metric::retire{"x"}, in(w)) == no::is_needed);
    CHECK(told(of(w, 1), metric::retire{"x"}, in(w)).zh == "公式引用了它的指标：「c名」。");
    CHECK(told(of(w, 2), metric::retire{"x"}, in(w)).en == "In whose formula it is: \"c name\". Whose parent it is: \"c name\".");
    const auto may = core::flow::actions<metric>(of(w, 1).state(), in(w));
    const auto retiring = std::find_if(may.begin(), may.end(), [](const auto& a) { return a.command == "metric.retire"; });
    CHECK(retiring->more.zh == "公式引用了它的指标：「c名」。");

    const metric::amend other{called("a", "7", "人"), "x", {}};
    CHECK(of(w, 1).when(other, in(w)) == no::breaks_another);
    CHECK(told(of(w, 1), other, in(w)).zh.find("「c名」：") == 0);
    CHECK(of(w, 1).when(metric::amend{called("a", "9", "元"), "x", {}}, in(w)).passed());
    w.put<metric>(3, of(w, 3).after(metric::retire{"x"}, in(w)).state());
    CHECK(of(w, 1).when(other, in(w)).passed());
    CHECK(of(w, 1).when(metric::retire{"x"}, in(w)).passed());
}

TEST_CASE("metric: a tree, of eight levels at most", "[core][metric][S2.3.2]") {
    world w;
    for (std::uint64_t n = 1; n <= 8; ++n) put(w, n, called("m" + std::to_string(n), "1", "", n - 1));
    const auto beneath = [&](std::uint64_t parent) { return given<metric>().when(metric::draft{called("new", "1", "", parent)}, in(w, na)); };
    CHECK(beneath(7).passed());
    CHECK(beneath(8) == no::tree_too_deep);
    const auto moved = [&](std::uint64_t which, std::uint64_t to) { return of(w, which).when(metric::amend{called("m" + std::to_string(which), "1", "", to), "x", {}}, in(w)); };
    CHECK(moved(2, 2) == no::parent_circle);
    CHECK(moved(2, 5) == no::parent_circle);
    CHECK(moved(5, 0).passed());
    put(w, 9, called("m9", "1"));
    CHECK(moved(1, 9) == no::tree_too_deep);
    CHECK(moved(2, 9).passed());
    w.put<metric>(9, of(w, 9).after(metric::retire{"x"}, in(w)).state());
    CHECK(moved(2, 9) == no::bad_parent);
}

TEST_CASE("metric: targets are decimals for periods, as the direction takes them", "[core][metric][S2.3.2][D17]") {
    const auto at = given<metric>(drafted, published);
    const auto set = [&](std::vector<metric::target> all) { return at.when(metric::set_targets{std::move(all), "plan"}, as(lin)); };
    CHECK(set({}).passed());
    CHECK(set({month("1200.50")}).passed());
    CHECK(set({month("-3")}).passed());
    for (const char* wrong : {"1,200", "1200.505", "12%", "1e3", ".5", "5.", "+1", "12345678901234567"}) {
        INFO(wrong);
        CHECK(set({month(wrong)}) == no::bad_targets);
    }
    CHECK(told(at, metric::set_targets{{month("1"), month("2")}, "plan"}, as(lin)).zh == "第 2 条目标：与第 1 条的周期相同、日期重叠。");
    auto first = month("1");
    first.until = today;
    auto second = month("2");
    second.from = tomorrow;
    CHECK(set({first, second}).passed());
    auto weekly = month("1");
    weekly.period = happened::period::week;
    CHECK(set({month("1"), weekly}).passed());
    first.until = yesterday;
    CHECK(set({first}) == no::bad_targets);
    auto range = month("1");
    range.least = "1";
    CHECK(set({range}) == no::bad_targets);

    auto f = sales();
    f.direction = happened::direction::within;
    f.targets = {{happened::period::month, today, {}, {}, "9.5", "10"}};
    CHECK(given<metric>().when(metric::draft{f}, as(na)).passed());
    f.targets[0].least = "10.5";
    CHECK(given<metric>().when(metric::draft{f}, as(na)) == no::bad_targets);
    f.targets[0].least.reset();
    CHECK(given<metric>().when(metric::draft{f}, as(na)) == no::bad_targets);
    // Their own step, with its reason, and no version of the formula.
    const auto done = at.after(metric::set_targets{{month("5")}, "plan"}, as(zhou));
    CHECK(done.state().versions.size() == 1);
    CHECK(done.when(metric::set_targets{{month("5")}, "plan"}, as(lin)) == nothing<metric>());
    CHECK(at.when(metric::set_targets{{month("5")}, ""}, as(lin)) == bad_field{"reason"});
}

TEST_CASE("metric: what it is made of, for people", "[core][metric][S2.3.2][S4.1.3]") {
    world w;
    put(w, 1, called("a", "7", "元"));
    put(w, 2, called("b", "a / 2", "元"), {{1}});
    put(w, 3, called("c", "b / a", "%"), {{2}, {1}});
    const auto means = core::meaning_of(*w.find<metric>(3), in(w));
    CHECK(means.faults.empty());
    CHECK(means.metrics == std::vector<core::metric_id>{{1}, {2}});
    CHECK(means.unit == "%");
    CHECK(core::meaning_of(*w.find<metric>(2), in(w)).unit == "元");
    CHECK(core::metrics::named_by({1}, in(w)) == std::vector<core::metric_id>{{2}, {3}});
    put(w, 2, called("z", "1"));
    CHECK(core::meaning_of(*w.find<metric>(3), in(w)).faults.en.find("there is no metric \"b\"") != std::string::npos);
}

TEST_CASE("metric: who leaves hands it over", "[core][metric][S1.3.4]") {
    CHECK(is_work_of(given<metric>(drafted).state(), na.id));
    CHECK(is_work_of(given<metric>(drafted, published).state(), wei.id));
    CHECK(!is_work_of(given<metric>(drafted, published).state(), na.id));
    CHECK(is_work_of(given<metric>(drafted, published, amended).state(), na.id));
    CHECK(!is_work_of(given<metric>(drafted, published, happened::retired{"x"}).state(), wei.id));
    const auto now = given<metric>(drafted, published, amended, happened::handed_over{na.id, mei.id}).state();
    CHECK(now.proposed->by == mei.id);
    CHECK(now.owner == wei.id);
}
