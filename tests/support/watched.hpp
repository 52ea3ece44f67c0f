#pragma once
// A metric that can be watched, a rule that watches it, and what it sees: what tests of early warning begin with.

#include "core/alert/alert.hpp"
#include "core/alert_rule/alert_rule.hpp"
#include "core/alert_rule/judging.hpp"
#include "core/metric/metric.hpp"
#include "tests/support/collected.hpp"

namespace opsroom_test {

/// In force, of orders; in 元 with two decimals, owned by mei.
inline core::metric::state sales_metric(std::uint64_t id = 1, std::uint64_t parent = 0) {
    const std::string code = "sales" + std::to_string(id);
    events::metric::form f{code, {"销售额" + std::to_string(id), "Sales " + std::to_string(id)}, "元", 2, events::metric::direction::up, mei.id, {}, "全部", "sum(orders.amount)", false, {}, {}};
    if (parent) f.parent = core::metric_id{parent};
    f.targets = {{events::metric::period::month, today, {}, std::string("1000"), {}, {}}};
    auto state = given<core::metric>(events::metric::drafted{na.id, {"operations"}, f, prints.of(f), 1}, events::metric::published{1, na.id, prints.of(f), f.formula, {}, {}}).state();
    state.id = {id};
    return state;
}

/// Daily, below 100.00, owned by wei; tells mei.
inline core::alert_rule::form below_hundred(std::uint64_t metric = 1) {
    core::alert_rule::form f{};
    f.name = "日销售额过低";
    f.metric = {metric};
    f.condition.method = events::alert_rule::method::threshold;
    f.condition.least = "100";
    f.lasts = 1;
    f.over_after = 2;
    f.severity = events::alert_rule::severity::warning;
    f.owner = wei.id;
    f.concerned = {requester.id};
    return f;
}

inline events::alert_rule::backtest quiet_past() { return {core::date{2026y / 9 / 1}, yesterday, 80, 0, 1, 1, 8, 0, 0, {}}; }

/// Orders are collected, metric 1 is in force, and rule 1 watches it.
inline world watching() {
    auto w = collecting();
    w.put<core::metric>(1, sales_metric());
    auto rule = given<core::alert_rule>(events::alert_rule::drafted{na.id, {"operations"}, below_hundred(), 1}, events::alert_rule::tried{quiet_past()},
                                        events::alert_rule::enabled{core::date{2026y / 11 / 1}, {}}).state();
    rule.id = {1};
    w.put<core::alert_rule>(1, rule);
    return w;
}

inline events::alert::sighting seen_on(core::date day, std::string value = "50.00") {
    return {"2026-11-22", day, day, std::move(value), {}, std::string("100.00"), {}, {"低于 100.00", "below 100.00"}};
}

}  // namespace opsroom_test
