#pragma once
// What waits on a member: work to start, to go on with, to accept or to unblock, and what they have not read. Derived from
// the board, the channels and the directory whenever it is asked for; nothing of it is kept.

#include "core/appraisal/left_out.hpp"
#include "core/desk/desk.hpp"
#include "core/views/directory.hpp"
#include "core/views/task_board.hpp"
#include "core/views/timeline.hpp"

#include <boost/describe/enum.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace core::views {

/// In the order in which the inbox shows them: first what holds others up.
BOOST_DEFINE_ENUM_CLASS(waiting, blocked_on_me, to_accept, returned, to_start, in_progress, unread)

struct inbox_item {
    waiting why;
    std::variant<const task_row*, const channel_row*> about;  ///< a channel where it is unread, else a task
    member_id in_place_of;  ///< the reader, or whom they stand in for
};

/// A step of a flow that is the reader's turn, or that of somebody they stand in for.
struct flow_wait {
    events::stream_id what;
    std::string name;           ///< of the entity
    member_id about;            ///< whom it is about, where it is about somebody
    std::string_view status;
    std::string_view command;
    std::string_view clause;
    instant since{};
    std::optional<date> due;
    bool late = false;
    bool passed_up = false;     ///< whose turn it would be may not (D1)
    member_id in_place_of;      ///< the reader, or whom they stand in for
    std::vector<std::string_view> commands;  ///< all that they may do with it now: the verdicts, for one
    std::vector<core::left_out> left_out;       ///< with cycle.excuse: who has no appraisal in it, and why
    std::optional<member::open_change> change;  ///< with member.confirm_change: what is to be confirmed
};

/// Some of what waits, the earliest due first.
struct flow_waits {
    std::vector<flow_wait> items;
    std::size_t total = 0;  ///< with those that are not among `items`
};

/// Something that the reader was told by itself (core/desk).
struct shown_notice {
    desk::notice what;
    std::string name;  ///< of the entity
    bool late = false;
};

/// At most `limit` items for `reader`; none for somebody who is not active.
///
/// Submitted work waits on the operations managers of its department and on who assigned it, but never on its
/// assignee; where nobody of them is left, it waits on the superior leaders (D1).
std::vector<inbox_item> inbox_of(const context& by, const directory& people, const task_board& board, const timeline& channels,
                                 std::size_t limit);

/// How many tasks wait for `by.actor`, those too that are not among a limited number of items.
std::size_t tasks_waiting_for(const context& by, const directory& people, const task_board& board);

/// Whether submitted work waits on `reader` to be accepted.
bool waits_for_verdict_of(const task_row& task, const person& reader, const directory& people, const context& by);

}  // namespace core::views
