#pragma once
// What of an alert rule stands in its way: its metric, its dimension, and the fields that its method takes.

#include "core/alert_rule/alert_rule.hpp"
#include "core/metric/metric.hpp"

#include <optional>

namespace core::alerting {

struct objection {
    alert_rule_rejection no;
    particulars more;
};

/// `id`: of the rule itself. `begun`: the version of the form that it was begun with; 0: it begins.
std::optional<objection> form_at_fault(const alert_rule::form& f, alert_rule_id id, const context& by, std::uint32_t begun);

/// What of the condition does not fit the metric, as it is now; nothing where it can be judged by.
std::optional<particulars> condition_fault(const alert_rule::condition& c, alert_rule::period period, bool split, const metric::state& of);

/// Whether it has to do with a metric that can be watched still.
bool is_watchable(metric_id of, const context& by);

}  // namespace core::alerting
