#include "core/project/faults.hpp"

#include "core/kernel/forms.hpp"

#include <algorithm>

namespace core::project_faults {
namespace {

using r = project_rejection;
namespace facts = events::project;

constexpr std::size_t team_max = 200;
constexpr std::size_t milestones_max = 100;
constexpr std::size_t lines_max = 100;  // objectives, risks, responsibilities, deliverables, conditions
constexpr std::size_t people_max = 50;

bool are_lines(const std::vector<std::string>& all) {
    return all.size() <= lines_max && std::all_of(all.begin(), all.end(), [](const auto& one) { return forms::is_remark(one); });
}

bool are_milestones(const facts::charter& c) {
    if (c.milestones.empty() || c.milestones.size() > milestones_max) return false;
    const auto good = [&](const facts::milestone& m) {
        return forms::is_line(m.name) && forms::is_remark(m.deliverable) && m.due.ok() && m.due >= c.starts && m.due <= c.ends;
    };
    const auto by_due = [](const auto& a, const auto& b) { return a.due < b.due; };
    return std::all_of(c.milestones.begin(), c.milestones.end(), good) && std::is_sorted(c.milestones.begin(), c.milestones.end(), by_due);
}

bool is_currency(const std::string& code) {
    return code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool are_risks(const std::vector<facts::risk>& all) {
    return !all.empty() && all.size() <= lines_max &&
           std::all_of(all.begin(), all.end(), [](const auto& one) { return forms::is_remark(one.what) && forms::is_remark(one.response); });
}

// Exactly one answers for an activity, and somebody does it.
bool are_responsibilities(const std::vector<facts::responsibility>& all, const context& by) {
    const auto good = [&](const facts::responsibility& one) {
        const auto people = {&one.responsible, &one.consulted, &one.informed};
        return forms::is_line(one.activity) && !one.responsible.empty() && by.people->is_active(one.accountable) &&
               std::all_of(people.begin(), people.end(), [&](const auto* list) {
                   return list->size() <= people_max && !forms::has_doubles(*list) && forms::all_active(*list, by);
               });
    };
    return !all.empty() && all.size() <= lines_max && std::all_of(all.begin(), all.end(), good);
}

check charter_at_fault(const facts::charter& c, const state& now, const context& by) {
    if (!forms::is_line(c.name)) return r::bad_name;
    if (!by.people->is_active(c.lead)) return r::bad_lead;
    if (c.team.empty() || c.team.size() > team_max || forms::has_doubles(c.team) || !forms::all_active(c.team, by)) return r::bad_team;
    if (!c.starts.ok() || !c.ends.ok() || c.ends < c.starts || c.ends < by.today || c.ends.year() > std::chrono::year{9999}) return r::bad_schedule;
    if (!are_milestones(c)) return r::bad_milestones;
    if (!is_currency(c.budget.currency) || c.budget.cents > 1'000'000'000'000'000 || !forms::fits(c.budget.use)) return r::bad_budget;
    if (!forms::is_prose(c.resources)) return r::bad_resources;
    if (!forms::is_prose(c.expected_results)) return r::bad_results;
    if (c.objectives.empty() || !are_lines(c.objectives)) return r::bad_objectives;
    if (!forms::is_prose(c.success_metrics)) return r::bad_metrics;
    if (!are_risks(c.risks)) return r::bad_risks;
    if (!are_responsibilities(c.responsibilities, by)) return r::bad_responsibilities;
    if (c.compliance.checked ? !forms::is_remark(c.compliance.findings) : !forms::fits(c.compliance.findings)) return r::bad_compliance;
    return forms::are_extras("F2", c.extras, by, now.charter_form) ? check{} : r::bad_extras;
}

// A draft may lack whatever its author has not come to yet; what is there is within bounds.
check draft_at_fault(const facts::charter& c, const state& now, const context& by) {
    if (!forms::is_line(c.name)) return r::bad_name;
    if (c.lead && !by.people->is_active(c.lead)) return r::bad_lead;
    if (c.team.size() > team_max || forms::has_doubles(c.team) || !forms::all_active(c.team, by)) return r::bad_team;
    if (c.milestones.size() > milestones_max) return r::bad_milestones;
    if (!c.starts.ok() || !c.ends.ok()) return r::bad_schedule;
    if (!forms::fits(c.budget.use) || c.budget.currency.size() > 3) return r::bad_budget;
    if (!forms::fits(c.resources)) return r::bad_resources;
    if (!forms::fits(c.expected_results)) return r::bad_results;
    if (c.objectives.size() > lines_max) return r::bad_objectives;
    if (!forms::fits(c.success_metrics)) return r::bad_metrics;
    if (c.risks.size() > lines_max) return r::bad_risks;
    if (c.responsibilities.size() > lines_max) return r::bad_responsibilities;
    if (!forms::fits(c.compliance.findings)) return r::bad_compliance;
    const bool good = forms::is_version("F2", c.extras.form, by, now.charter_form) && forms::are_attachments(c.extras.attachments, by);
    return good ? check{} : r::bad_extras;
}

check reason_at_fault(const std::string& reason) { return forms::is_remark(reason) ? check{} : r::bad_reason; }
check comment_at_fault(const std::optional<std::string>& c) {
    return !c || c->size() <= forms::remark_bytes_max ? check{} : r::bad_comment;
}

bool are_results(const std::vector<facts::objective_result>& all, std::uint16_t objectives) {
    if (all.size() != objectives) return false;
    std::vector<bool> seen(objectives);
    for (const auto& one : all) {
        if (one.objective < 1 || one.objective > objectives || seen[one.objective - 1u] || one.note.size() > forms::remark_bytes_max) return false;
        seen[one.objective - 1u] = true;
    }
    return true;
}

}  // namespace

check at_fault(const project::draft_charter& c, const state& now, const context& by) { return draft_at_fault(c.charter, now, by); }
check at_fault(const project::submit_charter& c, const state& now, const context& by) {
    if (const auto no = charter_at_fault(c.charter, now, by)) return no;
    return c.charter.compliance.checked ? check{} : r::unchecked;
}
check at_fault(const project::approve_charter& c, const state& now, const context&) {
    if (c.sha256 != now.charter) return r::other_charter;
    return comment_at_fault(c.comment);
}
check at_fault(const project::return_charter& c, const state&, const context&) { return reason_at_fault(c.reason); }
check at_fault(const project::reject_charter& c, const state&, const context&) { return reason_at_fault(c.reason); }
check at_fault(const project::clarify& c, const state&, const context&) { return forms::is_remark(c.question) ? check{} : r::bad_question; }
check at_fault(const project::answer& c, const state&, const context&) { return forms::is_prose(c.answer) ? check{} : r::bad_answer; }
check at_fault(const project::link_channel& c, const state&, const context&) { return c.channel ? check{} : r::bad_person; }
check at_fault(const project::change_lead& c, const state&, const context& by) {
    if (!by.people->is_active(c.lead)) return r::bad_lead;
    return reason_at_fault(c.reason);
}
check at_fault(const project::add_member& c, const state& now, const context& by) {
    if (!by.people->is_active(c.member) || now.team.size() >= team_max) return r::bad_person;
    return forms::contains(now.team, c.member) ? r::already_in_team : check{};
}
check at_fault(const project::remove_member& c, const state& now, const context&) {
    if (c.member == now.lead) return r::lead_stays;
    return forms::contains(now.team, c.member) ? check{} : r::not_in_team;
}
check at_fault(const project::hand_over& c, const state&, const context& by) {
    return by.people->is_active(c.to) ? check{} : r::bad_successor;
}
check at_fault(const project::report_progress& c, const state&, const context&) {
    if (c.percent > 100) return r::bad_percent;
    return forms::is_remark(c.note) ? check{} : r::bad_note;
}
check at_fault(const project::reach_milestone& c, const state& now, const context& by) {
    if (c.milestone < 1 || c.milestone > now.milestones.size() || !forms::is_remark(c.evidence)) return r::bad_milestone;
    return !c.attachments || forms::are_attachments(*c.attachments, by) ? check{} : r::bad_extras;
}
check at_fault(const project::request_acceptance& c, const state&, const context& by) {
    if (!forms::is_prose(c.form.completion)) return r::bad_completion;
    if (c.form.deliverables.empty() || !are_lines(c.form.deliverables)) return r::bad_deliverables;
    if (!forms::is_prose(c.form.attainment)) return r::bad_attainment;
    if (c.form.deviations && !forms::fits(*c.form.deviations)) return r::bad_deviations;
    return forms::are_extras("F3", c.form.extras, by) ? check{} : r::bad_extras;
}
check at_fault(const project::convene_acceptance& c, const state& now, const context& by) {
    constexpr std::size_t panel_max = 16;
    const auto answers_for_it = [&](member_id m) {
        return m == now.lead || m == now.submitter || (now.hands.of(m) & (project::lead | project::submitter));
    };
    const bool own = std::any_of(c.panel.begin(), c.panel.end(), answers_for_it);
    if (c.panel.empty() || c.panel.size() > panel_max || own || forms::has_doubles(c.panel) || !forms::all_active(c.panel, by)) return r::bad_panel;
    return forms::is_day_to_come(c.on, by) ? check{} : r::bad_day;
}
check at_fault(const project::sign_acceptance& c, const state&, const context&) {
    if (!c.agrees && (!c.comment || !forms::is_remark(*c.comment))) return r::bad_comment;  // who objects says why
    return comment_at_fault(c.comment);
}
check at_fault(const project::accept& c, const state& now, const context& by) {
    if (!are_results(c.report.results, now.objectives)) return r::bad_objective_results;
    const auto is_met = [](const facts::objective_result& one) { return one.result == facts::attainment::met; };
    const auto& results = c.report.results;
    if (!std::all_of(results.begin(), results.end(), [&](const auto& one) { return is_met(one) || forms::is_remark(one.note); })) return r::unmet_unexplained;
    // Against an objection, or with an objective missed, it passes on conditions.
    const bool missed = std::any_of(results.begin(), results.end(), [](const auto& one) { return one.result == facts::attainment::not_met; });
    if ((now.objections > 0 || missed) && c.report.conditions.empty()) return r::objections_unanswered;
    if (!forms::is_prose(c.report.conclusion)) return r::bad_conclusion;
    if (!are_lines(c.report.conditions)) return r::bad_conditions;
    return forms::are_extras("F4", c.report.extras, by) ? check{} : r::bad_extras;
}
check at_fault(const project::fail_acceptance& c, const state&, const context&) {
    if (c.conditions.empty() || !are_lines(c.conditions)) return r::bad_conditions;
    return reason_at_fault(c.reason);
}
check at_fault(const project::summarise& c, const state&, const context& by) {
    if (!forms::is_prose(c.summary.experience)) return r::bad_experience;
    if (!forms::is_prose(c.summary.lessons)) return r::bad_lessons;
    if (!forms::is_prose(c.summary.improvements)) return r::bad_improvements;
    if (c.recipients.empty() || c.recipients.size() > people_max || forms::has_doubles(c.recipients) || !forms::all_active(c.recipients, by))
        return r::bad_recipients;
    const auto any = [&](auto is) {
        return std::any_of(c.recipients.begin(), c.recipients.end(), [&](member_id m) { return is(*by.people->find(m)); });
    };
    if (!any([](const person& p) { return p.has("OM"); })) return r::manager_not_told;
    // Each department concerned has somebody who is told.
    const auto& of = c.summary.departments;
    if (of.size() > people_max || !std::all_of(of.begin(), of.end(), [&](const department& d) {
            return any([&](const person& p) { return p.department == d; });
        }))
        return r::bad_recipients;
    return forms::are_extras("F5", c.summary.extras, by) ? check{} : r::bad_extras;
}
check at_fault(const project::acknowledge_summary&, const state&, const context&) { return {}; }
check at_fault(const project::file_record& c, const state&, const context& by) {
    const bool says = !text::blank(c.record.text) || !c.record.attachments.empty();
    return says && forms::is_line(c.record.title) && forms::fits(c.record.text) && forms::are_attachments(c.record.attachments, by) ? check{}
                                                                                                                                    : r::bad_record;
}
check at_fault(const project::submit_archive& c, const state&, const context&) {
    return !c.note || c.note->size() <= forms::remark_bytes_max ? check{} : r::bad_note;
}
check at_fault(const project::return_archive& c, const state&, const context&) { return reason_at_fault(c.reason); }
check at_fault(const project::seal& c, const state&, const context&) { return comment_at_fault(c.comment); }
check at_fault(const project::suspend& c, const state&, const context&) { return reason_at_fault(c.reason); }
check at_fault(const project::resume& c, const state&, const context&) { return reason_at_fault(c.reason); }
check at_fault(const project::cancel& c, const state&, const context&) { return reason_at_fault(c.reason); }
check at_fault(const project::extend_acceptance& c, const state&, const context& by) {
    return forms::is_day_to_come(c.on, by) ? reason_at_fault(c.reason) : r::bad_day;
}

}  // namespace core::project_faults
