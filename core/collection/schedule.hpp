#pragma once
// Which deliveries a collection plan has when: of which days each is, when it is due, and from when on it is missing (S4.1.2). Days are
// the department's, and working days those of its calendar (D6).

#include "core/kernel/calendar.hpp"
#include "events/catalog/collection.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace core::collecting {

/// A delivery that is due.
struct due_delivery {
    events::date from;         ///< the days that it covers, both included
    events::date until;
    events::date on;           ///< the day that it is due on
    events::instant due;
    events::instant late_from; ///< with the grace that it has: what is not there by then is missing
    bool operator==(const due_delivery&) const = default;
};

/// Those that are due from the day `first` to the day `last`, both included, in the order of what they cover. What is made by the week
/// or by the month is made by people: where its day is no working day, it is due on the next one. What comes every day comes on days
/// off as well.
std::vector<due_delivery> due_between(const events::collection::schedule& by, events::date first, events::date last, const working_calendar& days,
                                      std::chrono::minutes zone_offset);

/// The one that covers just these days; nothing where there is none.
std::optional<due_delivery> due_for(const events::collection::schedule& by, events::date from, events::date until, const working_calendar& days,
                                    std::chrono::minutes zone_offset);

/// From this day on figures up to `until` change no more.
events::date settled_on(const events::collection::schedule& by, events::date until, const working_calendar& days);

/// By how much working time it was late; none where it came by then.
std::chrono::minutes lateness(events::instant due, events::instant came, const working_calendar& days, const events::org::working_hours& hours,
                              std::chrono::minutes zone_offset);

}  // namespace core::collecting
