#pragma once
// Which history a log is. Two folders that began as one and were written to apart (a backup that was restored, and what went
// on after it was taken) have the same positions with different events: a position alone does not say what its reader has.
// So a history has a name, made with the log and anew at each restore, and whoever resumes says which one they know.
//
// It is kept beside the log: lost, it is made anew, and everybody begins with a snapshot.

#include "events/log/log.hpp"

#include <string>

namespace server::engine {

/// The log's; a log that has none gets one. Throws std::runtime_error where there is no randomness.
std::string history_of(events::log& log);

/// A new name for the log, as it goes on otherwise from here.
std::string begin_history(events::log& log);

}  // namespace server::engine
