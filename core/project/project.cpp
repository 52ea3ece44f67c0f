#include "core/project/project.hpp"

#include "core/kernel/departments.hpp"
#include "core/kernel/fingerprints.hpp"
#include "core/kernel/forms.hpp"
#include "core/kernel/text.hpp"
#include "core/project/faults.hpp"

namespace core {

using s = project_status;
using r = project_rejection;
namespace happened = events::project;

namespace {

using state = project::state;

std::optional<r> signatures_missing(const state& now, const context& by) {
    const bool all = now.signed_by.size() >= now.panel.size();
    return all || by.today > now.panel_on ? std::nullopt : std::optional(r::signatures_missing);
}
std::optional<r> incomplete(const state& now, const context& by) {
    if (!missing_records(now).empty()) return r::records_missing;
    return by.others->has_open_tasks(now.id) ? std::optional(r::tasks_open) : std::nullopt;
}

constexpr flow::guard<state, r> signed_by_all{"signatures_in", signatures_missing};
constexpr flow::guard<state, r> complete{"records_complete", incomplete};
using enum flow::step;

constexpr auto under_way = flow::from(s::active, s::acceptance_requested, s::in_acceptance, s::accepted, s::summarised);
constexpr auto open = under_way | flow::from(s::initiating, s::charter_pending, s::clarifying, s::archive_pending, s::suspended);

}  // namespace

// clang-format off
constexpr std::array<project::row, 30> project::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now, step, guard
    {"project.initiate", flow::from(s::absent), 0, 0, s::initiating, "S3.1.2", r::by_request_only, {}, r::already_exists},
    {"project.draft_charter", flow::from(s::initiating), manager, 0, {}, "S3.1.3", r::not_manager, {}, r::not_initiating, writes},
    {"project.submit_charter", flow::from(s::initiating), manager, 0, s::charter_pending, "S3.1.3", r::not_manager, {}, r::not_initiating,
     awaited | writes},
    {"project.approve_charter", flow::from(s::charter_pending), leader, submitter | lead, s::active, "S3.1.3", r::not_leader, r::own_submission,
     r::not_pending, awaited},
    {"project.return_charter", flow::from(s::charter_pending), leader, submitter | lead, s::initiating, "S3.1.3", r::not_leader,
     r::own_submission, r::not_pending},
    {"project.reject_charter", flow::from(s::charter_pending), leader, submitter | lead, s::rejected, "S3.1.3", r::not_leader, r::own_submission,
     r::not_pending},
    {"project.clarify", flow::from(s::charter_pending, s::in_acceptance), decider, submitter, s::clarifying, "S3.1.3", r::not_leader,
     r::own_submission, r::not_pending},
    {"project.answer", flow::from(s::clarifying), submitter, 0, {}, "S3.1.3", r::not_my_answer, {}, r::not_clarifying, awaited | writes},
    {"project.link_channel", open, 0, 0, {}, "S5.3.1", r::not_manager, {}, r::closed},
    {"project.change_lead", under_way | flow::from(s::suspended), manager, 0, {}, "S5.3.1", r::not_manager, {}, r::not_active, decides},
    {"project.add_member", under_way | flow::from(s::suspended), manager | lead, 0, {}, "S5.3.1", r::not_lead, {}, r::not_active},
    {"project.remove_member", under_way | flow::from(s::suspended), manager | lead, 0, {}, "S5.3.1", r::not_lead, {}, r::not_active},
    {"project.hand_over", open, 0, 0, {}, "S1.3.4", r::not_manager, {}, r::closed},
    {"project.report_progress", flow::from(s::active, s::acceptance_requested, s::in_acceptance), team, 0, {}, "S3.2.2", r::not_team, {},
     r::not_active},
    {"project.reach_milestone", flow::from(s::active), team, 0, {}, "S3.2.2", r::not_team, {}, r::not_active},
    {"project.request_acceptance", flow::from(s::active), lead, 0, s::acceptance_requested, "S3.3.1", r::not_lead, {}, r::not_active, awaited | writes},
    {"project.convene_acceptance", flow::from(s::acceptance_requested), manager, submitter | lead, s::in_acceptance, "S3.3.1", r::not_manager,
     r::own_submission, r::not_requested, awaited},
    {"project.sign_acceptance", flow::from(s::in_acceptance), panellist, submitter | lead, {}, "S3.3.1", r::not_panellist, r::own_submission,
     r::not_in_acceptance, awaited | each | again, nullptr, pending_panellist},
    {"project.accept", flow::from(s::in_acceptance), manager, submitter | lead, s::accepted, "S3.3.1", r::not_manager, r::own_submission,
     r::not_in_acceptance, awaited, &signed_by_all},
    {"project.fail_acceptance", flow::from(s::in_acceptance), manager, submitter | lead, s::active, "S3.3.1", r::not_manager, r::own_submission,
     r::not_in_acceptance, optional, &signed_by_all},
    {"project.summarise", flow::from(s::accepted), lead, 0, s::summarised, "S3.3.2", r::not_lead, {}, r::not_accepted, awaited | writes},
    {"project.acknowledge_summary", flow::from(s::summarised, s::archive_pending, s::archived), recipient, 0, {}, "S5.3.2",
     r::not_recipient, {}, r::not_summarised, awaited | each | own_word, nullptr, recipient},
    {"project.file_record", under_way, team, 0, {}, "S3.3.3", r::not_team, {}, r::no_filing_now},
    {"project.submit_archive", flow::from(s::summarised), team, 0, s::archive_pending, "S3.3.3", r::not_team, {}, r::not_summarised,
     awaited | writes, &complete},
    {"project.return_archive", flow::from(s::archive_pending), manager, submitter | lead, s::summarised, "S3.3.3", r::not_manager,
     r::own_submission, r::not_archive_pending},
    {"project.seal", flow::from(s::archive_pending), manager, submitter | lead, s::archived, "S3.3.3", r::not_manager, r::own_submission,
     r::not_archive_pending, awaited, &complete},
    {"project.suspend", open & ~flow::from(s::suspended), manager | leader, 0, s::suspended, "S3.2.4", r::not_manager, {}, r::cannot_suspend,
     decides},
    {"project.resume", flow::from(s::suspended), manager | leader, 0, {}, "S3.2.4", r::not_manager, {}, r::not_suspended, awaited | decides},
    {"project.cancel", open, manager | leader, 0, s::cancelled, "S3.2.4", r::not_manager, {}, r::closed, decides},
    {"project.extend_acceptance", flow::from(s::in_acceptance, s::clarifying, s::suspended), 0, 0, {}, "S3.3.1", r::not_manager, {}, r::not_in_acceptance},
}};
// clang-format on

namespace {

using outcome = decision<project>;
using decided_events = decided<project::event>;

using text::said;
std::string words(const std::optional<std::string>& maybe) { return maybe.value_or(""); }

// Whether the command has already taken effect.
bool in_effect(const state&, const auto&, const context&) { return false; }
bool in_effect(const state& now, const project::submit_charter& c, const context& by) {
    return now.is == s::charter_pending && by.prints && now.charter == by.prints->of(c.charter);
}
bool in_effect(const state& now, const project::approve_charter& c, const context&) { return now.is == s::active && now.charter == c.sha256 && now.reports == 0; }
bool in_effect(const state& now, const project::return_charter& c, const context&) {
    return now.is == s::initiating && now.said == said(c.type, c.reason);
}
bool in_effect(const state& now, const project::reject_charter& c, const context&) {
    return now.is == s::rejected && now.said == said(c.type, c.reason);
}
bool in_effect(const state& now, const project::clarify& c, const context&) {
    return now.is == s::clarifying && now.said == said(c.type, c.question);
}
bool in_effect(const state& now, const project::link_channel& c, const context&) { return now.channel == c.channel; }
bool in_effect(const state& now, const project::change_lead& c, const context&) { return now.lead == c.lead; }
bool in_effect(const state& now, const project::reach_milestone& c, const context&) {
    return c.milestone >= 1 && c.milestone <= now.milestones.size() && now.milestones[c.milestone - 1u].reached;
}
bool in_effect(const state& now, const project::convene_acceptance& c, const context&) {
    return now.is == s::in_acceptance && now.panel == c.panel && now.panel_on == c.on;
}
bool in_effect(const state& now, const project::extend_acceptance& c, const context&) { return now.panel_on == c.on; }
bool in_effect(const state& now, const project::fail_acceptance& c, const context&) {
    return now.is == s::active && now.said == said(c.type, c.reason);
}
bool in_effect(const state& now, const project::return_archive& c, const context&) {
    return now.is == s::summarised && now.said == said(c.type, c.reason);
}
bool in_effect(const state& now, const project::seal&, const context&) { return now.is == s::archived; }
bool in_effect(const state& now, const project::suspend& c, const context&) {
    return now.is == s::suspended && now.said == said(c.type, c.reason);
}
bool in_effect(const state& now, const project::cancel& c, const context&) {
    return now.is == s::cancelled && now.said == said(c.type, c.reason);
}

template <class Command>
member_id in_place(const state& now, const context& by) {
    return flow::in_place_of<project>(flow::row_of<project, Command>(), now, by);
}

project::event event_of(const project::draft_charter& c, const state&, const context&) { return happened::charter_drafted{c.charter}; }
project::event event_of(const project::submit_charter& c, const state&, const context& by) {
    return happened::charter_submitted{by.who(), c.charter, by.prints->of(c.charter)};
}
project::event event_of(const project::approve_charter& c, const state&, const context&) {
    return happened::charter_approved{c.sha256, words(c.comment)};
}
project::event event_of(const project::return_charter& c, const state&, const context&) { return happened::charter_returned{c.reason}; }
project::event event_of(const project::reject_charter& c, const state&, const context&) { return happened::charter_rejected{c.reason}; }
std::optional<happened::matter> about(s at) {
    return at == s::in_acceptance ? std::optional(happened::matter::acceptance) : std::nullopt;
}
project::event event_of(const project::clarify& c, const state& now, const context&) { return happened::clarification_asked{c.question, about(now.is)}; }
project::event event_of(const project::answer& c, const state& now, const context&) { return happened::clarified{c.answer, about(now.before)}; }
project::event event_of(const project::link_channel& c, const state&, const context&) { return happened::channel_linked{c.channel}; }
project::event event_of(const project::change_lead& c, const state&, const context&) { return happened::lead_changed{c.lead, c.reason}; }
project::event event_of(const project::add_member& c, const state&, const context&) { return happened::member_added{c.member}; }
project::event event_of(const project::remove_member& c, const state&, const context&) { return happened::member_removed{c.member}; }
project::event event_of(const project::hand_over& c, const state&, const context&) { return happened::handed_over{c.from, c.to}; }
project::event event_of(const project::report_progress& c, const state&, const context&) {
    return happened::progress_reported{c.percent, c.health, c.note};
}
project::event event_of(const project::reach_milestone& c, const state&, const context&) {
    return happened::milestone_reached{c.milestone, c.evidence, c.attachments.value_or(std::vector<events::attachment>{})};
}
project::event event_of(const project::request_acceptance& c, const state&, const context& by) {
    return happened::acceptance_requested{by.who(), c.form};
}
project::event event_of(const project::convene_acceptance& c, const state&, const context&) {
    return happened::acceptance_convened{c.panel, c.on};
}
project::event event_of(const project::extend_acceptance& c, const state&, const context&) { return happened::acceptance_extended{c.on, c.reason}; }
project::event event_of(const project::sign_acceptance& c, const state& now, const context& by) {
    return happened::acceptance_signed{in_place<project::sign_acceptance>(now, by), c.agrees, words(c.comment)};
}
project::event event_of(const project::accept& c, const state&, const context&) { return happened::accepted{c.report}; }
project::event event_of(const project::fail_acceptance& c, const state&, const context&) {
    return happened::acceptance_failed{c.reason, c.conditions};
}
project::event event_of(const project::summarise& c, const state&, const context&) { return happened::summarised{c.summary, c.recipients}; }
project::event event_of(const project::acknowledge_summary&, const state& now, const context& by) {
    return happened::summary_acknowledged{in_place<project::acknowledge_summary>(now, by)};
}
project::event event_of(const project::file_record& c, const state&, const context&) { return happened::record_filed{c.record}; }
project::event event_of(const project::submit_archive& c, const state&, const context& by) {
    return happened::archive_submitted{by.who(), words(c.note)};
}
project::event event_of(const project::return_archive& c, const state&, const context&) { return happened::archive_returned{c.reason}; }
project::event event_of(const project::seal& c, const state&, const context&) { return happened::archived{words(c.comment)}; }
project::event event_of(const project::suspend& c, const state&, const context&) { return happened::suspended{c.reason}; }
project::event event_of(const project::resume& c, const state&, const context&) { return happened::resumed{c.reason}; }
project::event event_of(const project::cancel& c, const state&, const context&) { return happened::cancelled{c.reason}; }

outcome decide_one(const state& now, const project::initiate& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    if (!by.by_system()) return r::by_request_only;
    decided_events all;
    all.push_back(happened::initiated{c.request, c.name, c.department, by.flows ? by.flows->newest("project") : 1});
    return all;
}

template <class Command>
outcome decide_one(const state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    const auto& row = flow::row_of<project, Command>();
    if (const auto no = flow::who_refuses<project>(row, now, by)) return *no;
    if (in_effect(now, c, by)) return decided_events{};
    if (const auto no = flow::state_refuses<project>(row, now, by)) return *no;
    if (const auto no = project_faults::at_fault(c, now, by)) return *no;
    decided_events all;
    all.push_back(event_of(c, now, by));
    return all;
}

}  // namespace

std::vector<events::project::record_kind> missing_records(const project::state& of) {
    using kind = events::project::record_kind;
    std::vector<kind> missing;
    const auto is_filed = [&](kind k) { return (of.records >> static_cast<unsigned>(k) & 1) != 0; };
    // A progress report is a record of the execution, too.
    if (of.reports == 0 && !is_filed(kind::execution_record)) missing.push_back(kind::execution_record);
    if (!is_filed(kind::data_report)) missing.push_back(kind::data_report);
    if (!is_filed(kind::minutes)) missing.push_back(kind::minutes);
    return missing;
}

decision<project> project::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

flow::relations project::relations_of(const state& now, const context& by) {
    flow::relations are = 0;
    const auto who = by.actor->id;
    const bool om = manages(*by.actor, now.department, by), sl = by.actor->has("SL");
    const auto goes_on_as = now.is == s::suspended ? now.suspended_from : now.is;
    const auto at = goes_on_as == s::clarifying ? now.before : goes_on_as;
    if (om) are |= manager;
    if (sl) are |= leader;
    if (at == s::charter_pending ? sl : om) are |= decider;
    if (who == now.lead) are |= lead;
    if (forms::contains(now.team, who)) are |= team;
    if (forms::contains(now.panel, who)) are |= panellist | (forms::contains(now.signed_by, who) ? 0 : pending_panellist);
    if (who == now.submitter) are |= submitter;
    if (forms::contains(now.recipients, who) && !forms::contains(now.acknowledged, who)) are |= recipient;
    return are;
}

// A question in an acceptance is about that.
std::string_view project::clause_at(const row& asked, const state& now) {
    if (asked.command == clarify::type) return happened::clause_for(about(now.is));
    return asked.command == answer::type ? happened::clause_for(about(now.before)) : asked.clause;
}

project::rejection project::wrong_state(const row& asked, status at) {
    return at == s::rejected || at == s::archived || at == s::cancelled ? rejection::closed : asked.not_now;
}

}  // namespace core
