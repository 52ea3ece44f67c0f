#pragma once
// What a task of an improvement plan is to do. The task says whose plan it carries out; its words are in F8, sealed as that is.

#include "core/views/task_board.hpp"
#include "server/wire/documents.hpp"

namespace server::wire {

/// The row with the plan's words as they stood at `until`, for somebody who may see the task. One with words of its own is left
/// as it is. Reads the log: not within a reading of the views.
core::views::task_row with_plan_words(const documents& from, core::views::task_row row, events::position until);

}  // namespace server::wire
