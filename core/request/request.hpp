#pragma once
// A project request (F1) and its assessment (F1a): S3.1.1, S3.1.2.
//
//   absent -draft-> draft -submit-> submitted -convene-> in_assessment -pass-> approved
//   in_assessment -return-> draft, -clarify-> clarifying -answer-> in_assessment, -reject-> rejected
//   draft, submitted, in_assessment, clarifying -withdraw-> withdrawn

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/describe.hpp"
#include "events/catalog/request.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(request_status, (absent, "尚未起草", "Not drafted"), (draft, "草稿", "Draft"), (submitted, "待组织评估", "Awaiting assessment", active),
                    (in_assessment, "评估中", "In assessment", active), (clarifying, "待澄清", "Awaiting clarification", caution),
                    (approved, "已通过", "Approved", good), (rejected, "已驳回", "Rejected", bad), (withdrawn, "已撤回", "Withdrawn"))

BOOST_DEFINE_ENUM_CLASS(request_rejection, not_found, already_exists, inactive, not_requester, not_manager, own_request, not_assessor,
                        closed, not_draft, not_submitted, not_in_assessment, not_clarifying, opinions_missing, unchecked,
                        bad_required_by, bad_compliance, bad_extras, assessor_is_requester, bad_until, bad_addressee)

struct request {
    static constexpr auto category = events::category::request;
    static constexpr events::kind_words says{{"需求申请", "Request"}, {"需求申请", "Requests"}, "S3.1.1",
                                             {"项目从需求申请开始：经评估、裁决，通过后立项。", "A project begins as a request: it is assessed, decided on, and becomes a project once passed."}};
    static constexpr std::array forms{events::form_words{"F1", {"项目需求申请表", "Project request"}}, events::form_words{"F1a", {"需求评估意见", "Assessment"}}};
    static constexpr std::array sections{events::section_words{"F1", {"F1 项目需求申请", "F1 Project request"}}, events::section_words{"F1a", {"F1a 评估意见", "F1a Assessments"}, true},
                                         events::section_words{"clarifications", {"澄清", "Clarifications"}, true}, events::section_words{"verdict", {"裁决", "Decision"}}};
    static constexpr std::array usual_path{request_status::draft, request_status::submitted, request_status::in_assessment, request_status::approved};
    static constexpr bool told_by_events = true;
    static constexpr bool delegable = true;
    using status = request_status;
    using rejection = request_rejection;
    using event = events::request::any;
    using form = events::request::form;
    using opinion = events::request::opinion;

    struct state {
        request_status is = request_status::absent;
        events::priority priority = events::priority::normal;
        bool compliance_checked = false;
        std::uint32_t flow = 1;
        std::uint32_t form = 0;  ///< version of F1 that it is filled in by
        member_id requester;
        events::department department;
        std::optional<events::department> to;  ///< whose OM decides on it; of old ones it is not known
        std::string title;
        date required_by{};
        std::vector<member_id> assessors;
        std::vector<member_id> assessed;  ///< who of them has given an opinion
        date until{};
        std::uint64_t said = 0;           ///< digest of the last step and its words: the same again has already taken effect
        flow::hands hands;
        bool operator==(const state&) const = default;
    };

    /// Creates.
    struct draft {
        static constexpr std::string_view type = "request.draft";
        static constexpr events::command_words says{.label = {"起草需求申请", "Draft a request"}, .hint = {"任何部门都可以提出（S3.1.1）。提交后由运营经理组织评估。", "Any department may (S3.1.1). Once it is submitted, the operations manager convenes the assessment."}};
        static constexpr bool creates = true;
        request::form form;
        std::optional<events::department> to = {};  ///< whose OM decides; left out: addressee() says (core/kernel/departments.hpp)
    };
    struct revise {
        static constexpr std::string_view type = "request.revise";
        static constexpr events::command_words says{.label = {"修改申请", "Revise"}};
        request::form form;
    };
    struct submit {
        static constexpr std::string_view type = "request.submit";
        static constexpr events::command_words says{.label = {"提交申请", "Submit"}};
    };
    struct convene {
        static constexpr std::string_view type = "request.convene";
        static constexpr events::command_words says{.label = {"召集评估人", "Convene assessors"}};
        std::vector<member_id> assessors;
        date until;
    };
    struct assess {
        static constexpr std::string_view type = "request.assess";
        static constexpr events::command_words says{.label = {"发表评估意见", "Give an opinion"}, .hint = {"评估期间可再次发表，以最后一次为准。", "It can be given again during the assessment; the last one counts."}};
        request::opinion opinion;
    };
    struct pass {
        static constexpr std::string_view type = "request.pass";
        static constexpr events::command_words says{.label = {"通过", "Approve"}, .hint = {"通过后即立项。", "The request becomes a project."}, .verdict = events::verdict::pass};
        std::optional<std::string> reason;
    };
    struct send_back {
        static constexpr std::string_view type = "request.return";
        static constexpr events::command_words says{.label = {"退回", "Return"}, .hint = {"退回后由申请人修改，再次提交。", "The requester revises it and submits it again."}, .verdict = events::verdict::send_back, .ends = true};
        std::string reason;
    };
    struct clarify {
        static constexpr std::string_view type = "request.clarify";
        static constexpr events::command_words says{.label = {"要求澄清", "Ask for clarification"}, .verdict = events::verdict::clarify};
        std::string question;
    };
    struct reject {
        static constexpr std::string_view type = "request.reject";
        static constexpr events::command_words says{.label = {"驳回", "Reject"}, .grave = {"驳回后申请即告结束，不能恢复。", "A rejected request is closed for good."}, .verdict = events::verdict::reject, .ends = true};
        std::string reason;
    };
    struct answer {
        static constexpr std::string_view type = "request.answer";
        static constexpr events::command_words says{.label = {"答复", "Answer"}};
        std::string answer;
    };
    struct withdraw {
        static constexpr std::string_view type = "request.withdraw";
        static constexpr events::command_words says{.label = {"撤回", "Withdraw"}, .grave = {"撤回后申请即告结束，不能恢复。", "A withdrawn request is closed for good."}, .ends = true};
        std::string reason;
    };
    /// By the system, when somebody leaves.
    struct hand_over {
        static constexpr std::string_view type = "request.hand_over";
        static constexpr events::command_words says{.label = {"移交", "Hand over"}};
        member_id from;
        member_id to;
    };
    /// By the system, for the time that people lost (core/kernel/lost_time.hpp).
    struct extend_assessment {
        static constexpr std::string_view type = "request.extend_assessment";
        static constexpr events::command_words says{.label = {"延长评估期限", "Extend the assessment"}};
        date until;
        std::string reason;
    };
    using command = std::variant<draft, revise, submit, convene, assess, pass, send_back, clarify, reject, answer, withdraw, hand_over,
                                 extend_assessment>;

    static decision<request> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations anyone = 1;
    static constexpr flow::relations requester = 2;
    static constexpr flow::relations manager = 4;           ///< OM of the department that it is addressed to
    static constexpr flow::relations assessor = 8;          ///< convened
    static constexpr flow::relations pending_assessor = 16; ///< whose opinion is still out
    static constexpr flow::relations leader = 32;           ///< SL
    static constexpr flow::relations overseen = manager;
    static constexpr flow::relations overseer = leader;
    static constexpr flow::relations personal = requester | assessor | pending_assessor;
    static constexpr std::array<std::string_view, 6> relation_names{"anyone", "requester", "manager", "assessor", "pending_assessor", "leader"};
    static constexpr std::array<events::wording, 6> relation_words{{{"任何人", "Anyone"}, {"申请人", "Requester"}, {"受理部门的运营经理", "Operations manager"},
                                                                   {"评估人", "Assessor"}, {"尚未发表意见的评估人", "Assessor still to give an opinion"},
                                                                   {"上级领导", "Superior leader"}}};
    static constexpr std::array<std::pair<request_status, std::uint16_t>, 3> limits{
        {{request_status::submitted, 3}, {request_status::in_assessment, 10}, {request_status::clarifying, 3}}};

    static constexpr flow::statuses open =
        flow::from(request_status::draft, request_status::submitted, request_status::in_assessment, request_status::clarifying);
    using row = flow::row<request_status, request_rejection, state>;
    static const std::array<row, 13> flow;

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
OPSROOM_DESCRIBE(request::state,
    (is, hidden()),
    (priority, choice("优先级", "Priority")),
    (compliance_checked, yes_no("已完成合规检查", "Compliance checked")),
    (flow, hidden()), (form, hidden()),
    (requester, person("申请人", "Requester")),
    (department, department("部门", "Department")),
    (to, hidden()),
    (title, line("标题", "Title")),
    (required_by, day("时间要求", "Required by")),
    (assessors, people("评估人", "Assessors")),
    (assessed, people("已发表意见", "Opinions given")),
    (until, day("意见截止日", "Opinions due")),
    (said, hidden()), (hands, hidden()))
// clang-format on
OPSROOM_DESCRIBE(request::draft, (form, group("需求申请", "Request")), (to, department("受理部门", "Deciding department").hint("由其运营经理裁决；不填则为本部门，本部门无运营经理时为运营部门", "Its operations manager decides; left out: your own, or the one that has an operations manager").code("bad_addressee")))
OPSROOM_DESCRIBE(request::revise, (form, group("需求申请", "Request")))
OPSROOM_DESCRIBE_EMPTY(request::submit)
OPSROOM_DESCRIBE(request::convene, (assessors, people("评估人", "Assessors").least(1).most(16).example("@chen.wei,@zhao.lei", "@chen.wei,@zhao.lei")), (until, day("意见截止日", "Opinions due").example("+5d", "+5d")))
OPSROOM_DESCRIBE(request::assess, (opinion, group("评估意见", "Opinion")))
OPSROOM_DESCRIBE(request::pass, (reason, remark("说明", "Remark").code("bad_reason")))
OPSROOM_DESCRIBE(request::send_back, (reason, reason().example("缺少费用说明", "Costs are missing")))
OPSROOM_DESCRIBE(request::clarify, (question, remark("问题", "Question").example("费用由谁承担？", "Who pays?")))
OPSROOM_DESCRIBE(request::reject, (reason, reason().example("今年没有预算", "No budget this year")))
OPSROOM_DESCRIBE(request::answer, (answer, prose("答复", "Answer").example("由财务部承担", "Finance does")))
OPSROOM_DESCRIBE(request::withdraw, (reason, reason().example("已由别处完成", "Done elsewhere")))
OPSROOM_DESCRIBE(request::hand_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To").code("bad_successor")))
OPSROOM_DESCRIBE(request::extend_assessment, (until, day("意见截止日", "Opinions due")), (reason, reason()))

// What every kind says of its entities (core/kernel/decider.hpp).
/// Its requester and their department, who assesses it; OM, SL, AU. Whoever stands in for one of them.
bool may_see(const request::state& of, const context& by);
std::string name_of(const request::state& of);
bool may_see_request(const request::state& of, const person& reader);
bool is_work_of(const request::state& of, member_id who);
/// From the day after on it is decided without those who have not said what they think.
std::vector<request::command> made_up(const request::state& of, const lost_time& lost);
std::optional<date> said_due(const request::state& of, std::string_view command, const context& by);
concerned concerned_by(const request::event& happened, const request::state& of, const events::envelope& about, const context& by);
bool is_own(const request::state& of, member_id who);
date due_of(const request::state& of);

}  // namespace core
