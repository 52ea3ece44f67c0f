#include "core/appraisal/appraisal.hpp"

#include <algorithm>

namespace core {

namespace happened = events::appraisal;
using s = appraisal_status;

namespace {

using state = appraisal::state;

/// How long a text is, sealed or not (events/keys/keyring.hpp).
std::size_t bytes_of(const events::personal& p) {
    if (p.is != events::personal::form::sealed) return p.text.size();
    constexpr std::size_t nonce_and_tag = 12 + 16;
    const auto padding = static_cast<std::size_t>(std::count(p.text.begin(), p.text.end(), '='));
    const auto all = p.text.size() / 4 * 3 - std::min(padding, p.text.size() / 4 * 3);
    return all - std::min(all, nonce_and_tag);
}

bool is_ordered(const state& a, const appraisal::agreed& one) {
    return std::any_of(a.ordered.begin(), a.ordered.end(), [&](const auto& o) { return o.number == one.number; });
}

/// Numbers the actions of a plan: one that there was before keeps its own.
std::vector<appraisal::agreed> numbered(const happened::talk& t, state& a) {
    auto before = a.ordered;
    for (const auto& one : a.actions)
        if (!is_ordered(a, one)) before.push_back(one);
    std::vector<appraisal::agreed> all;
    for (const auto& one : t.actions) {
        appraisal::agreed now{0, one.owner, one.due, static_cast<std::uint32_t>(bytes_of(one.what) * 65'537 + bytes_of(one.standard))};
        const auto same = std::find_if(before.begin(), before.end(), [&](const auto& b) {
            return b.owner == now.owner && b.due == now.due && b.bytes == now.bytes;
        });
        if (same == before.end()) {
            now.number = ++a.actions_last;
        } else {
            now.number = same->number;
            before.erase(same);
        }
        all.push_back(now);
    }
    return all;
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
    a.actions = numbered(t, a);
    a.talk_form = t.extras.form;
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
void fold(state& a, const happened::self_drafted& e) {
    a.is = s::self_draft;
    a.self_form = e.form.extras.form;
}
void fold(state& a, const happened::self_submitted& e) {
    a.is = s::self_submitted;
    a.self_in = true;
    a.self = scores_of(e.form.lines, a);
    a.self_form = e.form.extras.form;
}
void fold(state& a, const happened::self_returned& e) {
    a.is = s::self_draft;
    a.anew = true;
    a.extended_until = e.until;
}
void fold(state& a, const happened::evaluation_drafted& e) { a.superior_form = e.form.extras.form; }
void fold(state& a, const happened::evaluated& e) {
    // What an earlier talk agreed on has its tasks.
    if (a.employee_confirmed && a.evaluator_confirmed)
        for (const auto& one : a.actions)
            if (!is_ordered(a, one)) a.ordered.push_back(one);
    a.actions.clear();
    a.employee_confirmed = a.evaluator_confirmed = false;
    a.is = s::evaluated;
    a.anew = false;
    a.superior = scores_of(e.form.lines, a);
    a.superior_form = e.form.extras.form;
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
    a.breakdown = e.result;
    a.appeal_until = e.appeal_until;
    a.appealed = false;
}
void fold(state& a, const happened::appeal_extended& e) { a.appeal_until = e.until; }
void fold(state& a, const happened::appealed&) {
    a.is = s::appealed;
    a.appealed = true;
}
void fold(state& a, const happened::appeal_upheld& e) { begin_anew(a, e.evaluator); }
void fold(state& a, const happened::appeal_rejected&) { a.is = s::finalised; }
void fold(state& a, const happened::reopened& e) { begin_anew(a, e.evaluator); }
void fold(state& a, const happened::applied&) { a.is = s::applied; }
void fold(state& a, const happened::cancelled&) { a.is = s::cancelled; }
void take_over(state& a, member_id from, member_id to) {
    if (a.evaluator != from) return;
    a.evaluator = to;
    // Who takes over confirms for themselves.
    if (a.is == s::talk_recorded) a.evaluator_confirmed = false;
}
void fold(state& a, const happened::handed_over& e) { take_over(a, e.from, e.to); }
void fold(state& a, const happened::evaluator_changed& e) { take_over(a, e.from, e.to); }

}  // namespace

std::vector<appraisal::agreed> actions_to_order(const appraisal::state& of) {
    std::vector<appraisal::agreed> all;
    if (of.is != s::talk_held) return all;
    for (const auto& a : of.actions)
        if (!is_ordered(of, a)) all.push_back(a);
    return all;
}

void appraisal::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

}  // namespace core
