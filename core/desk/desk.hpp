#pragma once
// A member's desk: what they were told of by itself, and what of it they have taken note of. S1.3.3.
//
//   absent -open-> open; -remind->, -acknowledge-> and -tell-> stay
//
// It is theirs alone: nobody else sees it, whatever they are. The system opens and fills it (core/policies/reminders and
// outcomes). What they were told of a decision stays until they take note of it; of a step, until it is over as well.

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/describe.hpp"
#include "events/catalog/desk.hpp"

#include <array>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(desk_status, (absent, "尚未开通", "Not open"), (open, "已开通", "Open", good))

BOOST_DEFINE_ENUM_CLASS(desk_rejection, not_found, already_exists, inactive, not_owner, by_itself, not_next, bad_notices, no_such_notice)

/// In a digest; what is more comes on the next day.
inline constexpr std::size_t notices_max = 100;

struct desk {
    static constexpr auto category = events::category::desk;
    static constexpr bool confidential = true;
    static constexpr events::kind_words says{{"提醒与告知", "Notices"}, {"提醒与告知", "Notices"}, "S1.3.3",
                                             {"一名成员收到的提醒与告知，以及已阅的标记。", "What a member was reminded and told of, and what of it they have read."}};
    static constexpr std::array<events::form_words, 0> forms{};
    static constexpr std::array<events::section_words, 0> sections{};
    static constexpr std::array usual_path{desk_status::open};
    using status = desk_status;
    using rejection = desk_rejection;
    using event = events::desk::any;
    using kind = events::desk::kind;
    using notice = events::desk::notice;

    struct told {
        desk::notice what;
        bool acknowledged = false;
        bool operator==(const told&) const = default;
    };
    struct state {
        desk_status is = desk_status::absent;
        member_id of;
        std::uint32_t last = 0;  ///< number of the last notice
        date day{};              ///< of the last digest
        std::uint32_t more = 0;  ///< of that digest, what did not fit
        std::vector<told> notices;  ///< whose step is not over, by number
        bool operator==(const state&) const = default;

        /// Whether they were told of this kind of this step.
        bool knows(const desk::notice& one) const;
    };

    /// Creates: the next member's.
    struct open {
        static constexpr std::string_view type = "desk.open";
        static constexpr events::command_words says{.label = {"开通提醒", "Open the notices"}};
        static constexpr bool creates = true;
        member_id member;
    };
    struct remind {
        static constexpr std::string_view type = "desk.remind";
        static constexpr events::command_words says{.label = {"发出每日提醒", "Send the day's reminders"}};
        date day;
        std::vector<desk::notice> notices;  ///< numbered when it is decided
        std::uint32_t more;
        std::vector<std::uint32_t> over;
    };
    struct acknowledge {
        static constexpr std::string_view type = "desk.acknowledge";
        static constexpr events::command_words says{.label = {"确认提醒", "Acknowledge"}, .hint = {"确认后不再显示。", "What is acknowledged is shown no more."}};
        std::vector<std::uint32_t> notices;
    };
    /// Of a decision.
    struct tell {
        static constexpr std::string_view type = "desk.tell";
        static constexpr events::command_words says{.label = {"告知决定", "Tell of a decision"}};
        desk::notice notice;  ///< numbered when it is decided
    };
    using command = std::variant<open, remind, acknowledge, tell>;

    static decision<desk> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations owner = 1;
    static constexpr std::array<std::string_view, 1> relation_names{"owner"};
    static constexpr std::array<events::wording, 1> relation_words{{{"本人", "The member"}}};

    using row = flow::row<desk_status, desk_rejection>;
    static const std::array<row, 4> flow;

    static status status_of(const state& now) { return now.is; }
    static flow::relations relations_of(const state& now, const context& by) { return by.actor->id == now.of ? owner : 0; }
    static rejection wrong_state(const row& asked, status) { return asked.not_now; }
};

BOOST_DESCRIBE_STRUCT(desk::told, (), (what, acknowledged))
OPSROOM_DESCRIBE(desk::state, (is, hidden()), (of, hidden()), (last, hidden()), (day, hidden()), (more, hidden()), (notices, hidden()))
OPSROOM_DESCRIBE(desk::open, (member, person("本人", "Member").may_have_left()))
// clang-format off
OPSROOM_DESCRIBE(desk::remind,
    (day, day("日期", "Date").code("bad_notices")),
    (notices, list("提醒", "Notices").most(notices_max)),
    (more, number("未列出的条数", "Not listed")),
    (over, numbers("已办结的提醒", "Over since")))
// clang-format on
OPSROOM_DESCRIBE(desk::acknowledge, (notices, numbers("提醒编号", "Numbers of the notices").least(1).most(1000).example("12,13", "12,13")))
OPSROOM_DESCRIBE(desk::tell, (notice, group("提醒", "Notice")))

/// The same kind of the same step of the same person, whatever its number and the day that it is due.
bool is_same_notice(const desk::notice& a, const desk::notice& b);

/// Decisions on a desk whose owner takes note of none: the oldest go first.
inline constexpr std::size_t decisions_max = 500;

// What every kind says of its entities (core/kernel/decider.hpp).
/// Its owner, and nobody else.
bool may_see(const desk::state& of, const context& by);

}  // namespace core
