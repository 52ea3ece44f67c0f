#include "core/open_work.hpp"

#include "core/appraisal/appraisal.hpp"

namespace core {

bool each_work_of(member_id who, const context& by, const std::function<bool(events::stream_id, const entity&)>& visit) {
    for (std::size_t c = 1; c < events::category_count; ++c) {
        const auto* of = kind_of(static_cast<events::category>(c));
        if (!of || !of->is_handed_over()) continue;
        const auto highest = by.others->highest(of->category());
        for (std::uint64_t n = 1; n <= highest; ++n) {
            const events::stream_id which{of->category(), n};
            const auto one = by.others->any(which);
            if (one && one.is_work_of(who) && !visit(which, one)) return false;
        }
    }
    return true;
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
