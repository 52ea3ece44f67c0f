#include "core/alert_rule/faults.hpp"

#include "core/kernel/forms.hpp"
#include "core/kernel/seen.hpp"
#include "core/metric/decimals.hpp"
#include "core/metric/meaning.hpp"
#include "core/metric/metric.hpp"
#include "core/metric/row_sets.hpp"

#include <algorithm>

namespace core::alerting {
namespace {

using r = alert_rule_rejection;
using fault = std::optional<objection>;
using method = alert_rule::method;
using against = alert_rule::against;

objection of_condition(std::string zh, std::string en) { return {r::bad_condition, {std::move(zh), std::move(en)}}; }

/// Fields of another method say something that would not be done.
bool has_fields_of_others(const alert_rule::condition& c) {
    const bool limits = c.least || c.most, change = c.from || c.fall || c.rise;
    return (limits && c.method != method::threshold) || (change && c.method != method::change) || (c.tolerance && c.method != method::target) || (c.deviations && c.method != method::seasonal);
}

fault limits_at_fault(const alert_rule::condition& c, const metric::state& m) {
    if (!c.least && !c.most) return of_condition("固定界限须填写「低于」或「高于」。", "Limits take a least, a most, or both.");
    const auto is_good = [&](const std::optional<std::string>& text) { return !text || metrics::decimal_of(*text, m.digits); };
    if (!is_good(c.least) || !is_good(c.most)) {
        const auto places = std::to_string(m.digits);
        return of_condition("界限须为数字，小数不超过 " + places + " 位，不带千分位和单位。", "A limit is a number with at most " + places + " decimals, without separators and unit.");
    }
    if (c.least && c.most && *metrics::decimal_of(*c.least, m.digits) >= *metrics::decimal_of(*c.most, m.digits))
        return of_condition("「低于」须小于「高于」。", "The least has to be below the most.");
    return {};
}

fault condition_at_fault(const alert_rule::condition& c, alert_rule::period period, bool split, const metric::state& m) {
    if (has_fields_of_others(c)) return of_condition("只填写所选方法的字段。", "Fill in the fields of the method that is chosen, and no others.");
    switch (c.method) {
        case method::threshold: return limits_at_fault(c, m);
        case method::change:
            if (!c.from || (!c.fall && !c.rise)) return of_condition("变动幅度须填写对比的一期，以及下降或上升的百分比。", "A change takes the period that it is from, and how far it falls or rises in percent.");
            if ((c.fall && *c.fall == 0) || (c.rise && *c.rise == 0)) return of_condition("百分比须大于 0。", "A change is of more than 0 percent.");
            if (split && *c.from == against::year_ago && period != alert_rule::period::month)
                return of_condition("分列的日、周数值不足一年，不能与去年同期比；请按月，或不分列。", "Split figures of days and weeks do not go back a year. Watch months, or the total.");
            if (*c.from == against::week_before && period != alert_rule::period::day) return of_condition("只有按日的指标可与上周同日比。", "Only days are compared with a weekday.");
            return {};
        case method::target:
            if (std::none_of(m.targets.begin(), m.targets.end(), [&](const metric::target& t) { return t.period == period; }))
                return of_condition("该指标没有此周期的目标，请先设定目标。", "The metric has no targets for such periods. Set them first.");
            return {};
        case method::seasonal:
        case method::detector:
            if (period != alert_rule::period::day) return of_condition("此方法只用于按日的指标。", "This method watches days alone.");
            if (c.deviations && *c.deviations == 0) return of_condition("偏差倍数须大于 0。", "Deviations are more than 0.");
            return {};
    }
    return {};
}

/// All rows that it is calculated from are told apart by it.
bool is_dimension(const std::string& code, const metric::state& m, const context& by) {
    const auto means = meaning_of(m, by);
    const auto sets = row_sets_in(by);
    return !means.sets.empty() && std::all_of(means.sets.begin(), means.sets.end(), [&](const std::string& named) {
        const auto set = std::find_if(sets.begin(), sets.end(), [&](const row_set& s) { return s.code == named; });
        return set != sets.end() && std::any_of(set->dimensions.begin(), set->dimensions.end(), [&](const row_dimension& d) { return d.code == code; });
    });
}

bool is_taken(const std::string& name, alert_rule_id own, const context& by) {
    for (std::uint64_t n = 1; n <= by.others->highest(alert_rule::category); ++n) {
        const auto* one = by.others->find<alert_rule>(n);
        if (one && n != own.value && (alert_rule::live & flow::from(one->is)) && one->name == name) return true;
    }
    return false;
}

}  // namespace

std::optional<particulars> condition_fault(const alert_rule::condition& c, alert_rule::period period, bool split, const metric::state& of) {
    auto found = condition_at_fault(c, period, split, of);
    return found ? std::optional(std::move(found->more)) : std::nullopt;
}

bool is_watchable(metric_id of, const context& by) {
    const auto* m = access::find_seen<metric>(of.value, by);
    return m && (metric::in_use & flow::from(m->is));
}

fault form_at_fault(const alert_rule::form& f, alert_rule_id id, const context& by, std::uint32_t begun) {
    if (is_taken(f.name, id, by)) return objection{r::name_taken, {}};
    if (!is_watchable(f.metric, by)) return objection{r::bad_metric, {}};
    if (f.period == alert_rule::period::quarter || f.period == alert_rule::period::year) return objection{r::bad_period, {}};
    const auto& m = *by.others->find<metric>(f.metric.value);
    if (f.by && !is_dimension(*f.by, m, by)) return objection{r::bad_dimension, {}};
    if (const auto no = condition_at_fault(f.condition, f.period, f.by.has_value(), m)) return no;
    return forms::are_extras("alert_rule", f.extras, by, begun) ? fault{} : objection{r::bad_extras, {}};
}

}  // namespace core::alerting
