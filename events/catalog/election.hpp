#pragma once
// The election of outstanding employees (S6.4.3, D7): nominations, secret ballots, a count that can be checked, a
// decision with a reason.
//
// A ballot's choice is never here in the clear. The server seals it on the way in, under the election's public key, and
// adds a proof that what is sealed is one of the nominees; who voted is known, what they voted is not. The count is
// made by the holder of the private key, and its proof is checked against all ballots.

#include "events/catalog/describe.hpp"

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
// clang-format off
OPSROOM_DESCRIBE(schedule,
    (nominations_close, day("提名截止日期", "Nominations close").code("bad_schedule").example("+5d", "+5d")),
    (voting_opens, day("投票开始日期", "Voting opens").code("bad_schedule").example("+6d", "+6d")),
    (voting_closes, day("投票截止日期", "Voting closes").code("bad_schedule").example("+10d", "+10d")))
// clang-format on

struct opened {
    static constexpr std::string_view type = "election.opened.v1";
    static constexpr std::string_view clause = "S6.4.3";
    static constexpr event_words says{{"发起了评选", "opened the election"}};
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
// clang-format off
OPSROOM_DESCRIBE(opened,
    (organiser, person("组织者", "Organiser")), (title, line("名称", "Title")), (period, line("表彰期间", "Period")), (seats, number("名额", "Seats")),
    (electorate, department("评选范围", "Electorate")), (schedule, group("日程", "Schedule")), (key, hidden()), (flow, hidden()))
// clang-format on

struct rescheduled {
    static constexpr std::string_view type = "election.rescheduled.v1";
    static constexpr std::string_view clause = "S6.4.3";
    static constexpr event_words says{{"更改了评选日程", "rescheduled the election"}};
    election::schedule schedule;
    std::string reason;
    bool operator==(const rescheduled&) const = default;
};
OPSROOM_DESCRIBE(rescheduled, (schedule, group("日程", "Schedule")), (reason, reason()))

struct nominated {
    static constexpr std::string_view type = "election.nominated.v1";
    static constexpr std::string_view clause = "S6.4.3";
    static constexpr event_words says{{"提出了提名", "made a nomination"}, {"提名了 {nominee}", "nominated {nominee}"}};
    member_id by;
    member_id nominee;
    personal reason;  ///< the nominee's
    bool operator==(const nominated&) const = default;
};
OPSROOM_DESCRIBE(nominated, (by, person("提名人", "Nominated by")), (nominee, person("被提名人", "Nominee")), (reason, reason()))

struct nominations_closed {
    static constexpr std::string_view type = "election.nominations_closed.v1";
    static constexpr std::string_view clause = "S6.4.3";
    static constexpr event_words says{{"截止了提名", "closed nominations"}};
    bool operator==(const nominations_closed&) const = default;
};
OPSROOM_DESCRIBE_EMPTY(nominations_closed)

struct voting_opened {
    static constexpr std::string_view type = "election.voting_opened.v1";
    static constexpr std::string_view clause = "S6.4.3";
    static constexpr event_words says{{"开始了投票", "opened voting"}};
    bool operator==(const voting_opened&) const = default;
};
OPSROOM_DESCRIBE_EMPTY(voting_opened)

/// The last one of each voter counts.
struct ballot_cast {
    static constexpr std::string_view type = "election.ballot_cast.v1";
    static constexpr std::string_view clause = "D7";
    static constexpr event_words says{{"投了票", "voted"}};
    member_id voter;
    std::string ballot;  ///< base64 of what is sealed and its proof
    bool operator==(const ballot_cast&) const = default;
};
OPSROOM_DESCRIBE(ballot_cast, (voter, person("投票人", "Voter")), (ballot, hidden()))

struct voting_closed {
    static constexpr std::string_view type = "election.voting_closed.v1";
    static constexpr std::string_view clause = "S6.4.3";
    static constexpr event_words says{{"截止了投票", "closed voting"}};
    bool operator==(const voting_closed&) const = default;
};
OPSROOM_DESCRIBE_EMPTY(voting_closed)

struct total {
    member_id nominee;
    std::uint32_t votes;
    bool operator==(const total&) const = default;
};
OPSROOM_DESCRIBE(total, (nominee, person("被提名人", "Nominee").may_have_left()), (votes, number("票数", "Votes")))

struct counted {
    static constexpr std::string_view type = "election.counted.v1";
    static constexpr std::string_view clause = "D7";
    static constexpr event_words says{{"完成了计票", "counted the ballots"}};
    std::vector<total> totals;  ///< one for each nominee
    std::uint32_t invalid;      ///< ballots that could not be opened; with the votes they are as many as voted
    std::string proof;          ///< that the totals are those of the ballots
    bool operator==(const counted&) const = default;
};
OPSROOM_DESCRIBE(counted, (totals, list("得票", "Votes")), (invalid, number("无效票数", "Invalid ballots")), (proof, hidden()))

struct decided {
    static constexpr std::string_view type = "election.decided.v1";
    static constexpr std::string_view clause = "S6.4.3";
    static constexpr event_words says{{"决定了当选者", "chose who is elected"}, {"决定 {winners} 当选", "chose {winners} to be elected"}};
    std::vector<member_id> winners;
    bool as_counted;  ///< nobody who was left out has more votes than somebody who was chosen
    std::string reason;
    bool operator==(const decided&) const = default;
};
OPSROOM_DESCRIBE(decided, (winners, people("当选者", "Elected")), (as_counted, yes_no("与票数一致", "As counted")), (reason, reason()))

struct announced {
    static constexpr std::string_view type = "election.announced.v1";
    static constexpr std::string_view clause = "S6.4.3";
    static constexpr event_words says{{"公布了评选结果", "announced the result"}};
    std::string commendation;
    bool operator==(const announced&) const = default;
};
OPSROOM_DESCRIBE(announced, (commendation, prose("表彰词", "Commendation")))

struct cancelled {
    static constexpr std::string_view type = "election.cancelled.v1";
    static constexpr std::string_view clause = "S6.4.3";
    static constexpr event_words says{{"取消了评选", "cancelled the election"}};
    std::string reason;
    bool operator==(const cancelled&) const = default;
};
OPSROOM_DESCRIBE(cancelled, (reason, reason()))

/// The organiser has left.
struct handed_over {
    static constexpr std::string_view type = "election.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    static constexpr event_words says{{"移交了评选", "handed the election over"}, {"把评选从 {from} 移交给 {to}", "handed the election over from {from} to {to}"}};
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
OPSROOM_DESCRIBE(handed_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To")))

using any = std::variant<opened, rescheduled, nominated, nominations_closed, voting_opened, ballot_cast, voting_closed, counted, decided,
                         announced, cancelled, handed_over>;

}  // namespace events::election
