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

OPSROOM_DEFINE_ENUM(project_status, (absent, "尚未立项", "Not initiated"), (initiating, "立项中", "Initiating", active),
                    (charter_pending, "立项待批", "Charter pending approval", active), (clarifying, "待澄清", "Awaiting clarification", caution),
                    (rejected, "已驳回", "Rejected", bad), (active, "执行中", "In progress", active),
                    (acceptance_requested, "待组织验收", "Acceptance requested", active), (in_acceptance, "验收中", "In acceptance", active),
                    (accepted, "已验收", "Accepted", good), (summarised, "已总结", "Summarised", good), (archive_pending, "归档待审", "Archive pending", active),
                    (archived, "已封存", "Archived", good), (suspended, "已暂停", "Suspended", caution), (cancelled, "已取消", "Cancelled"))

// Who and when; then fields.
BOOST_DEFINE_ENUM_CLASS(project_rejection, not_found, already_exists, inactive, by_request_only, not_manager, not_leader, not_lead, not_team, not_panellist,
                        not_recipient, own_submission, closed, not_initiating, not_pending, not_clarifying, not_active, not_requested, not_in_acceptance,
                        not_accepted, not_summarised, not_archive_pending, not_suspended, cannot_suspend, no_filing_now, signatures_missing, records_missing,
                        tasks_open, unchecked, other_charter, not_my_answer, bad_schedule, bad_milestones, bad_budget, bad_compliance, bad_extras, bad_comment,
                        bad_person, already_in_team, not_in_team, lead_stays, bad_milestone, bad_panel, bad_day, bad_objective_results, unmet_unexplained,
                        objections_unanswered, bad_recipients, manager_not_told, bad_record)

struct project : project_commands {
    static constexpr auto category = events::category::project;
    static constexpr events::kind_words says{{"项目", "Project"}, {"项目", "Projects"}, "S3.1.3",
                                             {"从立项、执行、验收到归档。", "From charter and execution to acceptance and archive."}};
    static constexpr std::array forms{events::form_words{"F2", {"项目立项计划书", "Project charter"}}, events::form_words{"F3", {"项目验收申请报告", "Acceptance request"}},
                                      events::form_words{"F4", {"项目验收报告", "Acceptance report"}}, events::form_words{"F5", {"项目总结", "Project summary"}}};
    static constexpr std::array sections{events::section_words{"F2", {"F2 立项计划书", "F2 Charter"}}, events::section_words{"charter_verdict", {"立项审批", "Decision on the charter"}},
                                         events::section_words{"clarifications", {"澄清", "Clarifications"}, true}, events::section_words{"milestones", {"里程碑", "Milestones"}, true},
                                         events::section_words{"progress", {"进展汇报", "Progress reports"}, true}, events::section_words{"F3", {"F3 验收申请", "F3 Acceptance request"}},
                                         events::section_words{"panel", {"验收组", "Acceptance panel"}}, events::section_words{"signatures", {"验收意见", "Signatures"}, true},
                                         events::section_words{"failed_acceptances", {"未通过的验收", "Acceptances that did not pass"}, true}, events::section_words{"F4", {"F4 验收报告", "F4 Acceptance report"}},
                                         events::section_words{"F5", {"F5 项目总结", "F5 Summary"}}, events::section_words{"acknowledgements", {"已阅确认", "Acknowledgements"}, true},
                                         events::section_words{"records", {"归档材料", "Records"}, true}, events::section_words{"F17", {"F17 归档", "F17 Archive"}}};
    static constexpr std::array usual_path{project_status::initiating, project_status::charter_pending, project_status::active, project_status::acceptance_requested,
                                           project_status::in_acceptance, project_status::accepted, project_status::summarised, project_status::archive_pending,
                                           project_status::archived};
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
    static constexpr std::array<events::wording, 9> relation_words{{{"所属部门的运营经理", "Operations manager"}, {"上级领导", "Superior leader"}, {"项目负责人", "Project lead"},
                                                                   {"项目团队", "Project team"}, {"验收组成员", "Panel member"}, {"尚未签署的验收组成员", "Panel member still to sign"},
                                                                   {"提交人", "Submitter"}, {"尚未确认总结的报送对象", "Recipient still to acknowledge the summary"},
                                                                   {"审批人", "Decision maker"}}};
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
    static void find_evidence(const event& what, const events::envelope& at, const entities& after, date on, evidence_ledger& to);
    static void follow(const events::recorded& happened, const context& by, follow_ups& all);
    static sight_change changes_sight(const event& happened);
    static std::string text_of(const event& happened);
};

OPSROOM_DESCRIBE(project::planned, (due, day("完成日期", "Due")), (reached, yes_no("已达成", "Reached")))
// clang-format off
OPSROOM_DESCRIBE(project::state,
    (is, hidden()), (before, hidden()), (suspended_from, hidden()),
    (health, choice("状况", "Health")),
    (percent, percent("进度", "Progress")),
    (compliance_checked, hidden()), (flow, hidden()), (charter_form, hidden()), (id, hidden()),
    (request, reference("需求申请", "Request")),
    (name, line("项目名称", "Project name")),
    (department, department("所属部门", "Department")),
    (channel, reference("项目频道", "Project channel")),
    (lead, person("项目负责人", "Project lead")),
    (team, people("团队成员", "Team")),
    (submitter, hidden()), (decided_for, hidden()),
    (charter, hash("立项计划书哈希", "Hash of the charter")),
    (starts, day("开始日期", "Starts")),
    (ends, day("结束日期", "Ends")),
    (milestones, list("里程碑", "Milestones")),
    (objectives, hidden()),
    (panel, people("验收组", "Acceptance panel")),
    (signed_by, people("已签署", "Signed").shown_as("signed")),
    (objections, hidden()),
    (panel_on, day("验收日", "Acceptance day")),
    (recipients, people("总结报送对象", "Recipients of the summary")),
    (acknowledged, people("已确认总结", "Acknowledged the summary")),
    (reports, hidden()), (records, hidden()), (said, hidden()), (hands, hidden()))
// clang-format on

/// What S3.3.3 wants in the archive and is not there yet, as kinds of records. The forms are there by the flow itself.
std::vector<events::project::record_kind> missing_records(const project::state& of);

// What every kind says of its entities (core/kernel/decider.hpp).
/// The department that runs it and the one that asked for it, its team, panel and recipients; OM, SL, AU (S1.3.4).
bool may_see(const project::state& of, const context& by);
std::string name_of(const project::state& of);
bool may_see_project(const project::state& of, const person& reader, const entities& others);
bool is_work_of(const project::state& of, member_id who);
/// From the day after on it is decided without those who have not signed.
std::vector<project::command> made_up(const project::state& of, const lost_time& lost);
std::optional<date> said_due(const project::state& of, std::string_view command, const context& by);
concerned concerned_by(const project::event& happened, const project::state& of, const events::envelope& about, const context& by);
bool is_own(const project::state& of, member_id who);
date due_of(const project::state& of);

}  // namespace core
