// What follows by itself in and from appraisals: a cycle that opens opens everyone's appraisal, an improvement plan that both confirmed
// becomes tasks, and who leaves is appraised no more.

#include "core/appraisal/appraisal.hpp"
#include "core/appraisal/people.hpp"
#include "core/cycle/cycle.hpp"
#include "core/evidence.hpp"
#include "core/follow_up.hpp"
#include "core/indicators/indicators.hpp"
#include "core/kernel/lost_time.hpp"
#include "core/kernel/wrong_clock.hpp"
#include "core/task/task.hpp"
#include "events/catalog/any.hpp"
#include "events/catalog/cycle.hpp"
#include "events/catalog/member.hpp"

namespace core {
namespace {

/// Of everyone who has indicators and somebody to evaluate them.
void open_all(cycle_id in, const context& by, follow_ups& all) {
    by.people->each_active([&](const person& p) {
        if (template_for(p.roles, by) && appraisal_people::evaluator_for(p.id, by)) all.push_back({appraisal::command(appraisal::open{in, p.id}), std::nullopt});
        return true;
    });
}

/// The plan's actions that are not tasks yet, once the talk is held.
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

/// What is pending is cancelled, and an appeal falls.
void close_all_of(member_id left, const context& by, follow_ups& all) {
    const std::string reason = "本人已离职 / has left";
    for (std::uint64_t n = 1; n <= by.others->highest(appraisal::category); ++n) {
        const auto* a = by.others->find<appraisal>(n);
        if (!a || a->employee != left) continue;
        if (appraisal::pending & flow::from(a->is)) all.push_back({appraisal::command(appraisal::cancel{reason}), stream_of(appraisal_id{n})});
        if (a->is == appraisal_status::appealed) all.push_back({appraisal::command(appraisal::reject_appeal{reason}), stream_of(appraisal_id{n})});
    }
}

}  // namespace

void appraisal::follow(const events::recorded& happened, const context& by, follow_ups& all) {
    const auto number = happened.envelope.stream.number;
    if (const auto* c = happened.event.get_if<events::cycle::any>(); c && std::holds_alternative<events::cycle::opened>(*c)) open_all({number}, by, all);
    if (const auto* a = happened.event.get_if<event>(); a && std::holds_alternative<events::appraisal::talk_confirmed>(*a)) order_improvements({number}, by, all);
    if (const auto* m = happened.event.get_if<events::member::any>(); m && std::holds_alternative<events::member::left>(*m)) close_all_of({number}, by, all);
}

appraisal::suggest_evidence suggestions_for(const appraisal::state& of, const evidence_ledger& from) {
    const auto when = period_of(of.kind, of.year, of.quarter);
    appraisal::suggest_evidence all;
    for (const auto& one : of.indicators)
        for (const auto s : one.evidence)
            for (const auto& f : from.of(of.employee, s, when.first, when.last)) all.found.push_back({one.code, s, f.at});
    return all;
}

void appraisal::suggest(const evidence_ledger& from, const context& by, follow_ups& all) {
    const auto highest = by.others->highest(category);
    for (std::uint64_t n = 1; n <= highest; ++n) {
        const auto* one = by.others->find<appraisal>(n);
        if (!one || !(pending & flow::from(one->is))) continue;
        auto found = suggestions_for(*one, from);
        if (!found.found.empty()) all.push_back({command(std::move(found)), stream_of(appraisal_id{n})});
    }
}

std::vector<appraisal::command> made_up(const appraisal::state& of, const lost_time& lost) {
    std::vector<appraisal::command> all;
    constexpr auto before_evaluation = flow::from(appraisal_status::opened, appraisal_status::self_draft, appraisal_status::self_submitted, appraisal_status::reopened);
    if (of.extended_until && (before_evaluation & flow::from(of.is)))
        if (const auto until = lost.lengthened({}, *of.extended_until); until != *of.extended_until) all.push_back(appraisal::extend{until, lost.reason()});
    if (of.is == appraisal_status::finalised && of.appeal_until && !of.appealed)
        if (const auto until = lost.lengthened({}, *of.appeal_until); until != *of.appeal_until) all.push_back(appraisal::extend_appeal{until, lost.reason()});
    return all;
}

std::vector<appraisal::command> set_right(const appraisal::state& of, const wrong_clock& wrong, const context& by) {
    std::vector<appraisal::command> all;
    const auto appeal = by.calendar->after(by.today, by.how->appeal_days), forms = by.calendar->after(by.today, by.how->self_days);
    const auto is_too_late = [&](const std::optional<date>& until, date latest) { return until && *until > latest && wrong.dated(*until); };
    if (of.is == appraisal_status::finalised && is_too_late(of.appeal_until, appeal)) all.push_back(appraisal::extend_appeal{appeal, wrong_clock::reason()});
    if ((appraisal::pending & flow::from(of.is)) && is_too_late(of.extended_until, forms)) all.push_back(appraisal::extend{forms, wrong_clock::reason()});
    return all;
}

}  // namespace core
