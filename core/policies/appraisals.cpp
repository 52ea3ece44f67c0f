#include "core/policies/appraisals.hpp"

#include "core/appraisal/people.hpp"
#include "core/election/election.hpp"
#include "core/incentive/incentive.hpp"
#include "core/indicators/indicators.hpp"
#include "core/task/task.hpp"

namespace core::policies {

void open_appraisals(cycle_id in, const context& by, follow_ups& all) {
    by.people->each_active([&](const person& p) {
        if (template_for(p.roles, by) && appraisal_people::evaluator_for(p.id, by))
            all.push_back({appraisal::command(appraisal::open{in, p.id}), std::nullopt});
        return true;
    });
}

void order_improvements(appraisal_id of, const context& by, follow_ups& all) {
    const auto* a = by.others->find<appraisal>(of.value);
    if (!a) return;
    const auto number = std::to_string(of.value);
    for (const auto& one : actions_to_order(*a)) {
        // What is to be done is in the plan, for those who may read it.
        const auto item = number + "." + std::to_string(one.number);
        task::assign order{"改进计划 " + item + " / improvement plan " + item, {}, "见改进计划 / as the plan says", one.due, one.owner, a->department, {}, {}};
        order.improvement = of;
        order.action = one.number;
        all.push_back({task::command(std::move(order)), std::nullopt});
    }
}

void propose_awards(election_id from, const context& by, follow_ups& all) {
    const auto* e = by.others->find<election>(from.value);
    if (!e) return;
    for (const auto m : e->winners) {
        incentive::form f{incentive::kind::award, m, {}, from, {}, by.calendar->after(by.today, 1), "表彰：" + e->title + " / commendation: " + e->title,
                          "当选 / elected: " + e->title, {}};
        if (by.flows) f.extras.form = by.flows->newest_form("F16");
        all.push_back({incentive::command(incentive::propose{std::move(f)}), std::nullopt});
    }
}

void close_what_is_about(member_id left, const context& by, follow_ups& all) {
    const std::string reason = "本人已离职 / has left";
    for (std::uint64_t n = 1; n <= by.others->highest(events::category::appraisal); ++n) {
        const auto* a = by.others->find<appraisal>(n);
        if (!a || a->employee != left) continue;
        if (appraisal::pending & flow::from(a->is)) all.push_back({appraisal::command(appraisal::cancel{reason}), stream_of(appraisal_id{n})});
        if (a->is == appraisal_status::appealed) all.push_back({appraisal::command(appraisal::reject_appeal{reason}), stream_of(appraisal_id{n})});
    }
    for (std::uint64_t n = 1; n <= by.others->highest(events::category::incentive); ++n) {
        const auto* i = by.others->find<incentive>(n);
        if (i && i->member == left && (incentive::undecided & flow::from(i->is)))
            all.push_back({incentive::command(incentive::withdraw{reason}), stream_of(incentive_id{n})});
    }
}

}  // namespace core::policies
