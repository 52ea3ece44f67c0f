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
#include "events/catalog/describe.hpp"
#include "events/catalog/election.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(election_status, (absent, "尚未发起", "Not opened"), (opened, "提名中", "Nominations open", active), (nominated, "提名已截止", "Nominations closed", active),
                    (voting, "投票中", "Voting", active), (voted, "待计票", "Awaiting the count", active), (counted, "待决定", "Awaiting a decision", active),
                    (decided, "待公布", "Awaiting announcement", active), (announced, "已公布", "Announced", good), (cancelled, "已取消", "Cancelled"))

BOOST_DEFINE_ENUM_CLASS(election_rejection, not_found, already_exists, inactive, not_opener, not_organiser, not_member, not_voter, not_manager,
                        not_counter, nominated_self, over, not_nominating, not_nominated, not_voting, not_voted, not_counted, not_decided,
                        no_nominees, bad_electorate, bad_schedule, bad_key, own_nomination, bad_nominee, nominated_before, too_many_nominees,
                        bad_ballot, bad_count, bad_winners)

struct election {
    static constexpr auto category = events::category::election;
    static constexpr events::kind_words says{{"优秀员工评选", "Election"}, {"优秀员工评选", "Elections"}, "S6.4.3",
                                             {"提名、投票、计票、公布。选票加密，谁投了什么无人可知。", "Nomination, voting, count, announcement. Ballots are sealed: nobody learns who chose whom."}};
    static constexpr std::array<events::form_words, 0> forms{};
    static constexpr std::array sections{events::section_words{"opening", {"评选安排", "Arrangements"}}, events::section_words{"nominations", {"提名", "Nominations"}, true},
                                         events::section_words{"count", {"计票", "Count"}}, events::section_words{"decision", {"决定", "Decision"}},
                                         events::section_words{"announcement", {"公布", "Announcement"}}};
    static constexpr std::array usual_path{election_status::opened, election_status::nominated, election_status::voting, election_status::voted,
                                           election_status::counted, election_status::decided, election_status::announced};
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
        static constexpr events::command_words says{.label = {"发起评选", "Open an election"},
                                                     .hint = {"评选优秀员工（S6.4.3）：先提名，再投票。选票封存，计票附有证明，人人可以核对（D7）。",
                                                              "Of outstanding employees (S6.4.3): nominations first, then the vote. Ballots are sealed, and anyone can check the count (D7)."}};
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
        static constexpr events::command_words says{.label = {"更改日程", "Reschedule"}};
        election::schedule schedule;
        std::string reason;
    };
    struct nominate {
        static constexpr std::string_view type = "election.nominate";
        static constexpr events::command_words says{.label = {"提名", "Nominate"}, .hint = {"提名他人，并写明原因。", "Somebody other than yourself, with a reason."}};
        static constexpr bool adds = true;
        member_id nominee;
        std::string reason;
    };
    struct close_nominations {
        static constexpr std::string_view type = "election.close_nominations";
        static constexpr events::command_words says{.label = {"截止提名", "Close nominations"}};
        static constexpr bool decides = true;
    };
    struct open_voting {
        static constexpr std::string_view type = "election.open_voting";
        static constexpr events::command_words says{.label = {"开始投票", "Open voting"}};
        static constexpr bool decides = true;
    };
    /// The server makes it of a choice, and refuses one whose proof does not hold.
    struct cast {
        static constexpr std::string_view type = "election.vote";
        static constexpr events::command_words says{.label = {"投票", "Vote"},
                                                     .hint = {"每人一票，选票封存，投票截止前可改。", "One sealed ballot each; it can be changed until voting closes."}};
        static constexpr bool adds = true;
        std::string ballot;  ///< base64
    };
    struct close_voting {
        static constexpr std::string_view type = "election.close_voting";
        static constexpr events::command_words says{.label = {"截止投票", "Close voting"}, .hint = {"随后由系统计票。", "The system then counts the ballots."},
                                                     .grave = {"截止后不能再投票，也不能重开。", "Nobody can vote after that, and voting does not open again."}};
    };
    /// By the system, which holds the key.
    struct count {
        static constexpr std::string_view type = "election.count";
        static constexpr events::command_words says{.label = {"计票", "Count the ballots"}};
        std::vector<total> totals;
        std::uint32_t invalid;
        std::string proof;
    };
    struct decide_winners {
        static constexpr std::string_view type = "election.decide";
        static constexpr events::command_words says{.label = {"决定当选者", "Decide who is elected"},
                                                     .hint = {"可以与票数不一致，届时会注明。", "It may differ from the count; where it does, that is shown."}, .verdict = events::verdict::pass};
        std::vector<member_id> winners;
        std::string reason;
    };
    struct announce {
        static constexpr std::string_view type = "election.announce";
        static constexpr events::command_words says{.label = {"公布结果", "Announce the result"}};
        static constexpr bool decides = true;
        std::optional<std::string> commendation;
    };
    struct cancel {
        static constexpr std::string_view type = "election.cancel";
        static constexpr events::command_words says{.label = {"取消评选", "Cancel the election"}, .grave = {"取消后不能恢复。", "A cancelled election cannot be resumed."}, .ends = true};
        std::string reason;
    };
    /// By the system, when the organiser leaves.
    struct hand_over {
        static constexpr std::string_view type = "election.hand_over";
        static constexpr events::command_words says{.label = {"移交", "Hand over"}};
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
    static constexpr std::array<events::wording, 8> relation_words{{{"任何人", "Anyone"}, {"可发起评选的人", "Who may open an election"}, {"组织者", "Organiser"},
                                                                   {"决定当选者的运营经理", "Operations manager who decides"}, {"评选范围内的成员", "Member of the electorate"},
                                                                   {"尚未投票的成员", "Member who has not voted"}, {"被提名人", "Nominee"}, {"上级领导", "Superior leader"}}};
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
// clang-format off
OPSROOM_DESCRIBE(election::state,
    (is, hidden()), (flow, hidden()),
    (organiser, person("组织者", "Organiser")),
    (title, line("名称", "Title")),
    (seats, number("名额", "Seats")),
    (electorate, department("评选范围", "Electorate")),
    (schedule, group("日程", "Schedule")),
    (nominations, hidden()),
    (nominees, people("被提名人", "Nominees")),
    (voters, hidden()),
    (totals, list("得票", "Votes")),
    (winners, people("当选者", "Elected")))
OPSROOM_DESCRIBE(election::open,
    (title, line("名称", "Title").example("季度优秀员工", "Employee of the quarter")),
    (period, line("表彰期间", "Period").most(80).hint("所表彰的是哪一期间", "The period that it honours").example("2026 年第四季度", "2026 Q4")),
    (seats, number("名额", "Seats").least(1).most(100).begins_with("1").hint("最多可有几人当选", "How many can be elected").example("1", "1")),
    (electorate, department("评选范围", "Electorate").hint("谁可以投票和当选；不填则为全体在职成员", "Who votes and can be elected; left out: all active members")),
    (schedule, group("日程", "Schedule")),
    (key, hidden()))
// clang-format on
OPSROOM_DESCRIBE(election::reschedule, (schedule, group("日程", "Schedule")), (reason, reason().example("遇假期顺延", "Holidays")))
OPSROOM_DESCRIBE(election::nominate, (nominee, person("被提名人", "Nominee").example("@emma", "@emma")), (reason, reason().example("人人称道的那次活动", "The campaign that everybody talks about")))
OPSROOM_DESCRIBE_EMPTY(election::close_nominations)
OPSROOM_DESCRIBE_EMPTY(election::open_voting)
OPSROOM_DESCRIBE(election::cast, (ballot, hidden()))
OPSROOM_DESCRIBE_EMPTY(election::close_voting)
OPSROOM_DESCRIBE(election::count, (totals, list("得票", "Votes").code("bad_count")), (invalid, number("无效票数", "Invalid ballots").code("bad_count")), (proof, hidden()))
OPSROOM_DESCRIBE(election::decide_winners, (winners, people("当选者", "Elected").least(1).example("@emma", "@emma")), (reason, reason().example("得票最多，活动成效显著", "Most votes, and the campaign's results")))
OPSROOM_DESCRIBE(election::announce, (commendation, prose("表彰词", "Commendation").example("谨致谢意", "With thanks")))
OPSROOM_DESCRIBE(election::cancel, (reason, reason().example("无人提名", "Nobody was nominated")))
OPSROOM_DESCRIBE(election::hand_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To").code("bad_successor")))

/// Who votes, and can be chosen.
bool is_in_electorate(const person& who, const election::state& of);

/// Who votes, who runs it, OM, HR and SL.
bool may_see_election(const election::state& of, const person& reader);
/// One event of it: a ballot, sealed as it is, is its voter's alone, so that nobody is watched while they vote.
bool may_read(const events::election::any& happened, const election::state& of, const person& reader);

/// The steps whose day has come: what a tick gives in the system's name. Nominations stay open where there are none:
/// somebody has to put off the day, or cancel it.
std::vector<election::command> due_commands(const election::state& now, const context& by);
std::vector<election::command> made_up(const election::state& of, const lost_time& lost);
std::vector<election::command> set_right(const election::state& of, const wrong_clock& wrong, const context& by);

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
