#pragma once
// What is said of a task of an improvement plan (D5). What is to be done is in F8, and how it went in the task's own events, both
// sealed with the key of whom the plan is for; the views have neither.

#include "core/views/task_board.hpp"
#include "server/wire/documents.hpp"

namespace server::wire {

/// The row with those words as they stood at `until`, for somebody who may see the task; any other row is left as it is. Reads
/// the log: not within a reading of the views.
core::views::task_row with_plan_words(const documents& from, core::views::task_row row, events::position until);

}  // namespace server::wire
