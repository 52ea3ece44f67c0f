// What follows by itself in alert rules: one whose alerts people mostly call false is to be changed.

#include "core/alert/alert.hpp"
#include "core/alert_rule/alert_rule.hpp"
#include "core/follow_up.hpp"
#include "events/catalog/any.hpp"

namespace core {
namespace {

constexpr std::uint32_t last_alerts = 10, rated_least = 5;

}  // namespace

void alert_rule::follow(const events::recorded& happened, const context& by, follow_ups& all) {
    const auto* what = happened.event.get_if<alert::event>();
    if (!what || !std::holds_alternative<events::alert::rated>(*what)) return;
    const auto* newest = by.others->find<alert>(happened.envelope.stream.number);
    const auto* rule = newest ? by.others->find<alert_rule>(newest->rule.value) : nullptr;
    // Once as it stands: who has heard it need not hear it with every alert.
    if (!rule || rule->doubts > 0 || !((on | flow::from(alert_rule_status::paused)) & flow::from(rule->is))) return;
    std::uint32_t rated = 0, noise = 0;
    for (auto n = by.others->highest(alert::category); n >= 1 && rated < last_alerts; --n) {
        const auto* one = by.others->find<alert>(n);
        // Those before it was changed say nothing of it as it stands.
        if (!one || one->rule != newest->rule || !one->worth || !rule->from || one->from < *rule->from) continue;
        ++rated;
        noise += *one->worth == alert::worth::noise ? 1 : 0;
    }
    if (rated >= rated_least && 2 * noise > rated) all.push_back({command(doubt{noise, rated}), events::stream_of(newest->rule)});
}

}  // namespace core
