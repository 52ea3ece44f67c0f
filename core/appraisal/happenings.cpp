#include "core/appraisal/happenings.hpp"

#include "core/appraisal/people.hpp"
#include "core/appraisal/score.hpp"
#include "core/cycle/cycle.hpp"
#include "core/indicators/indicators.hpp"
#include "core/kernel/sealed.hpp"
#include "core/org/org.hpp"

namespace core::appraisal_happenings {
namespace {

namespace happened = events::appraisal;

std::vector<happened::evidence> sealed(const std::vector<appraisal::evidence>& given, member_id of) {
    std::vector<happened::evidence> all;
    for (const auto& e : given) all.push_back({e.at, about(of, e.note)});
    return all;
}

happened::self_form sealed(const appraisal::self_form& f, member_id of) {
    happened::self_form form;
    for (const auto& l : f.lines) form.lines.push_back({l.indicator, l.score, about(of, l.text), sealed(l.evidence, of)});
    form.extras = about(of, f.extras);
    return form;
}

happened::evaluation sealed(const appraisal::evaluation& f, member_id of) {
    happened::evaluation form;
    for (const auto& l : f.lines) form.lines.push_back({l.indicator, l.score, about(of, l.comment), sealed(l.evidence, of)});
    form.comment = about(of, f.comment);
    form.extras = about(of, f.extras);
    return form;
}

happened::talk sealed(const appraisal::talk& t, member_id of) {
    happened::talk form{about(of, t.result), about(of, t.strengths), about(of, t.shortcomings), {}, about(of, t.extras)};
    for (const auto& a : t.actions) form.actions.push_back({about(of, a.what), a.owner, about(of, a.standard), a.due});
    return form;
}

template <class Line>
events::appraisal::mean mean_of(const std::vector<Line>& lines, const state& now) {
    std::vector<appraisal::score> scores(now.indicators.size());
    for (const auto& l : lines)
        if (const auto place = now.find(l.indicator)) scores[*place] = l.score;
    return scores::of_form(now.indicators, scores);
}

member_id evaluator_anew(const state& now, const context& by) {
    return by.people->is_active(now.evaluator) ? now.evaluator : appraisal_people::evaluator_for(now.employee, by);
}


const indicators::state& template_of(template_id which, const context& by) { return *by.others->find<indicators>(which.value); }

}  // namespace

event event_of(const appraisal::open& c, const context& by) {
    const auto& in = *by.others->find<cycle>(c.cycle.value);
    const auto& employee = *by.people->find(c.employee);
    const auto from = template_for(employee.roles, by);
    const auto& t = template_of(from, by);
    return happened::opened{{by.fresh}, c.cycle, in.kind, in.year, in.quarter, c.employee, t.role, employee.department,
                            appraisal_people::evaluator_for(c.employee, by), from, t.template_version, t.indicators,
                            by.flows ? by.flows->newest("appraisal") : 1};
}

happened::evidence_suggested news(const appraisal::suggest_evidence& c, const state& now) {
    constexpr std::size_t pieces_max = 1'000;
    happened::evidence_suggested fresh;
    for (const auto& one : c.found) {
        const auto place = now.find(one.indicator);
        if (!place || !one.at || now.evidence.size() + fresh.found.size() >= pieces_max) continue;
        const bool known = std::any_of(now.evidence.begin(), now.evidence.end(), [&](const auto& p) { return p.indicator == *place && p.at == one.at; });
        const bool doubled = std::any_of(fresh.found.begin(), fresh.found.end(), [&](const auto& f) { return f.indicator == one.indicator && f.at == one.at; });
        if (!known && !doubled) fresh.found.push_back(one);
    }
    return fresh;
}

event event_of(const appraisal::draft_self& c, const state& now, const context&) { return happened::self_drafted{sealed(c.form, now.employee)}; }
event event_of(const appraisal::submit_self& c, const state& now, const context&) {
    return happened::self_submitted{sealed(c.form, now.employee), mean_of(c.form.lines, now).score};
}
event event_of(const appraisal::return_self& c, const state& now, const context& by) {
    const auto until = by.calendar->after(by.today, by.how->self_days);
    return happened::self_returned{about(now.employee, c.reason), std::max(until, now.extended_until.value_or(until))};
}
event event_of(const appraisal::draft_evaluation& c, const state& now, const context&) {
    return happened::evaluation_drafted{sealed(c.form, now.employee)};
}
event event_of(const appraisal::evaluate& c, const state& now, const context& by) {
    const auto mean = mean_of(c.form.lines, now);
    const auto score = scores::exact_of(mean);
    return happened::evaluated{sealed(c.form, now.employee), mean.score,
                               score ? std::optional(scores::grade_of(*score, by.how->scoring)) : std::nullopt};
}
event event_of(const appraisal::extend& c, const state& now, const context&) {
    return happened::extended{c.until, about(now.employee, c.reason)};
}
event event_of(const appraisal::extend_appeal& c, const state& now, const context&) {
    return happened::appeal_extended{c.until, about(now.employee, c.reason)};
}
event event_of(const appraisal::add_evidence& c, const state& now, const context& by) {
    return happened::evidence_added{by.who(), c.indicator, {c.evidence.at, about(now.employee, c.evidence.note)}};
}
event event_of(const appraisal::remove_evidence& c, const state& now, const context&) {
    return happened::evidence_removed{c.indicator, c.at, about(now.employee, c.reason)};
}
event event_of(const appraisal::record_talk& c, const state& now, const context&) { return happened::talk_recorded{sealed(c.talk, now.employee)}; }
event event_of(const appraisal::revise_talk& c, const state& now, const context&) { return happened::talk_revised{sealed(c.talk, now.employee)}; }
event event_of(const appraisal::confirm_talk&, const state&, const context& by) { return happened::talk_confirmed{by.who()}; }
event event_of(const appraisal::return_talk& c, const state& now, const context&) {
    return happened::talk_returned{about(now.employee, c.reason)};
}
event event_of(const appraisal::calibrate& c, const state& now, const context&) {
    happened::calibrated e{{}, about(now.employee, c.reason)};
    for (const auto& a : c.adjustments) {
        const auto place = *now.find(a.indicator);
        const auto before = now.calibrated[place] ? now.calibrated[place] : now.superior[place];
        e.adjustments.push_back({a.indicator, before, a.score});
    }
    return e;
}
event event_of(const appraisal::finalise& c, const state& now, const context& by) {
    const auto* o = by.others->find<org>(1);
    return happened::finalised{scores::result_of(now, scores::quarters_of(now.employee, now.year, by), by.how->scoring),
                               o ? o->settings_number : 1, by.calendar->after(by.today, by.how->appeal_days), about(now.employee, c.comment)};
}
event event_of(const appraisal::appeal& c, const state& now, const context&) { return happened::appealed{about(now.employee, c.reason)}; }
event event_of(const appraisal::uphold_appeal& c, const state& now, const context& by) {
    return happened::appeal_upheld{about(now.employee, c.reason), evaluator_anew(now, by)};
}
event event_of(const appraisal::reject_appeal& c, const state& now, const context&) {
    return happened::appeal_rejected{about(now.employee, c.reason)};
}
event event_of(const appraisal::reopen& c, const state& now, const context& by) {
    return happened::reopened{about(now.employee, c.reason), evaluator_anew(now, by)};
}
event event_of(const appraisal::apply&, const state&, const context&) { return happened::applied{}; }
event event_of(const appraisal::cancel& c, const state& now, const context&) { return happened::cancelled{about(now.employee, c.reason)}; }
event event_of(const appraisal::change_evaluator& c, const state& now, const context&) {
    return happened::evaluator_changed{now.evaluator, c.to, about(now.employee, c.reason)};
}
event event_of(const appraisal::hand_over& c, const state&, const context&) { return happened::handed_over{c.from, c.to}; }

}  // namespace core::appraisal_happenings
