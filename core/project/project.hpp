#pragma once
// A project: S3.1.3, S3.3, S5.3.1.
//
//   absent -initiate-> initiating -submit_charter-> charter_pending -approve-> active; -return-> initiating; -reject-> rejected
//   active -request_acceptance-> acceptance_requested -convene_acceptance-> in_acceptance -accept-> accepted; -fail-> active
//   accepted -summarise-> summarised -submit_archive-> archive_pending -seal-> archived; -return_archive-> summarised
//   charter_pending, in_acceptance -clarify-> clarifying -answer-> back; what is not over yet -suspend-> suspended -resume-> back
//   open (any but rejected, archived, cancelled) -cancel-> cancelled

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "core/project/commands.hpp"

#include <array>
#include <utility>

namespace core {

BOOST_DEFINE_ENUM_CLASS(project_status, absent, initiating, charter_pending, clarifying, rejected, active, acceptance_requested,
                        in_acceptance, accepted, summarised, archive_pending, archived, suspended, cancelled)

// Who and when; then fields.
OPSROOM_DEFINE_LONG_ENUM_CLASS(project_rejection,
                       (not_found, already_exists, inactive, by_request_only, not_manager, not_leader, not_lead,
                        not_team, not_panellist, not_recipient, own_submission, closed, not_initiating, not_pending, not_clarifying,
                        not_active, not_requested, not_in_acceptance, not_accepted, not_summarised, not_archive_pending, not_suspended,
                        cannot_suspend, no_filing_now, signatures_missing, records_missing, tasks_open, unchecked, other_charter, not_my_answer),
                       (bad_name, bad_lead, bad_team, bad_schedule, bad_milestones, bad_budget, bad_resources, bad_results,
                        bad_objectives, bad_metrics, bad_risks, bad_responsibilities, bad_compliance, bad_extras, bad_reason,
                        bad_question, bad_answer, bad_comment, bad_person, already_in_team, not_in_team, lead_stays, bad_percent, bad_note,
                        bad_milestone, bad_completion, bad_deliverables, bad_attainment, bad_deviations, bad_panel, bad_day,
                        bad_objective_results, unmet_unexplained, objections_unanswered, bad_conclusion, bad_conditions, bad_experience, bad_lessons, bad_improvements,
                        bad_recipients, manager_not_told, bad_record, bad_successor))

struct project : project_commands {
    static constexpr auto category = events::category::project;
    static constexpr bool told_by_events = true;
    static constexpr bool delegable = true;
    using status = project_status;
    using rejection = project_rejection;
    using event = events::project::any;

    struct planned {
        date due{};
        bool reached = false;
        bool operator==(const planned&) const = default;
    };
    struct state {
        project_status is = project_status::absent;
        project_status before = project_status::absent;          ///< what it goes back to from clarifying
        project_status suspended_from = project_status::absent;  ///< and from suspended
        events::project::health health = events::project::health::on_track;
        std::uint8_t percent = 0;
        bool compliance_checked = false;
        std::uint32_t flow = 1;
        std::uint32_t charter_form = 0;       ///< version of F2 that its charter is filled in by
        project_id id;
        request_id request;
        std::string name;
        events::department department;
        channel_id channel;
        member_id lead;
        std::vector<member_id> team;          ///< with the lead
        member_id submitter;                  ///< of the charter, the acceptance request or the archive that is pending
        member_id decided_for;                ///< whose submission was decided on last
        std::string charter;                  ///< its hash: submitted, and approved once it is active
        date starts{};
        date ends{};
        std::vector<planned> milestones;
        std::uint16_t objectives = 0;
        std::vector<member_id> panel;
        std::vector<member_id> signed_by;
        std::uint16_t objections = 0;         ///< of those who signed
        date panel_on{};
        std::vector<member_id> recipients;
        std::vector<member_id> acknowledged;
        std::uint32_t reports = 0;            ///< of progress
        std::uint32_t records = 0;            ///< bits: kinds that were filed
        std::uint64_t said = 0;               ///< digest of the last step and its words
        flow::hands hands;
        bool operator==(const state&) const = default;

        bool was_chartered() const { return starts != date{}; }
    };

    static decision<project> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations manager = 1;              ///< OM of its department
    static constexpr flow::relations leader = 2;               ///< SL
    static constexpr flow::relations lead = 4;                 ///< PL
    static constexpr flow::relations team = 8;                 ///< PT, the lead among them
    static constexpr flow::relations panellist = 16;           ///< convened
    static constexpr flow::relations pending_panellist = 32;   ///< who has not signed yet
    static constexpr flow::relations submitter = 64;           ///< of what is pending
    static constexpr flow::relations recipient = 128;          ///< of the summary, who has not acknowledged it yet
    static constexpr flow::relations decider = 256;            ///< SL of a charter, OM of an acceptance
    static constexpr flow::relations overseen = manager | decider;
    static constexpr flow::relations overseer = leader;
    static constexpr flow::relations personal = lead | team | panellist | pending_panellist | submitter | recipient;
    static constexpr std::array<std::string_view, 9> relation_names{"manager", "leader", "lead", "team", "panellist", "pending_panellist",
                                                                    "submitter", "recipient", "decider"};
    static constexpr std::array<std::pair<project_status, std::uint16_t>, 8> limits{{{project_status::initiating, 10},
                                                                                     {project_status::charter_pending, 5},
                                                                                     {project_status::clarifying, 3},
                                                                                     {project_status::acceptance_requested, 3},
                                                                                     {project_status::in_acceptance, 10},
                                                                                     {project_status::accepted, 10},
                                                                                     {project_status::summarised, 10},
                                                                                     {project_status::archive_pending, 3}}};

    using row = flow::row<project_status, project_rejection, state>;
    static const std::array<row, 30> flow;

    static status status_of(const state& now) { return now.is; }
    static std::uint32_t flow_version(const state& now) { return now.flow; }
    static flow::relations relations_of(const state& now, const context& by);
    static flow::holders holders(const state& now);
    static flow::relations hand_in(const event& happened);
    static flow::relations settled_by(const event& happened);
    static std::string_view clause_at(const row& asked, const state& now);
    static rejection wrong_state(const row& asked, status at);
    static section section_of(const event& happened);
    static sight_change changes_sight(const event& happened);
    static std::string text_of(const event& happened);
};

BOOST_DESCRIBE_STRUCT(project::planned, (), (due, reached))
BOOST_DESCRIBE_STRUCT(project::state, (), (is, before, suspended_from, health, percent, compliance_checked, flow, charter_form, id, request, name, department, channel, lead,
                                           team, submitter, decided_for, charter, starts, ends, milestones, objectives, panel, signed_by, objections, panel_on,
                                           recipients, acknowledged, reports, records, said, hands))

/// What S3.3.3 wants in the archive and is not there yet, as kinds of records. The forms are there by the flow itself.
std::vector<events::project::record_kind> missing_records(const project::state& of);

// What every kind says of its entities (core/kernel/decider.hpp).
/// The department that runs it and the one that asked for it, its team, panel and recipients; OM, SL, AU (S1.3.4).
bool may_see(const project::state& of, const context& by);
std::string name_of(const project::state& of);
bool may_see_project(const project::state& of, const person& reader, const entities& others);
bool is_work_of(const project::state& of, member_id who);
std::optional<date> said_due(const project::state& of, std::string_view command, const context& by);
concerned concerned_by(const project::event& happened, const project::state& of, const events::envelope& about, const context& by);
bool is_own(const project::state& of, member_id who);
date due_of(const project::state& of);

}  // namespace core
