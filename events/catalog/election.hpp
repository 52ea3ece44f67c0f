#pragma once
// The election of outstanding employees (S6.4.3, D7): nominations, secret ballots, a count that can be checked, a
// decision with a reason.
//
// A ballot's choice is never here in the clear. The server seals it on the way in, under the election's public key, and
// adds a proof that what is sealed is one of the nominees; who voted is known, what they voted is not. The count is
// made by the holder of the private key, and its proof is checked against all ballots.

#include "events/catalog/value.hpp"

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::election {

/// Voting opens in the morning of its day; nominations and voting close at the end of theirs, in the department's zone.
struct schedule {
    date nominations_close;
    date voting_opens;
    date voting_closes;
    bool operator==(const schedule&) const = default;
};
BOOST_DESCRIBE_STRUCT(schedule, (), (nominations_close, voting_opens, voting_closes))

struct opened {
    static constexpr std::string_view type = "election.opened.v1";
    static constexpr std::string_view clause = "S6.4.3";
    member_id organiser;
    std::string title;
    std::string period;  ///< that it honours: "2026"
    std::uint16_t seats; ///< how many can be chosen
    std::optional<events::department> electorate;  ///< who votes and can be chosen; nothing: all active members
    election::schedule schedule;
    std::string key;     ///< public: what ballots are sealed with
    std::uint32_t flow;
    bool operator==(const opened&) const = default;
};
BOOST_DESCRIBE_STRUCT(opened, (), (organiser, title, period, seats, electorate, schedule, key, flow))

struct rescheduled {
    static constexpr std::string_view type = "election.rescheduled.v1";
    static constexpr std::string_view clause = "S6.4.3";
    election::schedule schedule;
    std::string reason;
    bool operator==(const rescheduled&) const = default;
};
BOOST_DESCRIBE_STRUCT(rescheduled, (), (schedule, reason))

struct nominated {
    static constexpr std::string_view type = "election.nominated.v1";
    static constexpr std::string_view clause = "S6.4.3";
    member_id by;
    member_id nominee;
    personal reason;  ///< the nominee's
    bool operator==(const nominated&) const = default;
};
BOOST_DESCRIBE_STRUCT(nominated, (), (by, nominee, reason))

struct nominations_closed {
    static constexpr std::string_view type = "election.nominations_closed.v1";
    static constexpr std::string_view clause = "S6.4.3";
    bool operator==(const nominations_closed&) const = default;
};
BOOST_DESCRIBE_STRUCT(nominations_closed, (), ())

struct voting_opened {
    static constexpr std::string_view type = "election.voting_opened.v1";
    static constexpr std::string_view clause = "S6.4.3";
    bool operator==(const voting_opened&) const = default;
};
BOOST_DESCRIBE_STRUCT(voting_opened, (), ())

/// The last one of each voter counts.
struct ballot_cast {
    static constexpr std::string_view type = "election.ballot_cast.v1";
    static constexpr std::string_view clause = "D7";
    member_id voter;
    std::string ballot;  ///< base64 of what is sealed and its proof
    bool operator==(const ballot_cast&) const = default;
};
BOOST_DESCRIBE_STRUCT(ballot_cast, (), (voter, ballot))

struct voting_closed {
    static constexpr std::string_view type = "election.voting_closed.v1";
    static constexpr std::string_view clause = "S6.4.3";
    bool operator==(const voting_closed&) const = default;
};
BOOST_DESCRIBE_STRUCT(voting_closed, (), ())

struct total {
    member_id nominee;
    std::uint32_t votes;
    bool operator==(const total&) const = default;
};
BOOST_DESCRIBE_STRUCT(total, (), (nominee, votes))

struct counted {
    static constexpr std::string_view type = "election.counted.v1";
    static constexpr std::string_view clause = "D7";
    std::vector<total> totals;  ///< one for each nominee
    std::uint32_t invalid;      ///< ballots that could not be opened; with the votes they are as many as voted
    std::string proof;          ///< that the totals are those of the ballots
    bool operator==(const counted&) const = default;
};
BOOST_DESCRIBE_STRUCT(counted, (), (totals, invalid, proof))

struct decided {
    static constexpr std::string_view type = "election.decided.v1";
    static constexpr std::string_view clause = "S6.4.3";
    std::vector<member_id> winners;
    bool as_counted;  ///< nobody who was left out has more votes than somebody who was chosen
    std::string reason;
    bool operator==(const decided&) const = default;
};
BOOST_DESCRIBE_STRUCT(decided, (), (winners, as_counted, reason))

struct announced {
    static constexpr std::string_view type = "election.announced.v1";
    static constexpr std::string_view clause = "S6.4.3";
    std::string commendation;
    bool operator==(const announced&) const = default;
};
BOOST_DESCRIBE_STRUCT(announced, (), (commendation))

struct cancelled {
    static constexpr std::string_view type = "election.cancelled.v1";
    static constexpr std::string_view clause = "S6.4.3";
    std::string reason;
    bool operator==(const cancelled&) const = default;
};
BOOST_DESCRIBE_STRUCT(cancelled, (), (reason))

/// The organiser has left.
struct handed_over {
    static constexpr std::string_view type = "election.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
BOOST_DESCRIBE_STRUCT(handed_over, (), (from, to))

using any = std::variant<opened, rescheduled, nominated, nominations_closed, voting_opened, ballot_cast, voting_closed, counted, decided,
                         announced, cancelled, handed_over>;

}  // namespace events::election
