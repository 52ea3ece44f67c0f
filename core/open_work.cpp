#include "core/open_work.hpp"

#include "core/appraisal/appraisal.hpp"

namespace core {

bool each_work_of(member_id who, const context& by, const std::function<bool(events::stream_id, const entity&)>& visit) {
    bool goes_on = true;
    each_kind([&](const kind& of) {
        if (!of.is_handed_over()) return;
        const auto highest = by.others->highest(of.category());
        for (std::uint64_t n = 1; n <= highest && goes_on; ++n) {
            const events::stream_id which{of.category(), n};
            const auto one = by.others->any(which);
            goes_on = !one || !one.is_work_of(who) || visit(which, one);
        }
    });
    return goes_on;
}

bool each_below(member_id who, const context& by, const std::function<bool(member_id)>& visit) {
    bool goes_on = true;
    by.people->each_active([&](const person& p) { return goes_on = p.superior != who || visit(p.id); });
    return goes_on;
}

bool has_open_work(member_id who, const context& by) {
    return !each_work_of(who, by, [](events::stream_id, const entity&) { return false; }) || !each_below(who, by, [](member_id) { return false; });
}

bool leads_people(member_id who, const context& by) {
    const auto evaluates = [&](events::stream_id which, const entity&) { return which.kind != appraisal::category; };
    return !each_work_of(who, by, evaluates) || !each_below(who, by, [](member_id) { return false; });
}

}  // namespace core
