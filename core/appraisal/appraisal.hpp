#pragma once
// An appraisal of one employee in one cycle: S6.3, D2–D5.
//
//   absent -open-> opened -draft_self-> self_draft -submit_self-> self_submitted -evaluate-> evaluated
//   evaluated -record_talk-> talk_recorded -confirm_talk, by both-> talk_held -finalise-> finalised -apply-> applied
//   self_submitted, evaluated, reopened -return_self-> self_draft; talk_recorded -return_talk-> evaluated
//   finalised -appeal-> appealed -uphold_appeal-> reopened, -reject_appeal-> finalised
//   finalised, applied -reopen-> reopened -evaluate-> evaluated; before it is finalised -cancel-> cancelled
//
// Where F6 never came, F7 may be handed in once the cycle has closed self-appraisal: absent is not zero.
// The state holds no text about the person: that is only in the log, sealed.

#include "core/appraisal/commands.hpp"
#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"

#include <array>
#include <utility>

namespace core {

// clang-format off
OPSROOM_DEFINE_ENUM(appraisal_status,
    (absent, "尚未建立", "Not opened"), (opened, "待自评", "Self-appraisal due", active), (self_draft, "自评填写中", "Self-appraisal in progress", active),
    (self_submitted, "自评已提交", "Self-appraisal submitted", active), (evaluated, "已评价", "Evaluated", active),
    (talk_recorded, "沟通待确认", "Talk to be confirmed", active), (talk_held, "已沟通", "Talk held", active), (finalised, "已定稿", "Finalised", good),
    (appealed, "申诉中", "Under appeal", caution), (reopened, "已重新开启", "Reopened", caution), (applied, "已应用", "Applied", good),
    (cancelled, "已取消", "Cancelled"))
// clang-format on

// Who and when; then fields.
OPSROOM_DEFINE_LONG_ENUM_CLASS(appraisal_rejection,
                       (not_found, already_exists, inactive, not_personnel, not_employee, not_evaluator, not_party, not_reviewer, not_arbiter,
                        not_leader, not_calibrator, own_appraisal, own_evaluation, closed, self_is_in, self_is_closed, evaluation_is_in,
                        evaluation_is_closed, self_is_out, not_evaluated, not_recorded, talk_not_held, not_calibrating, not_calibrated,
                        quarters_pending, not_final, appeal_is_late, appealed_before, not_appealed, appeal_still_possible, incentives_pending,
                        already_final, employee_left),
                       (no_such_cycle, cycle_not_open, no_indicators, no_evaluator, already_opened, bad_lines, bad_evidence, not_your_evidence,
                        no_such_evidence, bad_extras, bad_until, bad_actions, bad_adjustments, bad_successor, bad_evaluator))

struct appraisal : appraisal_commands {
    static constexpr auto category = events::category::appraisal;
    static constexpr bool confidential = true;
    static constexpr events::kind_words says{{"绩效考核", "Appraisal"}, {"绩效考核", "Appraisals"}, "S6.3.1",
                                             {"一名员工在一个周期内的考核：自评、评价、沟通、定稿。", "Of one employee in one cycle: self-appraisal, evaluation, talk, result."}};
    static constexpr std::array seen_through{events::category::cycle};
    static constexpr std::array forms{events::form_words{"F6", {"绩效考核自评表", "Self-appraisal"}}, events::form_words{"F7", {"绩效考核评价表", "Superior's appraisal"}},
                                      events::form_words{"F8", {"绩效沟通记录与改进计划", "Talk record and improvement plan"}}};
    // clang-format off
    static constexpr std::array sections{
        events::section_words{"opening", {"考核对象与指标", "Employee and indicators"}},
        events::section_words{"F6_draft", {"自评草稿（只有您能看到）", "Draft of the self-appraisal (only you see it)"}},
        events::section_words{"F6", {"自评", "Self-appraisal"}},
        events::section_words{"F7_draft", {"评价草稿（只有您能看到）", "Draft of the evaluation (only you see it)"}},
        events::section_words{"F7", {"上级评价", "Superior's appraisal"}},
        events::section_words{"F8", {"绩效沟通与改进计划", "Performance talk and improvement plan"}},
        events::section_words{"calibrations", {"校准", "Calibration"}, true},
        events::section_words{"result", {"定稿结果", "Final result"}},
        events::section_words{"appeal", {"申诉", "Appeal"}},
        events::section_words{"appeal_verdict", {"申诉裁决", "Decision on the appeal"}}};
    // clang-format on
    static constexpr std::array usual_path{appraisal_status::opened, appraisal_status::self_draft, appraisal_status::self_submitted, appraisal_status::evaluated,
                                           appraisal_status::talk_recorded, appraisal_status::talk_held, appraisal_status::finalised, appraisal_status::applied};
    // Not delegable: what is said of oneself, and a judgement of somebody else, are not left to others.
    static constexpr bool judges_people = true;
    using status = appraisal_status;
    using rejection = appraisal_rejection;
    using event = events::appraisal::any;
    using score = std::optional<std::uint8_t>;  ///< 0 to 100; nothing: missing

    /// A piece of evidence that the appraisal as a whole has.
    struct piece {
        std::uint16_t indicator = 0;  ///< its place, from 0
        events::position at;
        member_id by;                 ///< the system: suggested
        bool removed = false;         ///< kept, so that it is not suggested again
        bool operator==(const piece&) const = default;
    };
    /// An action of the improvement plan, known again when the plan is written anew: by whose it is, its day and how long its
    /// words are, which is all that can be told of them sealed.
    struct agreed {
        std::uint16_t number = 0;  ///< from 1
        member_id owner;
        date due{};
        std::uint32_t bytes = 0;
        bool operator==(const agreed&) const = default;
    };
    struct state {
        appraisal_status is = appraisal_status::absent;
        std::uint32_t flow = 1;
        appraisal_id id;
        cycle_id cycle;
        events::cycle::kind kind = events::cycle::kind::quarter;
        std::uint16_t year = 0;
        std::uint8_t quarter = 0;
        member_id employee;
        events::role role;
        events::department department;
        member_id evaluator;
        std::vector<events::indicators::indicator> indicators;
        bool self_in = false;         ///< there is an F6 that was submitted
        bool anew = false;            ///< returned or reopened: F7 may come whatever the cycle has closed
        std::optional<date> extended_until;  ///< F6 and F7 may come until then, whatever the cycle has closed
        std::vector<score> self;      ///< by indicator
        std::vector<score> superior;
        std::vector<score> calibrated;
        std::vector<piece> evidence;
        std::vector<agreed> actions;  ///< of F8 as it is, in its order
        std::vector<agreed> ordered;  ///< of earlier ones, those that have become tasks: once each
        std::uint16_t actions_last = 0;
        bool employee_confirmed = false;
        bool evaluator_confirmed = false;
        std::optional<std::uint32_t> result;  ///< of the last finalisation
        std::optional<events::appraisal::grade> grade;
        std::optional<events::appraisal::breakdown> breakdown;  ///< how that came about, whatever the formula is by now
        std::optional<date> appeal_until;
        bool appealed = false;        ///< since it was finalised
        std::uint32_t self_form = 0;        ///< version of F6 that it was begun with; 0: not begun
        std::uint32_t superior_form = 0;    ///< of F7
        std::uint32_t talk_form = 0;        ///< of F8
        flow::hands hands;
        bool operator==(const state&) const = default;

        /// Where the indicator is; nothing where there is none of this code.
        std::optional<std::size_t> find(std::string_view code) const;
    };

    static decision<appraisal> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations employee = 1;
    static constexpr flow::relations evaluator = 2;
    static constexpr flow::relations reviewer = 4;     ///< the evaluator's superior, or who stands for one: people.hpp
    static constexpr flow::relations arbiter = 8;      ///< SL, or who stands for one: people.hpp
    static constexpr flow::relations leader = 16;      ///< SL
    static constexpr flow::relations personnel = 32;   ///< HR
    static constexpr flow::relations unconfirmed = 64; ///< of the two, who has not confirmed F8 yet
    static constexpr flow::relations judge = 128;      ///< who finalised it
    static constexpr flow::relations hearer = 256;     ///< of an appeal: SL, or who stands for one: people.hpp
    static constexpr flow::relations personal = employee | evaluator | reviewer | arbiter | unconfirmed | judge | hearer;
    static constexpr std::array<std::string_view, 9> relation_names{"employee", "evaluator", "reviewer", "arbiter", "leader", "personnel",
                                                                    "unconfirmed", "judge", "hearer"};
    static constexpr std::array<events::wording, 9> relation_words{{{"被考核人", "Employee"}, {"评价人", "Evaluator"}, {"评价人的上级", "Evaluator's superior"},
                                                                    {"上级领导或其代行人", "Superior leader, or who stands for one"}, {"上级领导", "Superior leader"},
                                                                    {"人力资源", "Human resources"}, {"尚未确认的一方", "Side that is still to confirm"},
                                                                    {"定稿人", "Who finalised it"}, {"申诉答复人", "Who answers the appeal"}}};
    static constexpr std::array<std::pair<appraisal_status, std::uint16_t>, 5> limits{{{appraisal_status::evaluated, 5},
                                                                                       {appraisal_status::talk_recorded, 3},
                                                                                       {appraisal_status::talk_held, 10},
                                                                                       {appraisal_status::appealed, 5},
                                                                                       {appraisal_status::reopened, 5}}};

    /// Not finalised, nor cancelled.
    static constexpr flow::statuses pending =
        flow::from(appraisal_status::opened, appraisal_status::self_draft, appraisal_status::self_submitted, appraisal_status::evaluated,
                   appraisal_status::talk_recorded, appraisal_status::talk_held, appraisal_status::reopened);
    /// With a result that stands, or is only being appealed.
    static constexpr flow::statuses final = flow::from(appraisal_status::finalised, appraisal_status::appealed, appraisal_status::applied);

    using row = flow::row<appraisal_status, appraisal_rejection, state>;
    static const std::array<row, 25> flow;

    static status status_of(const state& now) { return now.is; }
    static std::uint32_t flow_version(const state& now) { return now.flow; }
    static flow::relations relations_of(const state& now, const context& by);
    static flow::holders holders(const state& now);
    static flow::relations hand_in(const event& happened);
    static flow::relations settled_by(const event& happened);
    static rejection wrong_state(const row& asked, status at);
    static section section_of(const event& happened);
    static void follow(const events::recorded& happened, const context& by, follow_ups& all);
    static void suggest(const evidence_ledger& from, const context& by, follow_ups& all);
    static sight_change changes_sight(const event& happened);
};

BOOST_DESCRIBE_STRUCT(appraisal::piece, (), (indicator, at, by, removed))
BOOST_DESCRIBE_STRUCT(appraisal::agreed, (), (number, owner, due, bytes))
// clang-format off
OPSROOM_DESCRIBE(appraisal::state,
    (is, hidden()), (flow, hidden()), (id, hidden()),
    (cycle, reference("考核周期", "Cycle")),
    (kind, choice("种类", "Kind")),
    (year, number("年份", "Year")),
    (quarter, number("季度", "Quarter").hint("年度考核为 0", "0 of an annual one")),
    (employee, person("被考核人", "Employee")),
    (role, role("岗位", "Role")),
    (department, department("部门", "Department")),
    (evaluator, person("评价人", "Evaluator")),
    (indicators, list("考核指标", "Indicators")),
    (self_in, hidden()), (anew, hidden()),
    (extended_until, day("填写期限延至", "Deadline extended to")),
    (self, numbers("自评得分", "Self-appraisal scores").hint("按指标的顺序", "In the order of the indicators")),
    (superior, numbers("上级评价得分", "Scores of the evaluation").hint("按指标的顺序", "In the order of the indicators")),
    (calibrated, numbers("校准后得分", "Calibrated scores").hint("按指标的顺序", "In the order of the indicators")),
    (evidence, hidden()), (actions, hidden()), (ordered, hidden()), (actions_last, hidden()),
    (employee_confirmed, yes_no("被考核人已确认沟通记录", "Talk record confirmed by the employee")),
    (evaluator_confirmed, yes_no("评价人已确认沟通记录", "Talk record confirmed by the evaluator")),
    (result, hundredths("得分", "Score")),
    (grade, choice("等级", "Grade")),
    (breakdown, group("得分构成", "How the score came about")),
    (appeal_until, day("申诉截止日期", "Appeal until")),
    (appealed, yes_no("已申诉", "Appealed")),
    (self_form, hidden()), (superior_form, hidden()), (talk_form, hidden()), (hands, hidden()))
// clang-format on

/// Of the plan's actions, those that have not become tasks yet. Once the talk is held they do.
std::vector<appraisal::agreed> actions_to_order(const appraisal::state& of);

// What every kind says of its entities (core/kernel/decider.hpp).
bool may_see(const appraisal::state& of, const context& by);
bool is_listed(const appraisal::state& of, const context& by);
bool may_read(const appraisal::event& happened, const appraisal::state& of, const context& by);
std::string name_of(const appraisal::state& of);
member_id about(const appraisal::state& of);
bool is_work_of(const appraisal::state& of, member_id who);
/// F6 and F7 of whoever was given more time, and an appeal against a result.
std::vector<appraisal::command> made_up(const appraisal::state& of, const lost_time& lost);
/// Days for an appeal, and for F6 and F7 that were returned, are counted from today.
std::vector<appraisal::command> set_right(const appraisal::state& of, const wrong_clock& wrong, const context& by);
appraisal::command handed_over(const appraisal::state& of, member_id from, member_id to, const context& by);
std::optional<date> said_due(const appraisal::state& of, std::string_view command, const context& by);
/// What can be suggested for it, from its period; what it has, or had and was removed, is left out when it is decided.
appraisal::suggest_evidence suggestions_for(const appraisal::state& of, const evidence_ledger& from);
concerned concerned_by(const appraisal::event& happened, const appraisal::state& of, const events::envelope& about, const context& by);
bool is_own(const appraisal::state& of, member_id who);
date due_of(const appraisal::state& of);
void seal_as_now(appraisal::state& then, const appraisal::state& now, member_id reader);

}  // namespace core
