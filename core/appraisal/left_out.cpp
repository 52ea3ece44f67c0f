#include "core/appraisal/left_out.hpp"

#include "core/appraisal/appraisal.hpp"
#include "core/appraisal/people.hpp"
#include "core/indicators/indicators.hpp"
#include "core/kernel/forms.hpp"

#include <set>

namespace core {

std::vector<left_out> left_out_of(const cycle::state& of, const context& by) {
    std::vector<left_out> all;
    if (of.is == cycle_status::absent || of.is == cycle_status::cancelled) return all;
    std::set<member_id> appraised;
    std::set<events::department> departments;
    for (std::uint64_t n = 1; n <= by.others->highest(events::category::appraisal); ++n) {
        const auto* a = by.others->find<appraisal>(n);
        if (!a || a->kind != of.kind || a->year != of.year || a->quarter != of.quarter) continue;
        appraised.insert(a->employee);
        departments.insert(a->department);
    }
    by.people->each_active([&](const person& p) {
        if (p.has("OM")) departments.insert(p.department);
        return true;
    });
    by.people->each_active([&](const person& p) {
        if (!departments.contains(p.department) || appraised.contains(p.id) || forms::contains(of.excused, p.id)) return true;
        const auto why = !template_for(p.roles, by)                      ? left_out_why::no_indicators
                         : !appraisal_people::evaluator_for(p.id, by) ? left_out_why::no_evaluator
                                                                       : left_out_why::not_opened;
        // Of a cycle that has not opened it is only said what will be in the way.
        if (of.is != cycle_status::planned || why != left_out_why::not_opened) all.push_back({p.id, why});
        return true;
    });
    return all;
}

}  // namespace core
