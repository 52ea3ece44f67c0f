#include "server/warehouse/settling.hpp"

#include "core/collection/collection.hpp"
#include "core/collection/schedule.hpp"

#include <algorithm>

namespace server::warehouse {

using core::collection;

std::optional<events::date> settled_on(const std::set<std::string>& sets, events::date until, const core::context& by) {
    std::optional<events::date> last;
    for (std::uint64_t n = 1; n <= by.others->highest(collection::category); ++n) {
        const auto* one = by.others->find<collection>(n);
        if (!one || !(collection::in_force & core::flow::from(one->is)) || !sets.contains(one->set)) continue;
        last = std::max(last.value_or(until), core::collecting::settled_on(one->plan.schedule, until, *by.calendar));
    }
    return last;
}

std::optional<core::formula::period> newest_settled(const std::set<std::string>& sets, core::formula::grain of, const core::context& by) {
    constexpr int looked_back = 60;
    auto p = core::formula::period::of(of, by.today).moved(-1);
    for (int n = 0; n < looked_back; ++n, p = p.moved(-1)) {
        const auto settled = settled_on(sets, p.last(), by);
        if (!settled) return std::nullopt;
        if (*settled <= by.today) return p;
    }
    return std::nullopt;
}

}  // namespace server::warehouse
