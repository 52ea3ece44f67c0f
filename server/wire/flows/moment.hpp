#pragma once
// A moment of the past: `as_of=` a position of the log or a time.

#include "core/views/set_backs.hpp"
#include "events/log/log.hpp"
#include "server/wire/problem.hpp"

#include <optional>
#include <string_view>
#include <variant>

namespace server::wire {

struct moment {
    events::position position;  ///< the last event that had happened
    events::instant time;       ///< asked for, or of that event
};

/// "812", "2026-11-23T08:00:00Z" or "2026-11-23" (the end of that day in the department's zone). A problem where it is
/// none of these or still to come. `clock`: of the log, for what a wrong one has dated.
std::variant<moment, problem> parse_moment(std::string_view text, const events::log& log, const core::views::set_backs& clock,
                                           std::chrono::minutes zone_offset, events::instant now);

/// The last event that was not later than `t`; 0 where there was none. Events happened in their order.
events::position position_at(const events::log& log, const core::views::set_backs& clock, events::instant t);

}  // namespace server::wire
