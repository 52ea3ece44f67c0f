#pragma once
// The official holidays that come with the program (cn.txt beside this file), for a log that has none yet.

#include "core/calendar/calendar.hpp"
#include "server/engine/engine.hpp"

#include <string_view>
#include <vector>

namespace server::calendar {

/// The years of a text in the form of cn.txt. Throws std::runtime_error, naming the line, where it is no such text.
std::vector<core::calendar::publish_year> read_years(std::string_view text);

/// What the program carries.
std::vector<core::calendar::publish_year> official_years();

/// Publishes, as the system, each of these years that nothing was published about. A year that somebody has changed stays.
void publish_missing(engine::engine& room);

}  // namespace server::calendar
