#include "core/appraisal/faults.hpp"

#include "core/appraisal/people.hpp"
#include "core/appraisal/visibility.hpp"
#include "core/cycle/cycle.hpp"
#include "core/entity.hpp"
#include "core/indicators/indicators.hpp"
#include "core/kernel/forms.hpp"
#include "core/kernel/past.hpp"
#include "core/kernel/text.hpp"

namespace core::appraisal_faults {
namespace {

using r = appraisal_rejection;
using s = appraisal_status;

constexpr std::size_t pieces_max = 1'000;  // of an appraisal, by hand or suggested

/// Something that happened, and that whoever points at it may see: else its number alone would tell of it.
bool may_cite(events::position at, const context& by) {
    if (!at) return false;
    if (!by.past || by.by_system()) return true;
    const auto stream = by.past->stream_at(at);
    return stream && may_see(*stream, by);
}

bool are_evidence(const std::vector<appraisal::evidence>& all, const context& by) {
    for (auto at = all.begin(); at != all.end(); ++at) {
        const bool doubled = std::any_of(all.begin(), at, [&](const auto& one) { return one.at == at->at; });
        if (doubled || !may_cite(at->at, by)) return false;
    }
    return true;
}

// Each line is for another of the appraisal's indicators.
template <class Line>
bool are_lines(const std::vector<Line>& all, const state& now) {
    for (auto at = all.begin(); at != all.end(); ++at)
        if (!now.find(at->indicator) || std::any_of(all.begin(), at, [&](const auto& one) { return one.indicator == at->indicator; })) return false;
    return true;
}

template <class Line>
check lines_at_fault(const std::vector<Line>& all, const state& now, const context& by, bool complete) {
    if (!are_lines(all, now) || (complete && all.size() != now.indicators.size())) return r::bad_lines;
    const bool good = std::all_of(all.begin(), all.end(), [&](const auto& line) { return are_evidence(line.evidence, by); });
    return good ? check{} : r::bad_evidence;
}

// A draft may lack whatever its author has not come to yet.
check form_at_fault(const appraisal::self_form& f, const state& now, const context& by, bool complete) {
    if (const auto no = lines_at_fault(f.lines, now, by, complete)) return no;
    const bool good = complete ? forms::are_extras("F6", f.extras, by, now.self_form)
                               : forms::is_version("F6", f.extras.form, by, now.self_form) && forms::are_attachments(f.extras.attachments, by);
    return good ? check{} : r::bad_extras;
}
check form_at_fault(const appraisal::evaluation& f, const state& now, const context& by, bool complete) {
    if (const auto no = lines_at_fault(f.lines, now, by, complete)) return no;
    const bool good = complete ? forms::are_extras("F7", f.extras, by, now.superior_form)
                               : forms::is_version("F7", f.extras.form, by, now.superior_form) && forms::are_attachments(f.extras.attachments, by);
    return good ? check{} : r::bad_extras;
}

/// Who carries it out reads the plan, so it is somebody who may (D5).
bool can_be_carried_out(member_id owner, date due, const state& now, const context& by) {
    const auto* p = by.people->find(owner);
    return p && p->active && may_see_appraisal(now, *p, by) && forms::is_day_to_come(due, by);
}

check talk_at_fault(const appraisal::talk& t, const state& now, const context& by) {
    const bool good = std::all_of(t.actions.begin(), t.actions.end(), [&](const auto& a) { return can_be_carried_out(a.owner, a.due, now, by); });
    if (!good) return r::bad_actions;
    return forms::are_extras("F8", t.extras, by, now.talk_form) ? check{} : r::bad_extras;
}

bool is_erased(member_id who, const context& by) {
    const auto* p = by.people->find(who);
    return !p || p->erased;
}

// Text about somebody who is forgotten can't be kept.
check text_at_fault(const state& now, const context& by) { return is_erased(now.employee, by) ? r::employee_left : check{}; }

check anew_at_fault(const state& now, const context& by) {
    if (!by.people->is_active(now.employee)) return r::employee_left;
    const bool has_evaluator = by.people->is_active(now.evaluator) || appraisal_people::evaluator_for(now.employee, by);
    return has_evaluator ? check{} : r::no_evaluator;
}

bool has_appraisal(const appraisal::open& c, const context& by) {
    const auto highest = by.others->highest(events::category::appraisal);
    for (std::uint64_t n = 1; n <= highest; ++n) {
        const auto* one = by.others->find<appraisal>(n);
        if (one && one->cycle == c.cycle && one->employee == c.employee && one->is != s::cancelled) return true;
    }
    return false;
}

}  // namespace

check at_fault(const appraisal::open& c, const context& by) {
    const auto* in = by.others->find<cycle>(c.cycle.value);
    if (!in || in->is == cycle_status::absent) return r::no_such_cycle;
    if (in->is != cycle_status::open && in->is != cycle_status::self_closed) return r::cycle_not_open;
    const auto* employee = by.people->find(c.employee);
    if (!employee || !template_for(employee->roles, by)) return r::no_indicators;
    if (!appraisal_people::evaluator_for(c.employee, by)) return r::no_evaluator;
    return has_appraisal(c, by) ? r::already_opened : check{};
}

check at_fault(const appraisal::draft_self& c, const state& now, const context& by) { return form_at_fault(c.form, now, by, false); }
check at_fault(const appraisal::submit_self& c, const state& now, const context& by) { return form_at_fault(c.form, now, by, true); }
check at_fault(const appraisal::draft_evaluation& c, const state& now, const context& by) { return form_at_fault(c.form, now, by, false); }
check at_fault(const appraisal::evaluate& c, const state& now, const context& by) { return form_at_fault(c.form, now, by, true); }
check at_fault(const appraisal::extend& c, const state&, const context& by) {
    return forms::is_day_to_come(c.until, by) ? check{} : r::bad_until;
}
check at_fault(const appraisal::add_evidence& c, const state& now, const context& by) {
    if (!now.find(c.indicator)) return r::bad_lines;
    return may_cite(c.evidence.at, by) && !text::blank(c.evidence.note) && now.evidence.size() < pieces_max ? check{} : r::bad_evidence;
}
check at_fault(const appraisal::remove_evidence& c, const state& now, const context& by) {
    const auto place = now.find(c.indicator);
    if (!place) return r::bad_lines;
    const auto found = std::find_if(now.evidence.begin(), now.evidence.end(),
                                    [&](const auto& p) { return p.indicator == *place && p.at == c.at && !p.removed; });
    if (found == now.evidence.end()) return r::no_such_evidence;
    // What the log speaks is the evaluator's to weigh; what somebody added is theirs.
    const auto whose = found->by ? found->by : now.evaluator;
    return by.who() == whose ? check{} : r::not_your_evidence;
}
check at_fault(const appraisal::record_talk& c, const state& now, const context& by) { return talk_at_fault(c.talk, now, by); }
check at_fault(const appraisal::revise_talk& c, const state& now, const context& by) { return talk_at_fault(c.talk, now, by); }
// The plan becomes tasks, so it has to be one that can still be carried out.
check at_fault(const appraisal::confirm_talk&, const state& now, const context& by) {
    const bool good = std::all_of(now.actions.begin(), now.actions.end(), [&](const auto& a) { return can_be_carried_out(a.owner, a.due, now, by); });
    return good ? check{} : r::bad_actions;
}
check at_fault(const appraisal::calibrate& c, const state& now, const context&) {
    return are_lines(c.adjustments, now) ? check{} : r::bad_adjustments;
}
check at_fault(const appraisal::uphold_appeal&, const state& now, const context& by) { return anew_at_fault(now, by); }
check at_fault(const appraisal::reject_appeal&, const state& now, const context& by) { return text_at_fault(now, by); }
check at_fault(const appraisal::reopen&, const state& now, const context& by) { return anew_at_fault(now, by); }
check at_fault(const appraisal::cancel&, const state& now, const context& by) { return text_at_fault(now, by); }
// Nobody takes it to themselves, and nobody evaluates whom they answer to.
check at_fault(const appraisal::change_evaluator& c, const state& now, const context& by) {
    const auto* to = by.people->find(c.to);
    if (const auto no = text_at_fault(now, by)) return no;
    return to && to->id != now.employee && to->id != by.who() && to->superior != now.employee ? check{} : r::bad_evaluator;
}
check at_fault(const appraisal::hand_over& c, const state& now, const context&) { return c.to != now.employee ? check{} : r::bad_successor; }
check at_fault(const appraisal::extend_appeal& c, const state&, const context& by) {
    return forms::is_day_to_come(c.until, by) ? check{} : r::bad_until;
}

}  // namespace core::appraisal_faults
