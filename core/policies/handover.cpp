#include "core/policies/handover.hpp"

#include "core/appraisal/people.hpp"
#include "core/kernel/forms.hpp"

namespace core::policies {
namespace {

bool is_over(request_status s) { return !(request::open & flow::from(s)); }
bool is_over(project_status s) {
    using p = project_status;
    return s == p::absent || s == p::rejected || s == p::archived || s == p::cancelled;
}

bool waits_on(const request::state& q, member_id who) {
    return !is_over(q.is) && (q.requester == who || (forms::contains(q.assessors, who) && !forms::contains(q.assessed, who)));
}
bool waits_on(const project::state& p, member_id who) {
    if (is_over(p.is)) return false;
    return p.lead == who || p.submitter == who || forms::contains(p.team, who) ||
           (forms::contains(p.panel, who) && !forms::contains(p.signed_by, who)) ||
           (forms::contains(p.recipients, who) && !forms::contains(p.acknowledged, who));
}
bool waits_on(const task::state& t, member_id who) { return is_open(t.is) && t.to == who; }
bool waits_on(const appraisal::state& a, member_id who) {
    return a.evaluator == who && ((appraisal::pending | flow::from(appraisal_status::appealed)) & flow::from(a.is)) != 0;
}
bool waits_on(const incentive::state& i, member_id who) { return i.proposer == who && (incentive::undecided & flow::from(i.is)) != 0; }
bool waits_on(const election::state& e, member_id who) { return e.organiser == who && (election::under_way & flow::from(e.is)) != 0; }

bool waits_on(const analysis::state& a, member_id who) {
    return (analysis::open & flow::from(a.is)) != 0 && (a.owner == who || forms::contains(a.concerned, who));
}
bool waits_on(const strategy::state& v, member_id who) {
    if (!(strategy::live & flow::from(v.is))) return false;
    return v.author == who || (forms::contains(v.concerned, who) && !forms::contains(v.acknowledged, who));
}
bool waits_on(const proposal::state& p, member_id who) { return p.proposer == who && (proposal::undecided & flow::from(p.is)) != 0; }

/// Calls `visit(number)` with each entity of A that waits on `who`, until false.
template <class A, class Visit>
bool each_waiting(member_id who, const context& by, Visit visit) {
    const auto highest = by.others->highest(A::category);
    for (std::uint64_t n = 1; n <= highest; ++n) {
        const auto* one = by.others->find<A>(n);
        if (one && waits_on(*one, who) && !visit(n)) return false;
    }
    return true;
}

template <class A>
void hand_over_each(member_id from, member_id to, const context& by, follow_ups& all) {
    each_waiting<A>(from, by, [&](auto n) {
        all.push_back({typename A::command(typename A::hand_over{from, to}), events::stream_id{A::category, n}});
        return true;
    });
}

// Who takes over can't evaluate themselves, nor look after what is for them: that goes higher.
member_id evaluator_after(member_id from, member_id to, member_id employee, const context& by) {
    if (to != employee) return to;
    const auto* leaving = by.people->find(from);
    const auto above = leaving ? leaving->superior : member_id{};
    if (above && above != employee && by.people->is_active(above)) return above;
    return appraisal_people::evaluator_for(employee, by);
}
member_id proposer_after(member_id from, member_id to, member_id beneficiary, const context& by) {
    const auto* leaving = by.people->find(from);
    return to != beneficiary ? to : leaving ? leaving->superior : member_id{};
}

void hand_over_appraisals(member_id from, member_id to, const context& by, follow_ups& all) {
    each_waiting<appraisal>(from, by, [&](auto n) {
        const auto next = evaluator_after(from, to, by.others->find<appraisal>(n)->employee, by);
        all.push_back({appraisal::command(appraisal::hand_over{from, next}), stream_of(appraisal_id{n})});
        return true;
    });
    each_waiting<incentive>(from, by, [&](auto n) {
        const auto next = proposer_after(from, to, by.others->find<incentive>(n)->member, by);
        all.push_back({incentive::command(incentive::hand_over{from, next}), stream_of(incentive_id{n})});
        return true;
    });
    hand_over_each<election>(from, to, by, all);
}

template <class Visit>
bool each_below(member_id who, const context& by, Visit visit) {
    bool goes_on = true;
    by.people->each_active([&](const person& p) { return goes_on = p.superior != who || visit(p.id); });
    return goes_on;
}

}  // namespace

bool has_open_work(member_id who, const context& by) {
    const auto found = [](auto) { return false; };
    return !each_waiting<task>(who, by, found) || !each_waiting<request>(who, by, found) || !each_waiting<project>(who, by, found) ||
           !each_waiting<appraisal>(who, by, found) || !each_waiting<incentive>(who, by, found) || !each_waiting<election>(who, by, found) ||
           !each_waiting<analysis>(who, by, found) || !each_waiting<strategy>(who, by, found) || !each_waiting<proposal>(who, by, found) ||
           !each_below(who, by, found);
}

bool leads_people(member_id who, const context& by) {
    const auto found = [](auto) { return false; };
    return !each_waiting<appraisal>(who, by, found) || !each_below(who, by, found);
}

void hand_over(member_id from, member_id to, const context& by, follow_ups& all) {
    each_waiting<task>(from, by, [&](auto n) {
        // An improvement plan is theirs, and ends with them.
        if (by.others->find<task>(n)->improvement) {
            all.push_back({task::command(task::cancel{"本人已离职 / has left"}), stream_of(task_id{n})});
            return true;
        }
        all.push_back({task::command(task::reassign{to, "前任离职移交 / handed over by who left"}), stream_of(task_id{n})});
        return true;
    });
    hand_over_each<request>(from, to, by, all);
    hand_over_each<project>(from, to, by, all);
    hand_over_each<analysis>(from, to, by, all);
    hand_over_each<strategy>(from, to, by, all);
    hand_over_each<proposal>(from, to, by, all);
    hand_over_appraisals(from, to, by, all);
    const auto* leaving = by.people->find(from);
    each_below(from, by, [&](member_id below) {
        // Who takes over can't answer to themselves: they answer to whom the one who left did.
        const auto above = below == to ? (leaving ? leaving->superior : member_id{}) : to;
        all.push_back({member::command(member::set_superior{above}), stream_of(below)});
        return true;
    });
}

}  // namespace core::policies
