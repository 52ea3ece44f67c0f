#include "core/project/faults.hpp"

#include "core/kernel/forms.hpp"

#include <algorithm>

namespace core::project_faults {
namespace {

using r = project_rejection;
namespace facts = events::project;

constexpr std::size_t team_max = 200;

// Within the schedule, each no earlier than the one before.
bool are_milestones(const facts::charter& c) {
    const auto good = [&](const facts::milestone& m) { return m.due >= c.starts && m.due <= c.ends; };
    const auto by_due = [](const auto& a, const auto& b) { return a.due < b.due; };
    return std::all_of(c.milestones.begin(), c.milestones.end(), good) && std::is_sorted(c.milestones.begin(), c.milestones.end(), by_due);
}

bool is_currency(const std::string& code) {
    return code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

check charter_at_fault(const facts::charter& c, const state& now, const context& by) {
    if (c.ends < c.starts || !forms::is_day_to_come(c.ends, by)) return r::bad_schedule;
    if (!are_milestones(c)) return r::bad_milestones;
    if (!is_currency(c.budget.currency)) return r::bad_budget;
    if (c.compliance.checked && !forms::is_remark(c.compliance.findings)) return r::bad_compliance;
    return forms::are_extras("F2", c.extras, by, now.charter_form) ? check{} : r::bad_extras;
}

bool are_results(const std::vector<facts::objective_result>& all, std::uint16_t objectives) {
    if (all.size() != objectives) return false;
    std::vector<bool> seen(objectives);
    for (const auto& one : all) {
        if (one.objective < 1 || one.objective > objectives || seen[one.objective - 1u]) return false;
        seen[one.objective - 1u] = true;
    }
    return true;
}

}  // namespace

// A draft may lack whatever its author has not come to yet, added fields too.
check at_fault(const project::draft_charter& c, const state& now, const context& by) {
    const auto& extras = c.charter.extras;
    return forms::is_version("F2", extras.form, by, now.charter_form) && forms::are_attachments(extras.attachments, by) ? check{} : r::bad_extras;
}
check at_fault(const project::submit_charter& c, const state& now, const context& by) {
    if (const auto no = charter_at_fault(c.charter, now, by)) return no;
    return c.charter.compliance.checked ? check{} : r::unchecked;
}
check at_fault(const project::approve_charter& c, const state& now, const context&) {
    return c.sha256 == now.charter ? check{} : r::other_charter;
}
check at_fault(const project::add_member& c, const state& now, const context&) {
    if (now.team.size() >= team_max) return r::bad_person;
    return forms::contains(now.team, c.member) ? r::already_in_team : check{};
}
check at_fault(const project::remove_member& c, const state& now, const context&) {
    if (c.member == now.lead) return r::lead_stays;
    return forms::contains(now.team, c.member) ? check{} : r::not_in_team;
}
check at_fault(const project::reach_milestone& c, const state& now, const context& by) {
    if (c.milestone < 1 || c.milestone > now.milestones.size()) return r::bad_milestone;
    return !c.attachments || forms::are_attachments(*c.attachments, by) ? check{} : r::bad_extras;
}
check at_fault(const project::request_acceptance& c, const state&, const context& by) {
    return forms::are_extras("F3", c.form.extras, by) ? check{} : r::bad_extras;
}
check at_fault(const project::convene_acceptance& c, const state& now, const context& by) {
    const auto answers_for_it = [&](member_id m) {
        return m == now.lead || m == now.submitter || (now.hands.of(m) & (project::lead | project::submitter));
    };
    if (std::any_of(c.panel.begin(), c.panel.end(), answers_for_it)) return r::bad_panel;
    return forms::is_day_to_come(c.on, by) ? check{} : r::bad_day;
}
check at_fault(const project::sign_acceptance& c, const state&, const context&) {
    return c.agrees || (c.comment && forms::is_remark(*c.comment)) ? check{} : r::bad_comment;  // who objects says why
}
check at_fault(const project::accept& c, const state& now, const context& by) {
    if (!are_results(c.report.results, now.objectives)) return r::bad_objective_results;
    const auto is_met = [](const facts::objective_result& one) { return one.result == facts::attainment::met; };
    const auto& results = c.report.results;
    if (!std::all_of(results.begin(), results.end(), [&](const auto& one) { return is_met(one) || forms::is_remark(one.note); })) return r::unmet_unexplained;
    // Against an objection, or with an objective missed, it passes on conditions.
    const bool missed = std::any_of(results.begin(), results.end(), [](const auto& one) { return one.result == facts::attainment::not_met; });
    if ((now.objections > 0 || missed) && c.report.conditions.empty()) return r::objections_unanswered;
    return forms::are_extras("F4", c.report.extras, by) ? check{} : r::bad_extras;
}
check at_fault(const project::summarise& c, const state&, const context& by) {
    const auto any = [&](auto is) {
        return std::any_of(c.recipients.begin(), c.recipients.end(), [&](member_id m) {
            const auto* p = by.people->find(m);
            return p && is(*p);
        });
    };
    if (!any([](const person& p) { return p.has("OM"); })) return r::manager_not_told;
    // Each department concerned has somebody who is told.
    const auto& of = c.summary.departments;
    if (!std::all_of(of.begin(), of.end(), [&](const department& d) { return any([&](const person& p) { return p.department == d; }); }))
        return r::bad_recipients;
    return forms::are_extras("F5", c.summary.extras, by) ? check{} : r::bad_extras;
}
check at_fault(const project::file_record& c, const state&, const context& by) {
    const bool says = !text::blank(c.record.text) || !c.record.attachments.empty();
    return says && forms::are_attachments(c.record.attachments, by) ? check{} : r::bad_record;
}
check at_fault(const project::extend_acceptance& c, const state&, const context& by) {
    return forms::is_day_to_come(c.on, by) ? check{} : r::bad_day;
}

}  // namespace core::project_faults
