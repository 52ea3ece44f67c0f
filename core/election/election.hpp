#pragma once
// The election of outstanding employees: S6.4.3, D7.
//
//   absent -open-> opened -close_nominations-> nominated -open_voting-> voting -close_voting-> voted -count-> counted
//   -decide-> decided -announce-> announced; before it is announced -cancel-> cancelled
//
// Ballots stay secret: what comes in here is sealed already. The server turns the choice that a client sends into the
// `ballot` of `election.vote`, and its `count` is made, and its proof checked, where the keys are.

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/election.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

BOOST_DEFINE_ENUM_CLASS(election_status, absent, opened, nominated, voting, voted, counted, decided, announced, cancelled)

BOOST_DEFINE_ENUM_CLASS(election_rejection, not_found, already_exists, inactive, not_opener, not_organiser, not_member, not_voter, not_manager,
                        not_counter, nominated_self, over, not_nominating, not_nominated, not_voting, not_voted, not_counted, not_decided,
                        no_nominees, bad_title, bad_period, bad_seats, bad_electorate, bad_schedule, bad_key, own_nomination, bad_nominee,
                        nominated_before, too_many_nominees, bad_ballot, bad_count, bad_winners, bad_reason, bad_commendation, bad_successor)

struct election {
    static constexpr auto category = events::category::election;
    // Not delegable: a nomination and a ballot are one's own.
    static constexpr bool judges_people = true;
    using status = election_status;
    using rejection = election_rejection;
    using event = events::election::any;
    using schedule = events::election::schedule;
    using total = events::election::total;

    struct nomination {
        member_id by;
        member_id nominee;
        bool operator==(const nomination&) const = default;
    };
    struct state {
        election_status is = election_status::absent;
        std::uint32_t flow = 1;
        member_id organiser;
        std::string title;
        std::uint16_t seats = 0;
        std::optional<events::department> electorate;  ///< nothing: all active members
        election::schedule schedule{};
        std::vector<nomination> nominations;
        std::vector<member_id> nominees;  ///< in the order of their first nomination
        std::vector<member_id> voters;    ///< who has cast a ballot, by id
        std::vector<total> totals;
        std::vector<member_id> winners;
        bool operator==(const state&) const = default;
    };

    /// Creates.
    struct open {
        static constexpr std::string_view type = "election.open";
        static constexpr bool creates = true;
        std::string title;
        std::string period;
        std::uint16_t seats;
        std::optional<events::department> electorate;
        election::schedule schedule;
        std::string key;  ///< public: the server makes the pair and keeps the other half
    };
    struct reschedule {
        static constexpr std::string_view type = "election.reschedule";
        election::schedule schedule;
        std::string reason;
    };
    struct nominate {
        static constexpr std::string_view type = "election.nominate";
        member_id nominee;
        std::string reason;
    };
    struct close_nominations {
        static constexpr std::string_view type = "election.close_nominations";
    };
    struct open_voting {
        static constexpr std::string_view type = "election.open_voting";
    };
    /// The server makes it of a choice, and refuses one whose proof does not hold.
    struct cast {
        static constexpr std::string_view type = "election.vote";
        std::string ballot;  ///< base64
    };
    struct close_voting {
        static constexpr std::string_view type = "election.close_voting";
    };
    /// By the system, which holds the key.
    struct count {
        static constexpr std::string_view type = "election.count";
        std::vector<total> totals;
        std::uint32_t invalid;
        std::string proof;
    };
    struct decide_winners {
        static constexpr std::string_view type = "election.decide";
        std::vector<member_id> winners;
        std::string reason;
    };
    struct announce {
        static constexpr std::string_view type = "election.announce";
        std::optional<std::string> commendation;
    };
    struct cancel {
        static constexpr std::string_view type = "election.cancel";
        std::string reason;
    };
    /// By the system, when the organiser leaves.
    struct hand_over {
        static constexpr std::string_view type = "election.hand_over";
        member_id from;
        member_id to;
    };
    using command = std::variant<open, reschedule, nominate, close_nominations, open_voting, cast, close_voting, count, decide_winners,
                                 announce, cancel, hand_over>;

    static decision<election> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations anyone = 1;
    static constexpr flow::relations opener = 2;         ///< HR; the OM of the electorate; of one in all departments the OM, where no other has one (D16)
    static constexpr flow::relations organiser = 4;
    static constexpr flow::relations manager = 8;        ///< OM of the electorate; of any department where it has none
    static constexpr flow::relations voter = 16;         ///< of the electorate
    static constexpr flow::relations pending_voter = 32; ///< who has not voted yet
    static constexpr flow::relations nominee = 64;
    static constexpr flow::relations leader = 128;       ///< SL
    static constexpr flow::relations overseen = opener | organiser | manager;
    static constexpr flow::relations overseer = leader;
    static constexpr flow::relations personal = organiser | nominee | voter | pending_voter;
    static constexpr std::array<std::string_view, 8> relation_names{"anyone", "opener",        "organiser", "manager",
                                                                       "voter",  "pending_voter", "nominee",   "leader"};
    static constexpr std::array<std::pair<election_status, std::uint16_t>, 3> limits{
        {{election_status::voted, 1}, {election_status::counted, 3}, {election_status::decided, 3}}};

    static constexpr flow::statuses under_way =
        flow::from(election_status::opened, election_status::nominated, election_status::voting, election_status::voted,
                   election_status::counted, election_status::decided);
    using row = flow::row<election_status, election_rejection, state>;
    static const std::array<row, 12> flow;

    static status status_of(const state& now) { return now.is; }
    static std::uint32_t flow_version(const state& now) { return now.flow; }
    static flow::relations relations_of(const state& now, const context& by);
    static state as_if(const state& now, const command& asked, const context& by);
    static rejection wrong_state(const row& asked, status at);
    static section section_of(const event& happened);
};

BOOST_DESCRIBE_STRUCT(election::nomination, (), (by, nominee))
BOOST_DESCRIBE_STRUCT(election::state, (), (is, flow, organiser, title, seats, electorate, schedule, nominations, nominees, voters, totals, winners))
BOOST_DESCRIBE_STRUCT(election::open, (), (title, period, seats, electorate, schedule, key))
BOOST_DESCRIBE_STRUCT(election::reschedule, (), (schedule, reason))
BOOST_DESCRIBE_STRUCT(election::nominate, (), (nominee, reason))
BOOST_DESCRIBE_STRUCT(election::close_nominations, (), ())
BOOST_DESCRIBE_STRUCT(election::open_voting, (), ())
BOOST_DESCRIBE_STRUCT(election::cast, (), (ballot))
BOOST_DESCRIBE_STRUCT(election::close_voting, (), ())
BOOST_DESCRIBE_STRUCT(election::count, (), (totals, invalid, proof))
BOOST_DESCRIBE_STRUCT(election::decide_winners, (), (winners, reason))
BOOST_DESCRIBE_STRUCT(election::announce, (), (commendation))
BOOST_DESCRIBE_STRUCT(election::cancel, (), (reason))
BOOST_DESCRIBE_STRUCT(election::hand_over, (), (from, to))

/// Who votes, and can be chosen.
bool is_in_electorate(const person& who, const election::state& of);

/// Who votes, who runs it, OM, HR and SL.
bool may_see_election(const election::state& of, const person& reader);
/// One event of it: a ballot, sealed as it is, is its voter's alone, so that nobody is watched while they vote.
bool may_read(const events::election::any& happened, const election::state& of, const person& reader);

/// The steps whose day has come: what a tick gives in the system's name. Nominations stay open where there are none:
/// somebody has to put off the day, or cancel it.
std::vector<election::command> due_commands(const election::state& now, const context& by);

// What every kind says of its entities (core/kernel/decider.hpp).
bool may_see(const election::state& of, const context& by);
bool may_read(const election::event& happened, const election::state& of, const context& by);
std::string name_of(const election::state& of);
bool is_work_of(const election::state& of, member_id who);
std::optional<date> said_due(const election::state& of, std::string_view command, const context& by);
concerned concerned_by(const election::event& happened, const election::state& of, const events::envelope& about, const context& by);
bool is_own(const election::state& of, member_id who);
date due_of(const election::state& of);

}  // namespace core
