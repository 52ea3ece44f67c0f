#include "core/appraisal/appraisal.hpp"
#include "core/kernel/text.hpp"

#include <algorithm>

namespace core {

namespace happened = events::appraisal;
using s = appraisal_status;

namespace {

using state = appraisal::state;

std::uint64_t digest_of(const happened::action& a) {
    const auto due = static_cast<std::uint64_t>(std::chrono::sys_days(a.due).time_since_epoch().count());
    return text::digest(a.what, text::digest(a.standard, text::digest({}, a.owner.value * 1'000'003 + due)));
}

// Their places are the indicators'; whose code this program does not find is left out.
template <class Line>
std::vector<appraisal::score> scores_of(const std::vector<Line>& lines, const state& a) {
    std::vector<appraisal::score> all(a.indicators.size());
    for (const auto& l : lines)
        if (const auto place = a.find(l.indicator)) all[*place] = l.score;
    return all;
}

void begin_anew(state& a, member_id evaluator) {
    a.is = s::reopened;
    a.anew = true;
    a.evaluator = evaluator;
}

void set_talk(state& a, const happened::talk& t) {
    a.is = s::talk_recorded;
    a.actions = t.actions;
    a.employee_confirmed = a.evaluator_confirmed = false;
}

void put_evidence(state& a, std::string_view indicator, events::position at, member_id by) {
    const auto place = a.find(indicator);
    if (!place) return;
    for (auto& p : a.evidence)
        if (p.indicator == *place && p.at == at) {
            p.by = by;
            p.removed = false;
            return;
        }
    a.evidence.push_back({static_cast<std::uint16_t>(*place), at, by, false});
}

void fold(state& a, const happened::opened& e) {
    a.is = s::opened;
    a.flow = e.flow;
    a.id = e.id;
    a.cycle = e.cycle;
    a.kind = e.kind;
    a.year = e.year;
    a.quarter = e.quarter;
    a.employee = e.employee;
    a.role = e.role;
    a.department = e.department;
    a.evaluator = e.evaluator;
    a.indicators = e.indicators;
    a.self.resize(e.indicators.size());
    a.superior.resize(e.indicators.size());
    a.calibrated.resize(e.indicators.size());
}
void fold(state& a, const happened::self_drafted&) { a.is = s::self_draft; }
void fold(state& a, const happened::self_submitted& e) {
    a.is = s::self_submitted;
    a.self_in = true;
    a.self = scores_of(e.form.lines, a);
}
void fold(state& a, const happened::self_returned& e) {
    a.is = s::self_draft;
    a.anew = true;
    a.extended_until = e.until;
}
void fold(state&, const happened::evaluation_drafted&) {}
void fold(state& a, const happened::evaluated& e) {
    // What an earlier talk agreed on has its tasks.
    if (a.employee_confirmed && a.evaluator_confirmed)
        for (const auto& one : a.actions) a.ordered.push_back(digest_of(one));
    a.actions.clear();
    a.employee_confirmed = a.evaluator_confirmed = false;
    a.is = s::evaluated;
    a.anew = false;
    a.superior = scores_of(e.form.lines, a);
    a.calibrated.assign(a.indicators.size(), std::nullopt);
}
void fold(state& a, const happened::extended& e) { a.extended_until = e.until; }
void fold(state& a, const happened::evidence_suggested& e) {
    for (const auto& one : e.found) put_evidence(a, one.indicator, one.at, events::the_system);
}
void fold(state& a, const happened::evidence_added& e) { put_evidence(a, e.indicator, e.evidence.at, e.by); }
void fold(state& a, const happened::evidence_removed& e) {
    const auto place = a.find(e.indicator);
    for (auto& p : a.evidence)
        if (place && p.indicator == *place && p.at == e.at) p.removed = true;
}
void fold(state& a, const happened::talk_recorded& e) { set_talk(a, e.talk); }
void fold(state& a, const happened::talk_revised& e) { set_talk(a, e.talk); }
void fold(state& a, const happened::talk_confirmed& e) {
    if (e.by == a.employee) a.employee_confirmed = true;
    if (e.by == a.evaluator) a.evaluator_confirmed = true;
    if (a.employee_confirmed && a.evaluator_confirmed) a.is = s::talk_held;
}
void fold(state& a, const happened::talk_returned&) {
    a.is = s::evaluated;
    a.actions.clear();
    a.employee_confirmed = a.evaluator_confirmed = false;
}
void fold(state& a, const happened::calibrated& e) {
    for (const auto& one : e.adjustments)
        if (const auto place = a.find(one.indicator)) a.calibrated[*place] = one.after;
}
void fold(state& a, const happened::finalised& e) {
    a.is = s::finalised;
    a.result = e.result.score;
    a.grade = e.result.grade;
    a.appeal_until = e.appeal_until;
    a.appealed = false;
}
void fold(state& a, const happened::appealed&) {
    a.is = s::appealed;
    a.appealed = true;
}
void fold(state& a, const happened::appeal_upheld& e) { begin_anew(a, e.evaluator); }
void fold(state& a, const happened::appeal_rejected&) { a.is = s::finalised; }
void fold(state& a, const happened::reopened& e) { begin_anew(a, e.evaluator); }
void fold(state& a, const happened::applied&) { a.is = s::applied; }
void fold(state& a, const happened::cancelled&) { a.is = s::cancelled; }
void fold(state& a, const happened::handed_over& e) {
    if (a.evaluator != e.from) return;
    a.evaluator = e.to;
    // Who takes over confirms for themselves.
    if (a.is == s::talk_recorded) a.evaluator_confirmed = false;
}

}  // namespace

std::vector<happened::action> actions_to_order(const appraisal::state& of) {
    std::vector<happened::action> all;
    if (of.is != s::talk_held) return all;
    for (const auto& a : of.actions)
        if (std::find(of.ordered.begin(), of.ordered.end(), digest_of(a)) == of.ordered.end()) all.push_back(a);
    return all;
}

void appraisal::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

}  // namespace core
