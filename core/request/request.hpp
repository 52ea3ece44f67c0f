#pragma once
// A project request (F1) and its assessment (F1a): S3.1.1, S3.1.2.
//
//   absent -draft-> draft -submit-> submitted -convene-> in_assessment -pass-> approved
//   in_assessment -return-> draft, -clarify-> clarifying -answer-> in_assessment, -reject-> rejected
//   draft, submitted, in_assessment, clarifying -withdraw-> withdrawn

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/request.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

BOOST_DEFINE_ENUM_CLASS(request_status, absent, draft, submitted, in_assessment, clarifying, approved, rejected, withdrawn)

BOOST_DEFINE_ENUM_CLASS(request_rejection, not_found, already_exists, inactive, not_requester, not_manager, own_request, not_assessor,
                        closed, not_draft, not_submitted, not_in_assessment, not_clarifying, opinions_missing, unchecked, bad_title,
                        bad_background, bad_objectives, bad_content, bad_required_by, bad_benefit, bad_compliance, bad_extras,
                        bad_assessors, assessor_is_requester, bad_until, bad_rating, bad_reason, bad_question, bad_answer, bad_successor, bad_addressee)

struct request {
    static constexpr auto category = events::category::request;
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
        static constexpr bool creates = true;
        request::form form;
        std::optional<events::department> to = {};  ///< whose OM decides; left out: addressee() says (core/kernel/departments.hpp)
    };
    struct revise {
        static constexpr std::string_view type = "request.revise";
        request::form form;
    };
    struct submit {
        static constexpr std::string_view type = "request.submit";
    };
    struct convene {
        static constexpr std::string_view type = "request.convene";
        std::vector<member_id> assessors;
        date until;
    };
    struct assess {
        static constexpr std::string_view type = "request.assess";
        request::opinion opinion;
    };
    struct pass {
        static constexpr std::string_view type = "request.pass";
        std::optional<std::string> reason;
    };
    struct send_back {
        static constexpr std::string_view type = "request.return";
        std::string reason;
    };
    struct clarify {
        static constexpr std::string_view type = "request.clarify";
        std::string question;
    };
    struct reject {
        static constexpr std::string_view type = "request.reject";
        std::string reason;
    };
    struct answer {
        static constexpr std::string_view type = "request.answer";
        std::string answer;
    };
    struct withdraw {
        static constexpr std::string_view type = "request.withdraw";
        std::string reason;
    };
    /// By the system, when somebody leaves.
    struct hand_over {
        static constexpr std::string_view type = "request.hand_over";
        member_id from;
        member_id to;
    };
    /// By the system, for the time that people lost (core/policies/made_up.hpp).
    struct extend_assessment {
        static constexpr std::string_view type = "request.extend_assessment";
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
    static std::string text_of(const event& happened);
};

BOOST_DESCRIBE_STRUCT(request::state, (), (is, priority, compliance_checked, flow, form, requester, department, to, title, required_by, assessors,
                                           assessed, until, said, hands))
BOOST_DESCRIBE_STRUCT(request::draft, (), (form, to))
BOOST_DESCRIBE_STRUCT(request::revise, (), (form))
BOOST_DESCRIBE_STRUCT(request::submit, (), ())
BOOST_DESCRIBE_STRUCT(request::convene, (), (assessors, until))
BOOST_DESCRIBE_STRUCT(request::assess, (), (opinion))
BOOST_DESCRIBE_STRUCT(request::pass, (), (reason))
BOOST_DESCRIBE_STRUCT(request::send_back, (), (reason))
BOOST_DESCRIBE_STRUCT(request::clarify, (), (question))
BOOST_DESCRIBE_STRUCT(request::reject, (), (reason))
BOOST_DESCRIBE_STRUCT(request::answer, (), (answer))
BOOST_DESCRIBE_STRUCT(request::withdraw, (), (reason))
BOOST_DESCRIBE_STRUCT(request::hand_over, (), (from, to))
BOOST_DESCRIBE_STRUCT(request::extend_assessment, (), (until, reason))

// What every kind says of its entities (core/kernel/decider.hpp).
/// Its requester and their department, who assesses it; OM, SL, AU. Whoever stands in for one of them.
bool may_see(const request::state& of, const context& by);
std::string name_of(const request::state& of);
bool may_see_request(const request::state& of, const person& reader);
bool is_work_of(const request::state& of, member_id who);
std::optional<date> said_due(const request::state& of, std::string_view command, const context& by);
concerned concerned_by(const request::event& happened, const request::state& of, const events::envelope& about, const context& by);
bool is_own(const request::state& of, member_id who);
date due_of(const request::state& of);

}  // namespace core
