// What each event makes of a project.

#include "core/kernel/forms.hpp"
#include "core/kernel/text.hpp"
#include "core/project/project.hpp"

#include <utility>

namespace core {

using s = project_status;
namespace happened = events::project;

namespace {

using state = project::state;

using text::said;

void take_charter(state& p, const events::project::charter& c) {
    p.name = c.name;
    p.lead = c.lead;
    p.team = c.team;
    if (!forms::contains(p.team, c.lead)) p.team.push_back(c.lead);
    p.starts = c.starts;
    p.ends = c.ends;
    p.milestones.clear();
    for (const auto& m : c.milestones) p.milestones.push_back({m.due, false});
    p.objectives = static_cast<std::uint16_t>(c.objectives.size());
    p.compliance_checked = c.compliance.checked;
    p.charter_form = c.extras.form;
}

void fold(state& p, const happened::initiated& e) {
    p.is = s::initiating;
    p.request = e.request;
    p.name = e.name;
    p.department = e.department;
    p.flow = e.flow;
}
void fold(state& p, const happened::charter_drafted& e) { take_charter(p, e.charter); }
void fold(state& p, const happened::charter_submitted& e) {
    p.is = s::charter_pending;
    p.submitter = e.by;
    p.charter = e.sha256;
    take_charter(p, e.charter);
}
void fold(state& p, const happened::charter_approved&) {
    p.is = s::active;
    p.decided_for = std::exchange(p.submitter, {});
}
void fold(state& p, const happened::charter_returned& e) {
    p.is = s::initiating;
    p.decided_for = std::exchange(p.submitter, {});
    p.said = said(project::return_charter::type, e.reason);
}
void fold(state& p, const happened::charter_rejected& e) {
    p.is = s::rejected;
    p.said = said(project::reject_charter::type, e.reason);
}
void fold(state& p, const happened::clarification_asked& e) {
    p.before = p.is;
    p.is = s::clarifying;
    p.said = said(project::clarify::type, e.question);
}
void fold(state& p, const happened::clarified&) { p.is = p.before; }
void fold(state& p, const happened::channel_linked& e) { p.channel = e.channel; }
void fold(state& p, const happened::lead_changed& e) {
    p.lead = e.lead;
    if (!forms::contains(p.team, e.lead)) p.team.push_back(e.lead);
}
void fold(state& p, const happened::member_added& e) {
    if (!forms::contains(p.team, e.member)) p.team.push_back(e.member);
}
void fold(state& p, const happened::member_removed& e) { std::erase(p.team, e.member); }
void fold(state& p, const happened::handed_over& e) {
    if (p.lead == e.from) p.lead = e.to;
    if (p.submitter == e.from) p.submitter = e.to;
    forms::replace(p.team, e.from, e.to);
    if (p.lead == e.to || p.submitter == e.to) {  // nobody accepts their own, the one who takes over neither
        std::erase(p.panel, e.from);
        std::erase(p.panel, e.to);
    } else {
        forms::replace(p.panel, e.from, e.to);
    }
    std::erase_if(p.signed_by, [&](member_id m) { return !forms::contains(p.panel, m); });
    if (!forms::contains(p.acknowledged, e.from)) forms::replace(p.recipients, e.from, e.to);
}
void fold(state& p, const happened::progress_reported& e) {
    p.percent = e.percent;
    p.health = e.health;
    ++p.reports;
}
void fold(state& p, const happened::milestone_reached& e) {
    if (e.milestone >= 1 && e.milestone <= p.milestones.size()) p.milestones[e.milestone - 1u].reached = true;
}
void fold(state& p, const happened::acceptance_requested& e) {
    p.is = s::acceptance_requested;
    p.submitter = e.by;
}
void fold(state& p, const happened::acceptance_convened& e) {
    p.is = s::in_acceptance;
    p.panel = e.panel;
    p.signed_by.clear();
    p.objections = 0;
    p.panel_on = e.on;
}
void fold(state& p, const happened::acceptance_extended& e) { p.panel_on = e.on; }
void fold(state& p, const happened::acceptance_signed& e) {
    // An amended flow may let others sign as well: they stand in for nobody of the panel.
    if (!forms::contains(p.panel, e.panellist) || forms::contains(p.signed_by, e.panellist)) return;
    p.signed_by.push_back(e.panellist);
    p.objections += e.agrees ? 0 : 1;
}
void fold(state& p, const happened::accepted&) {
    p.is = s::accepted;
    p.decided_for = std::exchange(p.submitter, {});
}
void fold(state& p, const happened::acceptance_failed& e) {
    p.is = s::active;
    p.decided_for = std::exchange(p.submitter, {});
    p.panel.clear();
    p.signed_by.clear();
    p.said = said(project::fail_acceptance::type, e.reason);
}
void fold(state& p, const happened::summarised& e) {
    p.is = s::summarised;
    p.recipients = e.recipients;
    p.acknowledged.clear();
}
void fold(state& p, const happened::summary_acknowledged& e) {
    if (!forms::contains(p.acknowledged, e.member)) p.acknowledged.push_back(e.member);
}
void fold(state& p, const happened::record_filed& e) { p.records |= std::uint32_t{1} << static_cast<unsigned>(e.record.kind); }
void fold(state& p, const happened::archive_submitted& e) {
    p.is = s::archive_pending;
    p.submitter = e.by;
}
void fold(state& p, const happened::archive_returned& e) {
    p.is = s::summarised;
    p.decided_for = std::exchange(p.submitter, {});
    p.said = said(project::return_archive::type, e.reason);
}
void fold(state& p, const happened::archived&) { p.is = s::archived; }
void fold(state& p, const happened::suspended& e) {
    p.suspended_from = p.is;
    p.is = s::suspended;
    p.said = said(project::suspend::type, e.reason);
}
void fold(state& p, const happened::resumed&) { p.is = p.suspended_from; }
void fold(state& p, const happened::cancelled& e) {
    p.is = s::cancelled;
    p.said = said(project::cancel::type, e.reason);
}

// What is submitted is the submitter's, whoever writes it, answers for it or hands it in.
flow::relations hand_in(const auto&) { return 0; }
flow::relations hand_in(const happened::charter_drafted&) { return project::submitter; }
flow::relations hand_in(const happened::charter_submitted&) { return project::submitter; }
flow::relations hand_in(const happened::clarified&) { return project::submitter; }
flow::relations hand_in(const happened::acceptance_requested&) { return project::submitter; }
flow::relations hand_in(const happened::archive_submitted&) { return project::submitter; }

// With its charter approved, or its acceptance passed, it is about something else.
flow::relations settled_by(const auto&) { return 0; }
flow::relations settled_by(const happened::charter_approved&) { return project::submitter; }
flow::relations settled_by(const happened::accepted&) { return project::submitter; }

}  // namespace

// Who is named in a charter leads once it is approved.
flow::holders project::holders(const state& now) {
    const auto goes_on_as = now.is == s::suspended ? now.suspended_from : now.is;
    const auto at = goes_on_as == s::clarifying ? now.before : goes_on_as;
    const bool led = at != s::absent && at != s::initiating && at != s::charter_pending && at != s::rejected;
    flow::holders all{{now.submitter, submitter}};
    if (led) all.push_back({now.lead, lead});
    return all;
}
flow::relations project::hand_in(const event& happened) {
    return std::visit([](const auto& e) { return core::hand_in(e); }, happened);
}
flow::relations project::settled_by(const event& happened) {
    return std::visit([](const auto& e) { return core::settled_by(e); }, happened);
}

void project::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

}  // namespace core
