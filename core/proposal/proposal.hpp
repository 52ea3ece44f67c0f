#pragma once
// A proposal of something new or better, from anyone: S1.3.5, S2.2.3. OM's verdict has a reason; an adopted one is to the credit of
// whose idea it was, and what it has come to is told.
//
//   absent -file-> filed -adopt-> adopted -carry_out-> carried_out, -drop-> dropped
//   filed -return-> returned -revise-> filed; -clarify-> clarifying -answer-> filed; -reject-> rejected
//   filed, returned, clarifying -withdraw-> withdrawn

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/proposal.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

BOOST_DEFINE_ENUM_CLASS(proposal_status, absent, filed, returned, clarifying, adopted, carried_out, rejected, withdrawn, dropped)

BOOST_DEFINE_ENUM_CLASS(proposal_rejection, not_found, already_exists, inactive, not_proposer, not_manager, own_proposal, closed, not_filed,
                        not_returned, not_clarifying, decided_already, not_adopted, bad_title, bad_situation, bad_idea, bad_benefit, bad_effort,
                        bad_with, bad_extras, bad_reason, bad_question, bad_answer, bad_effect, bad_successor, bad_addressee)

struct proposal {
    static constexpr auto category = events::category::proposal;
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
        static constexpr bool creates = true;
        proposal::form form;
        std::optional<events::department> to = {};  ///< whose OM decides; left out: addressee() says (core/kernel/departments.hpp)
    };
    struct revise {
        static constexpr std::string_view type = "proposal.revise";
        proposal::form form;
    };
    struct adopt {
        static constexpr std::string_view type = "proposal.adopt";
        std::string reason;
    };
    struct send_back {
        static constexpr std::string_view type = "proposal.return";
        std::string reason;
    };
    struct clarify {
        static constexpr std::string_view type = "proposal.clarify";
        std::string question;
    };
    struct answer {
        static constexpr std::string_view type = "proposal.answer";
        std::string answer;
    };
    struct reject {
        static constexpr std::string_view type = "proposal.reject";
        std::string reason;
    };
    struct withdraw {
        static constexpr std::string_view type = "proposal.withdraw";
        std::string reason;
    };
    struct carry_out {
        static constexpr std::string_view type = "proposal.carry_out";
        std::string effect;
    };
    struct drop {
        static constexpr std::string_view type = "proposal.drop";
        std::string reason;
    };
    /// By the system, when the proposer leaves.
    struct hand_over {
        static constexpr std::string_view type = "proposal.hand_over";
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
    static std::string text_of(const event& happened);
};

BOOST_DESCRIBE_STRUCT(proposal::state, (), (is, flow, form, kind, department, to, title, proposer, with, credited, said, hands))
BOOST_DESCRIBE_STRUCT(proposal::file, (), (form, to))
BOOST_DESCRIBE_STRUCT(proposal::revise, (), (form))
BOOST_DESCRIBE_STRUCT(proposal::adopt, (), (reason))
BOOST_DESCRIBE_STRUCT(proposal::send_back, (), (reason))
BOOST_DESCRIBE_STRUCT(proposal::clarify, (), (question))
BOOST_DESCRIBE_STRUCT(proposal::answer, (), (answer))
BOOST_DESCRIBE_STRUCT(proposal::reject, (), (reason))
BOOST_DESCRIBE_STRUCT(proposal::withdraw, (), (reason))
BOOST_DESCRIBE_STRUCT(proposal::carry_out, (), (effect))
BOOST_DESCRIBE_STRUCT(proposal::drop, (), (reason))
BOOST_DESCRIBE_STRUCT(proposal::hand_over, (), (from, to))

// What every kind says of its entities (core/kernel/decider.hpp).
/// Everyone who is here: what others propose is there to be talked about and built upon (S1.3.4).
bool may_see(const proposal::state& of, const context& by);
std::string name_of(const proposal::state& of);
bool is_work_of(const proposal::state& of, member_id who);
concerned concerned_by(const proposal::event& happened, const proposal::state& of, const events::envelope& about, const context& by);
bool is_own(const proposal::state& of, member_id who);

}  // namespace core
