// What follows by itself in deliveries: they are expected on the day that they are due, missing when that is over, waived with their
// plan, and replaced by what corrects them.

#include "core/collection/collection.hpp"
#include "core/collection/schedule.hpp"
#include "core/delivery/delivery.hpp"
#include "core/follow_up.hpp"
#include "core/kernel/wrong_clock.hpp"
#include "events/catalog/any.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace core {
namespace {

// After a long stop so much is made up for: what is older is as well asked of its source.
constexpr std::chrono::days caught_up_most{60};
// What a plan has of such days can't cover more than a month before them, and days off.
constexpr std::chrono::days covered_most{100};

using covered = std::pair<date, date>;

/// By line of plans, the days of which deliveries were expected or came, as far back as it matters today.
std::map<std::uint64_t, std::set<covered>> known_lately(const context& by) {
    std::map<std::uint64_t, std::set<covered>> all;
    std::map<std::uint64_t, std::uint64_t> lines;
    const date since = std::chrono::sys_days(by.today) - covered_most;
    const auto highest = by.others->highest(delivery::category);
    for (std::uint64_t n = 1; n <= highest; ++n) {
        const auto* one = by.others->find<delivery>(n);
        if (!one || one->until < since || (one->is == delivery_status::waived && !one->counts)) continue;
        auto& line = lines[one->collection.value];
        if (!line) line = line_of(one->collection, by).value;
        all[line].insert({one->from, one->until});
    }
    return all;
}

void supersede_corrected(const delivery::event& what, delivery_id newest, const context& by, follow_ups& all) {
    const bool may_be_loaded = std::holds_alternative<events::delivery::checked>(what) || std::holds_alternative<events::delivery::released>(what);
    const auto* one = may_be_loaded ? by.others->find<delivery>(newest.value) : nullptr;
    if (one && one->replaces && (delivery::loaded & flow::from(one->is))) all.push_back({delivery::command(delivery::supersede{newest}), stream_of(one->replaces)});
}

void waive_with_plan(collection_id retired, const context& by, follow_ups& all) {
    for (std::uint64_t n = 1; n <= by.others->highest(delivery::category); ++n) {
        const auto* one = by.others->find<delivery>(n);
        if (!one || one->collection != retired || !(delivery::awaited & flow::from(one->is))) continue;
        all.push_back({delivery::command(delivery::waive{"收集计划已停用 / the collection plan was retired", one->is == delivery_status::expected}), stream_of(delivery_id{n})});
    }
}

}  // namespace

void delivery::follow(const events::recorded& happened, const context& by, follow_ups& all) {
    const auto number = happened.envelope.stream.number;
    if (const auto* own = happened.event.get_if<event>()) supersede_corrected(*own, {number}, by, all);
    if (const auto* plan = happened.event.get_if<core::collection::event>(); plan && std::holds_alternative<events::collection::retired>(*plan))
        waive_with_plan({number}, by, all);
}

void delivery::open_due(const context& by, follow_ups& all) {
    const auto highest = by.others->highest(core::collection::category);
    std::optional<std::map<std::uint64_t, std::set<covered>>> known;
    for (std::uint64_t n = 1; n <= highest; ++n) {
        const auto* plan = by.others->find<core::collection>(n);
        if (!plan || plan->is != collection_status::active || !plan->from) continue;
        if (!known) known = known_lately(by);
        const auto& there = (*known)[line_of({n}, by).value];
        const date first = std::max<date>(*plan->from, std::chrono::sys_days(by.today) - caught_up_most);
        for (const auto& one : collecting::due_between(plan->plan.schedule, first, by.today, *by.calendar, by.zone_offset))
            if (!there.contains({one.from, one.until})) all.push_back({command(expect{{n}, one.from, one.until}), std::nullopt});
    }
}

std::vector<delivery::command> due_commands(const delivery::state& now, const context& by) {
    std::vector<delivery::command> all;
    if (!now.late_from || by.now < *now.late_from) return all;
    if (now.is == delivery_status::expected) all.push_back(delivery::miss{});
    const bool is_missing = now.is == delivery_status::expected || now.is == delivery_status::overdue;
    if (is_missing && !now.escalated && by.calendar->after(date_in(*now.late_from, by.zone_offset), 1) <= by.today) all.push_back(delivery::escalate{});
    return all;
}

// What a wrong clock had asked for before its day is not waited for; on its day it is expected anew.
std::vector<delivery::command> set_right(const delivery::state& of, const wrong_clock& wrong, const context& by) {
    const bool too_early = (delivery::awaited & flow::from(of.is)) && of.due && date_in(*of.due, by.zone_offset) > by.today;
    if (!too_early) return {};
    return {delivery::waive{wrong.reason(), true}};
}

}  // namespace core
