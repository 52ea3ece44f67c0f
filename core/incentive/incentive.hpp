#pragma once
// What is made of a result (F16): bonus, promotion, salary adjustment, training, award. S6.3.4, S6.4, D8.
//
//   absent -propose-> proposed -approve-> approved -take_effect-> effective; -return-> returned -revise-> proposed
//   proposed -clarify-> clarifying -answer-> proposed; -reject-> rejected; before a decision -withdraw-> withdrawn
//
// It rests on a finalised appraisal that its proposer may see. An award may rest on an announced election instead: the
// system proposes one for each of those elected. Either way SL approves, and releases exactly what was proposed.

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/describe.hpp"
#include "events/catalog/incentive.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>

namespace core {

OPSROOM_DEFINE_ENUM(incentive_status, (absent, "尚未发起", "Not proposed"), (proposed, "待审批", "Awaiting approval", active), (returned, "已退回", "Returned", caution),
                    (clarifying, "待澄清", "Awaiting clarification", caution), (approved, "已批准", "Approved", good), (effective, "已生效", "In effect", good),
                    (rejected, "已驳回", "Rejected", bad), (withdrawn, "已撤回", "Withdrawn"))

BOOST_DEFINE_ENUM_CLASS(incentive_rejection, not_found, already_exists, inactive, not_proposer, not_leader, not_personnel, own_incentive,
                        own_proposal, closed, not_pending, not_returned, not_clarifying, decided_already, not_approved, not_due, result_open,
                        other_proposal, no_such_appraisal, no_such_election, bad_member, bad_ground, bad_amount, bad_day, bad_extras, bad_successor)

struct incentive {
    static constexpr auto category = events::category::incentive;
    static constexpr bool confidential = true;
    static constexpr events::kind_words says{{"激励", "Incentive"}, {"激励", "Incentives"}, "S6.4.1",
                                             {"依据考核结果的奖金、晋升、调薪、培训与奖励。", "Bonus, promotion, salary adjustment, training or award that follows from a result."}};
    static constexpr std::array forms{events::form_words{"F16", {"奖金、晋升、调薪与奖励决定", "Bonus, promotion, salary and award decision"}}};
    static constexpr std::array sections{events::section_words{"F16", {"激励决定", "Incentive"}}, events::section_words{"clarifications", {"澄清", "Clarifications"}, true},
                                         events::section_words{"verdict", {"审批", "Decision"}}};
    static constexpr std::array usual_path{incentive_status::proposed, incentive_status::approved, incentive_status::effective};
    static constexpr bool delegable = true;
    static constexpr bool judges_people = true;
    using status = incentive_status;
    using rejection = incentive_rejection;
    using event = events::incentive::any;
    using kind = events::incentive::kind;
    using money = events::incentive::money;

    /// F16 as it is filled in.
    struct form {
        incentive::kind kind;
        member_id member;
        std::optional<appraisal_id> appraisal;
        std::optional<election_id> election;  ///< of an award, instead of an appraisal
        std::optional<incentive::money> amount;
        date effective;
        std::string terms;
        std::string reason;
        events::form_extras extras;
    };
    struct state {
        incentive_status is = incentive_status::absent;
        std::uint32_t flow = 1;
        std::uint32_t form_version = 0;  ///< of F16, that it is filled in by
        incentive::kind kind = incentive::kind::bonus;
        member_id member;
        appraisal_id appraisal;
        election_id election;
        date effective{};
        member_id proposer;  ///< the system: from an election
        std::string sha256;  ///< of the proposal that is pending, or was approved
        flow::hands hands;
        bool operator==(const state&) const = default;
    };

    /// Creates.
    struct propose {
        static constexpr std::string_view type = "incentive.propose";
        static constexpr events::command_words says{.label = {"发起激励", "Propose an incentive"},
                                                     .hint = {"依据一份已定稿的考核（S6.3.4），由上级领导审批。", "It rests on a finalised appraisal (S6.3.4), and the superior leader approves it."}};
        static constexpr bool creates = true;
        incentive::form form;
    };
    struct revise {
        static constexpr std::string_view type = "incentive.revise";
        static constexpr events::command_words says{.label = {"修改后再次提出", "Revise and propose again"}};
        incentive::form form;
    };
    struct approve {
        static constexpr std::string_view type = "incentive.approve";
        static constexpr events::command_words says{.label = {"批准", "Approve"}, .hint = {"只批准您所见的这一份。", "Approves exactly what you have read."},
                                                     .verdict = events::verdict::pass};
        std::string sha256;  ///< of the proposal that was read
        std::optional<std::string> comment;
    };
    struct send_back {
        static constexpr std::string_view type = "incentive.return";
        static constexpr events::command_words says{.label = {"退回", "Return"}, .verdict = events::verdict::send_back, .ends = true};
        std::string reason;
    };
    struct clarify {
        static constexpr std::string_view type = "incentive.clarify";
        static constexpr events::command_words says{.label = {"要求澄清", "Ask for clarification"}, .verdict = events::verdict::clarify};
        std::string question;
    };
    struct answer {
        static constexpr std::string_view type = "incentive.answer";
        static constexpr events::command_words says{.label = {"答复", "Answer"}};
        std::string answer;
    };
    struct reject {
        static constexpr std::string_view type = "incentive.reject";
        static constexpr events::command_words says{.label = {"驳回", "Reject"}, .grave = {"驳回后即告结束，不能恢复。", "A rejected incentive is closed for good."},
                                                     .verdict = events::verdict::reject, .ends = true};
        std::string reason;
    };
    struct withdraw {
        static constexpr std::string_view type = "incentive.withdraw";
        static constexpr events::command_words says{.label = {"撤回", "Withdraw"}, .grave = {"撤回后即告结束，不能恢复。", "A withdrawn incentive is closed for good."}, .ends = true};
        std::string reason;
    };
    struct take_effect {
        static constexpr std::string_view type = "incentive.take_effect";
        static constexpr events::command_words says{.label = {"生效", "Put into effect"}, .hint = {"到生效日期由系统自动办理。", "On its effective date it happens by itself."}};
        static constexpr bool decides = true;
    };
    /// By the system, when the proposer leaves.
    struct hand_over {
        static constexpr std::string_view type = "incentive.hand_over";
        static constexpr events::command_words says{.label = {"移交", "Hand over"}};
        member_id from;
        member_id to;
    };
    using command = std::variant<propose, revise, approve, send_back, clarify, answer, reject, withdraw, take_effect, hand_over>;

    static decision<incentive> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations manager = 1;     ///< OM
    static constexpr flow::relations personnel = 2;   ///< HR
    static constexpr flow::relations leader = 4;      ///< SL
    static constexpr flow::relations proposer = 8;
    static constexpr flow::relations beneficiary = 16;
    static constexpr flow::relations keeper = 32;     ///< the proposer; where the system proposed it, OM and HR
    static constexpr flow::relations personal = proposer | beneficiary | keeper;
    static constexpr std::array<std::string_view, 6> relation_names{"manager", "personnel", "leader", "proposer", "beneficiary", "keeper"};
    static constexpr std::array<events::wording, 6> relation_words{{{"运营经理", "Operations manager"}, {"人力资源", "Human resources"}, {"上级领导", "Superior leader"},
                                                                   {"提出人", "Proposer"}, {"激励对象", "Beneficiary"}, {"提出人或接手人", "Proposer or successor"}}};
    static constexpr std::array<std::pair<incentive_status, std::uint16_t>, 3> limits{
        {{incentive_status::proposed, 5}, {incentive_status::returned, 5}, {incentive_status::clarifying, 3}}};

    static constexpr flow::statuses undecided =
        flow::from(incentive_status::proposed, incentive_status::returned, incentive_status::clarifying);
    using row = flow::row<incentive_status, incentive_rejection, state>;
    static const std::array<row, 10> flow;

    static status status_of(const state& now) { return now.is; }
    static std::uint32_t flow_version(const state& now) { return now.flow; }
    static flow::relations relations_of(const state& now, const context& by);
    static state as_if(const state& now, const command& asked, const context& by);
    static flow::holders holders(const state& now);
    static flow::relations hand_in(const event& happened);
    static flow::relations settled_by(const event& happened);
    static rejection wrong_state(const row& asked, status at);
    static section section_of(const event& happened);
    static void follow(const events::recorded& happened, const context& by, follow_ups& all);
};

OPSROOM_DESCRIBE_AS(incentive::form, events::incentive::proposal, kind, member, appraisal, election, amount, effective, terms, reason, extras)
// clang-format off
OPSROOM_DESCRIBE(incentive::state,
    (is, hidden()), (flow, hidden()), (form_version, hidden()),
    (kind, choice("种类", "Kind")),
    (member, person("激励对象", "Beneficiary")),
    (appraisal, reference("依据的考核", "Appraisal")),
    (election, reference("依据的评选", "Election")),
    (effective, day("生效日期", "Effective date")),
    (proposer, person("提出人", "Proposer")),
    (sha256, hash("内容哈希", "Content hash")),
    (hands, hidden()))
// clang-format on
OPSROOM_DESCRIBE(incentive::propose, (form, group("激励决定", "Incentive")))
OPSROOM_DESCRIBE(incentive::revise, (form, group("激励决定", "Incentive")))
OPSROOM_DESCRIBE(incentive::approve, (sha256, hash("已阅内容的哈希", "Hash of what you have read").hint("即待审批内容的 sha256", "The sha256 of what is pending").code("other_proposal")), (comment, remark("意见", "Comment")))
OPSROOM_DESCRIBE(incentive::send_back, (reason, reason().example("金额过高", "The amount is too high")))
OPSROOM_DESCRIBE(incentive::clarify, (question, remark("问题", "Question").example("由哪笔预算支出？", "From which budget?")))
OPSROOM_DESCRIBE(incentive::answer, (answer, prose("答复", "Answer").example("本部门预算", "The department's")))
OPSROOM_DESCRIBE(incentive::reject, (reason, reason().example("没有预算", "No budget")))
OPSROOM_DESCRIBE(incentive::withdraw, (reason, reason().example("重复提出", "Proposed twice")))
OPSROOM_DESCRIBE_EMPTY(incentive::take_effect)
OPSROOM_DESCRIBE(incentive::hand_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To").code("bad_successor")))

/// Who proposed it, SL and HR; the one who gets it once it is approved.
bool may_see_incentive(const incentive::state& of, const person& reader);
/// Whether all that they see of it is what was granted in the end: the one who gets it reads what was approved, not how it was
/// haggled over (D5).
bool sees_outcome_alone(const incentive::state& of, const person& reader);
/// One event of it.
bool may_read(const events::incentive::any& happened, const incentive::state& of, const person& reader);

/// What a tick gives in the system's name: it takes effect on its day.
std::vector<incentive::command> due_commands(const incentive::state& now, const context& by);

// What every kind says of its entities (core/kernel/decider.hpp).
bool may_see(const incentive::state& of, const context& by);
bool may_read(const incentive::event& happened, const incentive::state& of, const context& by);
std::string name_of(const incentive::state& of);
member_id about(const incentive::state& of);
bool is_work_of(const incentive::state& of, member_id who);
incentive::command handed_over(const incentive::state& of, member_id from, member_id to, const context& by);
concerned concerned_by(const incentive::event& happened, const incentive::state& of, const events::envelope& about, const context& by);
bool is_own(const incentive::state& of, member_id who);
date due_of(const incentive::state& of);

}  // namespace core
