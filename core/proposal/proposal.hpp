#pragma once
// A proposal of something new or better, from anyone: S1.3.5, S2.2.3. OM's verdict has a reason; an adopted one is to the credit of
// whose idea it was, and what it has come to is told.
//
//   absent -file-> filed -adopt-> adopted -carry_out-> carried_out, -drop-> dropped
//   filed -return-> returned -revise-> filed; -clarify-> clarifying -answer-> filed; -reject-> rejected
//   filed, returned, clarifying -withdraw-> withdrawn

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/describe.hpp"
#include "events/catalog/proposal.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(proposal_status, (absent, "尚未提出", "Not filed"), (filed, "待裁决", "Awaiting a decision", active), (returned, "已退回", "Returned", caution),
                    (clarifying, "待澄清", "Awaiting clarification", caution), (adopted, "已采纳", "Adopted", good),
                    (carried_out, "已实施", "Carried out", good), (rejected, "已驳回", "Rejected", bad), (withdrawn, "已撤回", "Withdrawn"),
                    (dropped, "不再实施", "Dropped"))

BOOST_DEFINE_ENUM_CLASS(proposal_rejection, not_found, already_exists, inactive, not_proposer, not_manager, own_proposal, closed, not_filed,
                        not_returned, not_clarifying, decided_already, not_adopted, bad_with, bad_extras, bad_addressee)

struct proposal {
    static constexpr auto category = events::category::proposal;
    static constexpr events::kind_words says{{"优化建议", "Proposal"}, {"优化建议", "Proposals"}, "S1.3.5",
                                             {"人人可提。裁决须写明原因，采纳后署提出人之名。", "Anyone may file one. The decision has a reason, and an adopted proposal is credited to whose idea it was."}};
    static constexpr std::array forms{events::form_words{"proposal", {"创新与优化建议", "Proposal"}}};
    static constexpr std::array sections{events::section_words{"proposal", {"建议内容", "Proposal"}}, events::section_words{"clarifications", {"澄清", "Clarifications"}, true},
                                         events::section_words{"verdict", {"裁决", "Decision"}}, events::section_words{"effect", {"实施结果", "Outcome"}}};
    static constexpr std::array usual_path{proposal_status::filed, proposal_status::adopted, proposal_status::carried_out};
    static constexpr bool delegable = true;
    using status = proposal_status;
    using rejection = proposal_rejection;
    using event = events::proposal::any;
    using form = events::proposal::form;
    using kind = events::proposal::kind;

    struct state {
        proposal_status is = proposal_status::absent;
        std::uint32_t flow = 1;
        std::uint32_t form = 0;  ///< version of the form that it is filled in by
        proposal::kind kind = proposal::kind::other;
        events::department department;
        std::optional<events::department> to;  ///< whose OM decides on it; of old ones it is not known
        std::string title;
        member_id proposer;
        std::vector<member_id> with;
        std::vector<member_id> credited;  ///< once it is adopted
        std::uint64_t said = 0;           ///< digest of the last step and its words: the same again has already taken effect
        flow::hands hands;
        bool operator==(const state&) const = default;
    };

    /// Creates.
    struct file {
        static constexpr std::string_view type = "proposal.file";
        static constexpr events::command_words says{.label = {"提出建议", "File a proposal"}, .hint = {"人人可提（S1.3.5）。", "Anyone may (S1.3.5)."}};
        static constexpr bool creates = true;
        proposal::form form;
        std::optional<events::department> to = {};  ///< whose OM decides; left out: addressee() says (core/kernel/departments.hpp)
    };
    struct revise {
        static constexpr std::string_view type = "proposal.revise";
        static constexpr events::command_words says{.label = {"修改后再次提出", "Revise and file again"}};
        proposal::form form;
    };
    struct adopt {
        static constexpr std::string_view type = "proposal.adopt";
        static constexpr events::command_words says{.label = {"采纳", "Adopt"}, .hint = {"署名归提出人与共同提出人。", "It is credited to the proposer and the co-proposers."}, .verdict = events::verdict::pass};
        std::string reason;
    };
    struct send_back {
        static constexpr std::string_view type = "proposal.return";
        static constexpr events::command_words says{.label = {"退回", "Return"}, .verdict = events::verdict::send_back, .ends = true};
        std::string reason;
    };
    struct clarify {
        static constexpr std::string_view type = "proposal.clarify";
        static constexpr events::command_words says{.label = {"要求澄清", "Ask for clarification"}, .verdict = events::verdict::clarify};
        std::string question;
    };
    struct answer {
        static constexpr std::string_view type = "proposal.answer";
        static constexpr events::command_words says{.label = {"答复", "Answer"}};
        std::string answer;
    };
    struct reject {
        static constexpr std::string_view type = "proposal.reject";
        static constexpr events::command_words says{.label = {"驳回", "Reject"}, .grave = {"驳回后即告结束，不能恢复。", "A rejected proposal is closed for good."}, .verdict = events::verdict::reject, .ends = true};
        std::string reason;
    };
    struct withdraw {
        static constexpr std::string_view type = "proposal.withdraw";
        static constexpr events::command_words says{.label = {"撤回", "Withdraw"}, .grave = {"撤回后即告结束，不能恢复。", "A withdrawn proposal is closed for good."}, .ends = true};
        std::string reason;
    };
    struct carry_out {
        static constexpr std::string_view type = "proposal.carry_out";
        static constexpr events::command_words says{.label = {"记录已实施", "Record as carried out"}, .hint = {"写明实施效果。", "Say what it has achieved."}};
        std::string effect;
    };
    struct drop {
        static constexpr std::string_view type = "proposal.drop";
        static constexpr events::command_words says{.label = {"不再实施", "Drop"}, .grave = {"之后不能恢复。", "A dropped proposal is closed for good."}, .ends = true};
        std::string reason;
    };
    /// By the system, when the proposer leaves.
    struct hand_over {
        static constexpr std::string_view type = "proposal.hand_over";
        static constexpr events::command_words says{.label = {"移交", "Hand over"}};
        member_id from;
        member_id to;
    };
    using command = std::variant<file, revise, adopt, send_back, clarify, answer, reject, withdraw, carry_out, drop, hand_over>;

    static decision<proposal> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations anyone = 1;
    static constexpr flow::relations proposer = 2;
    static constexpr flow::relations inventor = 4;  ///< the proposer, and whose idea it is as well
    static constexpr flow::relations manager = 8;   ///< OM of the department that it is addressed to
    static constexpr flow::relations leader = 16;   ///< SL
    static constexpr flow::relations overseen = manager;
    static constexpr flow::relations overseer = leader;
    static constexpr flow::relations personal = proposer | inventor;
    static constexpr std::array<std::string_view, 5> relation_names{"anyone", "proposer", "inventor", "manager", "leader"};
    static constexpr std::array<events::wording, 5> relation_words{{{"任何人", "Anyone"}, {"提出人", "Proposer"}, {"提出人及共同提出人", "Proposer and co-proposers"},
                                                                   {"受理部门的运营经理", "Operations manager"}, {"上级领导", "Superior leader"}}};
    static constexpr std::array<std::pair<proposal_status, std::uint16_t>, 4> limits{{{proposal_status::filed, 10},
                                                                                      {proposal_status::returned, 10},
                                                                                      {proposal_status::clarifying, 5},
                                                                                      {proposal_status::adopted, 60}}};

    static constexpr flow::statuses undecided = flow::from(proposal_status::filed, proposal_status::returned, proposal_status::clarifying);
    using row = flow::row<proposal_status, proposal_rejection>;
    static const std::array<row, 11> flow;

    static status status_of(const state& now) { return now.is; }
    static std::uint32_t flow_version(const state& now) { return now.flow; }
    static flow::relations relations_of(const state& now, const context& by);
    static flow::holders holders(const state& now);
    static flow::relations hand_in(const event& happened);
    static flow::relations settled_by(const event& happened);
    static rejection wrong_state(const row& asked, status at);
    static section section_of(const event& happened);
    static void find_evidence(const event& what, const events::envelope& at, const entities& after, date on, evidence_ledger& to);
    static std::string text_of(const event& happened);
};

// clang-format off
OPSROOM_DESCRIBE(proposal::state,
    (is, hidden()), (flow, hidden()), (form, hidden()),
    (kind, choice("类别", "Category")),
    (department, department("部门", "Department")),
    (to, hidden()),
    (title, line("标题", "Title")),
    (proposer, person("提出人", "Proposer")),
    (with, people("共同提出人", "Co-proposers")),
    (credited, people("署名人", "Credited")),
    (said, hidden()), (hands, hidden()))
// clang-format on
OPSROOM_DESCRIBE(proposal::file, (form, group("建议", "Proposal")), (to, department("受理部门", "Deciding department").hint("由其运营经理裁决；不填则为本部门，本部门无运营经理时为运营部门", "Its operations manager decides; left out: your own, or the one that has an operations manager").code("bad_addressee")))
OPSROOM_DESCRIBE(proposal::revise, (form, group("建议", "Proposal")))
OPSROOM_DESCRIBE(proposal::adopt, (reason, reason().example("每周省一天", "Saves a day a week")))
OPSROOM_DESCRIBE(proposal::send_back, (reason, reason().example("请写明成本", "Say what it costs")))
OPSROOM_DESCRIBE(proposal::clarify, (question, remark("问题", "Question").example("涉及哪些件？", "Which cases?")))
OPSROOM_DESCRIBE(proposal::answer, (answer, prose("答复", "Answer").example("所有邮寄件", "All that come by mail")))
OPSROOM_DESCRIBE(proposal::reject, (reason, reason().example("法规要求三张表单", "Law asks for three forms")))
OPSROOM_DESCRIBE(proposal::withdraw, (reason, reason().example("重复提出", "Filed twice")))
OPSROOM_DESCRIBE(proposal::carry_out, (effect, prose("实施效果", "Effect").example("每件省九分钟", "Nine minutes a case")))
OPSROOM_DESCRIBE(proposal::drop, (reason, reason().example("系统将被替换", "The system is replaced")))
OPSROOM_DESCRIBE(proposal::hand_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To").code("bad_successor")))

// What every kind says of its entities (core/kernel/decider.hpp).
/// Everyone who is here: what others propose is there to be talked about and built upon (S1.3.4).
bool may_see(const proposal::state& of, const context& by);
std::string name_of(const proposal::state& of);
bool is_work_of(const proposal::state& of, member_id who);
concerned concerned_by(const proposal::event& happened, const proposal::state& of, const events::envelope& about, const context& by);
bool is_own(const proposal::state& of, member_id who);

}  // namespace core
