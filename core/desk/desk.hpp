#pragma once
// A member's desk: what they were told of by itself, and what of it they have taken note of. S1.3.3.
//
//   absent -open-> open; -remind->, -acknowledge-> and -tell-> stay
//
// It is theirs alone: nobody else sees it, whatever they are. The system opens and fills it (core/policies/reminders and
// outcomes). What they were told of a decision stays until they take note of it; of a step, until it is over as well.

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/desk.hpp"

#include <array>
#include <vector>

namespace core {

BOOST_DEFINE_ENUM_CLASS(desk_status, absent, open)

BOOST_DEFINE_ENUM_CLASS(desk_rejection, not_found, already_exists, inactive, not_owner, by_itself, not_next, bad_notices, no_such_notice)

struct desk {
    static constexpr auto category = events::category::desk;
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
        static constexpr bool creates = true;
        member_id member;
    };
    struct remind {
        static constexpr std::string_view type = "desk.remind";
        date day;
        std::vector<desk::notice> notices;  ///< numbered when it is decided
        std::uint32_t more;
        std::vector<std::uint32_t> over;
    };
    struct acknowledge {
        static constexpr std::string_view type = "desk.acknowledge";
        std::vector<std::uint32_t> notices;
    };
    /// Of a decision.
    struct tell {
        static constexpr std::string_view type = "desk.tell";
        desk::notice notice;  ///< numbered when it is decided
    };
    using command = std::variant<open, remind, acknowledge, tell>;

    static decision<desk> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations owner = 1;
    static constexpr std::array<std::string_view, 1> relation_names{"owner"};

    using row = flow::row<desk_status, desk_rejection>;
    static const std::array<row, 4> flow;

    static status status_of(const state& now) { return now.is; }
    static flow::relations relations_of(const state& now, const context& by) { return by.actor->id == now.of ? owner : 0; }
    static rejection wrong_state(const row& asked, status) { return asked.not_now; }
};

BOOST_DESCRIBE_STRUCT(desk::told, (), (what, acknowledged))
BOOST_DESCRIBE_STRUCT(desk::state, (), (is, of, last, day, more, notices))
BOOST_DESCRIBE_STRUCT(desk::open, (), (member))
BOOST_DESCRIBE_STRUCT(desk::remind, (), (day, notices, more, over))
BOOST_DESCRIBE_STRUCT(desk::acknowledge, (), (notices))
BOOST_DESCRIBE_STRUCT(desk::tell, (), (notice))

/// The same kind of the same step of the same person, whatever its number and the day that it is due.
bool is_same_notice(const desk::notice& a, const desk::notice& b);

/// In a digest; what is more comes on the next day.
inline constexpr std::size_t notices_max = 100;
/// Decisions on a desk whose owner takes note of none: the oldest go first.
inline constexpr std::size_t decisions_max = 500;

// What every kind says of its entities (core/kernel/decider.hpp).
/// Its owner, and nobody else.
bool may_see(const desk::state& of, const context& by);

}  // namespace core
