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
#include "events/catalog/incentive.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>

namespace core {

BOOST_DEFINE_ENUM_CLASS(incentive_status, absent, proposed, returned, clarifying, approved, effective, rejected, withdrawn)

BOOST_DEFINE_ENUM_CLASS(incentive_rejection, not_found, already_exists, inactive, not_proposer, not_leader, not_personnel, own_incentive,
                        own_proposal, closed, not_pending, not_returned, not_clarifying, decided_already, not_approved, not_due, result_open,
                        other_proposal, no_such_appraisal, no_such_election, bad_member, bad_ground, bad_amount, bad_day, bad_terms,
                        bad_reason, bad_extras, bad_comment, bad_question, bad_answer, bad_successor)

struct incentive {
    static constexpr auto category = events::category::incentive;
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
        static constexpr bool creates = true;
        incentive::form form;
    };
    struct revise {
        static constexpr std::string_view type = "incentive.revise";
        incentive::form form;
    };
    struct approve {
        static constexpr std::string_view type = "incentive.approve";
        std::string sha256;  ///< of the proposal that was read
        std::optional<std::string> comment;
    };
    struct send_back {
        static constexpr std::string_view type = "incentive.return";
        std::string reason;
    };
    struct clarify {
        static constexpr std::string_view type = "incentive.clarify";
        std::string question;
    };
    struct answer {
        static constexpr std::string_view type = "incentive.answer";
        std::string answer;
    };
    struct reject {
        static constexpr std::string_view type = "incentive.reject";
        std::string reason;
    };
    struct withdraw {
        static constexpr std::string_view type = "incentive.withdraw";
        std::string reason;
    };
    struct take_effect {
        static constexpr std::string_view type = "incentive.take_effect";
    };
    /// By the system, when the proposer leaves.
    struct hand_over {
        static constexpr std::string_view type = "incentive.hand_over";
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
};

BOOST_DESCRIBE_STRUCT(incentive::form, (), (kind, member, appraisal, election, amount, effective, terms, reason, extras))
BOOST_DESCRIBE_STRUCT(incentive::state, (), (is, flow, form_version, kind, member, appraisal, election, effective, proposer, sha256, hands))
BOOST_DESCRIBE_STRUCT(incentive::propose, (), (form))
BOOST_DESCRIBE_STRUCT(incentive::revise, (), (form))
BOOST_DESCRIBE_STRUCT(incentive::approve, (), (sha256, comment))
BOOST_DESCRIBE_STRUCT(incentive::send_back, (), (reason))
BOOST_DESCRIBE_STRUCT(incentive::clarify, (), (question))
BOOST_DESCRIBE_STRUCT(incentive::answer, (), (answer))
BOOST_DESCRIBE_STRUCT(incentive::reject, (), (reason))
BOOST_DESCRIBE_STRUCT(incentive::withdraw, (), (reason))
BOOST_DESCRIBE_STRUCT(incentive::take_effect, (), ())
BOOST_DESCRIBE_STRUCT(incentive::hand_over, (), (from, to))

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
