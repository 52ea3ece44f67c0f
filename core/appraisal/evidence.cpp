#include "core/appraisal/evidence.hpp"

#include "core/analysis/analysis.hpp"
#include "core/cycle/cycle.hpp"
#include "core/follow_up.hpp"
#include "core/kernel/forms.hpp"
#include "core/project/project.hpp"
#include "core/strategy/strategy.hpp"
#include "core/task/task.hpp"
#include "events/catalog/proposal.hpp"

namespace core {

using source = evidence_ledger::source;

void evidence_ledger::about(const events::task::any& what, const events::envelope& at, const entities& after, date on) {
    const auto* t = after.find<task>(at.stream.number);
    if (!t) return;
    const auto find = [&](member_id who, source from) { findings.push_back({who, from, at.position, on}); };
    const auto waiting = std::find_if(submitted.begin(), submitted.end(), [&](const auto& h) { return h.task.value == at.stream.number; });
    if (std::holds_alternative<events::task::progress_reported>(what)) find(t->to, source::progress_reported);
    if (std::holds_alternative<events::task::submitted>(what)) {
        if (waiting != submitted.end()) waiting->on = on;
        else submitted.push_back({{at.stream.number}, on});
    }
    if (std::holds_alternative<events::task::returned>(what)) find(t->to, source::tasks_returned);
    if (std::holds_alternative<events::task::accepted>(what)) {
        const auto in = waiting == submitted.end() ? on : waiting->on;
        find(t->to, in <= t->due ? source::tasks_on_time : source::tasks_late);
        if (t->improvement) find(t->to, source::improvements_done);
        if (at.actor) find(at.actor, source::tasks_accepted);
    }
    if (!is_open(t->is) && waiting != submitted.end()) submitted.erase(waiting);
}

void evidence_ledger::about(const events::request::any& what, const events::envelope& at, date on) {
    if (const auto* opinion = std::get_if<events::request::assessed>(&what))
        findings.push_back({opinion->assessor, source::requests_assessed, at.position, on});
    const bool verdict = std::holds_alternative<events::request::passed>(what) || std::holds_alternative<events::request::rejected>(what);
    if (verdict && at.actor) findings.push_back({at.actor, source::requests_decided, at.position, on});
}

// A project is the doing of all who are in its team.
void evidence_ledger::about(const events::project::any& what, const events::envelope& at, const entities& after, date on) {
    if (std::holds_alternative<events::project::progress_reported>(what) && at.actor)
        findings.push_back({at.actor, source::progress_reported, at.position, on});
    const bool reached = std::holds_alternative<events::project::milestone_reached>(what);
    if (!reached && !std::holds_alternative<events::project::accepted>(what)) return;
    const auto* p = after.find<project>(at.stream.number);
    if (!p) return;
    auto team = p->team;
    if (p->lead && !forms::contains(team, p->lead)) team.push_back(p->lead);
    for (const auto who : team) findings.push_back({who, reached ? source::milestones_reached : source::projects_accepted, at.position, on});
}

void evidence_ledger::about(const events::analysis::any& what, const events::envelope& at, const entities& after, date on) {
    const auto* a = after.find<analysis>(at.stream.number);
    if (a && std::holds_alternative<events::analysis::reported>(what)) findings.push_back({a->owner, source::findings_reported, at.position, on});
    if (std::holds_alternative<events::analysis::handled>(what) && at.actor)
        findings.push_back({at.actor, source::findings_handled, at.position, on});
}

void evidence_ledger::about(const events::strategy::any& what, const events::envelope& at, const entities& after, date on) {
    const auto* v = after.find<strategy>(at.stream.number);
    if (v && std::holds_alternative<events::strategy::published>(what))
        findings.push_back({v->author, source::strategies_published, at.position, on});
    if (std::holds_alternative<events::strategy::checked>(what) && at.actor)
        findings.push_back({at.actor, source::strategies_checked, at.position, on});
}

void evidence_ledger::about(const events::proposal::any& what, const events::envelope& at, date on) {
    if (const auto* adopted = std::get_if<events::proposal::adopted>(&what))
        for (const auto who : adopted->credited) findings.push_back({who, source::proposals_adopted, at.position, on});
}

void evidence_ledger::apply(const events::recorded& happened, const entities& after, std::chrono::minutes zone_offset) {
    const auto& at = happened.envelope;
    const auto on = date_in(at.time, zone_offset);
    if (const auto* t = events::get_if<events::task::any>(&happened.event)) about(*t, at, after, on);
    if (const auto* q = events::get_if<events::request::any>(&happened.event)) about(*q, at, on);
    if (const auto* p = events::get_if<events::project::any>(&happened.event)) about(*p, at, after, on);
    if (const auto* a = events::get_if<events::analysis::any>(&happened.event)) about(*a, at, after, on);
    if (const auto* v = events::get_if<events::strategy::any>(&happened.event)) about(*v, at, after, on);
    if (const auto* p = events::get_if<events::proposal::any>(&happened.event)) about(*p, at, on);
}

void evidence_ledger::not_after(date day) {
    std::erase_if(findings, [&](const finding& f) { return f.on > day && f.source == source::tasks_late; });
    for (auto& f : findings) f.on = std::min(f.on, day);
    for (auto& h : submitted) h.on = std::min(h.on, day);
}

std::vector<evidence_ledger::finding> evidence_ledger::of(member_id who, source from, date first, date last) const {
    std::vector<finding> found;
    const auto before = [](const finding& f, date day) { return f.on < day; };
    const auto begin = std::lower_bound(findings.begin(), findings.end(), first, before);  // time goes forward in the log
    for (auto at = begin; at != findings.end() && at->on <= last; ++at)
        if (at->of == who && at->source == from) found.push_back(*at);
    return found;
}

appraisal::suggest_evidence suggestions_for(const appraisal::state& of, const evidence_ledger& from) {
    const auto when = period_of(of.kind, of.year, of.quarter);
    appraisal::suggest_evidence all;
    for (const auto& one : of.indicators)
        for (const auto s : one.evidence)
            for (const auto& f : from.of(of.employee, s, when.first, when.last)) all.found.push_back({one.code, s, f.at});
    return all;
}

follow_ups evidence_due(const context& by, const evidence_ledger& from) {
    follow_ups all;
    const auto highest = by.others->highest(appraisal::category);
    for (std::uint64_t n = 1; n <= highest; ++n) {
        const auto* one = by.others->find<appraisal>(n);
        if (!one || !(appraisal::pending & flow::from(one->is))) continue;
        auto found = suggestions_for(*one, from);
        if (!found.found.empty()) all.push_back({appraisal::command(std::move(found)), stream_of(appraisal_id{n})});
    }
    return all;
}

}  // namespace core
