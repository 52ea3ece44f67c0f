#pragma once
// Who is told of what by itself (S1.3.3): people of steps that are soon due or late, their superiors of those that are too
// late, superior leaders and administrators of steps that wait on nobody. One digest a working day, when work begins; each step once a kind.

#include "core/kernel/context.hpp"
#include "core/follow_up.hpp"

namespace core::policies {

/// Since when an entity is in the status that it is in, and by which event.
struct status_entry {
    instant since{};
    events::position at;
};
class status_entries {
public:
    virtual ~status_entries() = default;
    virtual status_entry status_entry_of(events::stream_id which) const = 0;
};

/// Whether digests are due: it is a working day, and work has begun.
bool is_time_to_remind(const context& by);

/// A desk for everybody who has none yet.
follow_ups desks_to_open(const context& by);

/// What each desk is to be told now. Looks at every open entity, so it is for once a day.
follow_ups reminders(const context& by, const status_entries& when);

}  // namespace core::policies
