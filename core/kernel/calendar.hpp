#pragma once
// Days and working time. Which day it is depends on where: the department's zone comes in as its offset from UTC (D6).

#include "events/catalog/org.hpp"
#include "events/catalog/value.hpp"

#include <chrono>
#include <limits>
#include <vector>

namespace core {

/// Asia/Shanghai: eight hours ahead, without summer time since 1991.
inline constexpr std::chrono::minutes shanghai{8 * 60};

/// The calendar day that `at` (UTC) falls on where clocks are `zone_offset` ahead of UTC.
constexpr events::date date_in(events::instant at, std::chrono::minutes zone_offset) {
    return std::chrono::floor<std::chrono::days>(at + zone_offset);
}

/// The morning after `last`: "until", "closes on" and "due" a day include all of it (D15).
constexpr events::date day_after(events::date last) { return std::chrono::sys_days(last) + std::chrono::days(1); }

/// Which days are worked, and when. A year that nothing was published about is worked from Monday to Friday, but for the
/// days off that are fixed by law (core/kernel/statutory.hpp).
class working_calendar {
public:
    working_calendar() = default;
    /// All sorted: the days off and of work that were published, and the years that they were published for.
    working_calendar(std::vector<events::date> off, std::vector<events::date> work, std::vector<int> published)
        : off_(std::move(off)), work_(std::move(work)), published_(std::move(published)) {}

    bool is_published(int year) const;
    bool is_working_day(events::date day) const;
    /// The last of `count` working days that are counted from the first one after `day`, whatever day that is (D15); with 0,
    /// `day` itself or the first working day after it.
    events::date after(events::date day, unsigned count) const;
    /// How many working days lie after `from`, up to and including `to`; 0 where `to` is not later. `after(from, n)` has n. Counts
    /// no further than `at_most`: whoever only wants to know whether it is more than that does not pay for a day that is far away.
    unsigned working_days(events::date from, events::date to, unsigned at_most = std::numeric_limits<unsigned>::max()) const;
    /// Working time between two moments, for people who keep these hours where clocks are `zone_offset` ahead of UTC.
    std::chrono::minutes working_time(events::instant from, events::instant to, const events::org::working_hours& hours,
                                      std::chrono::minutes zone_offset) const;

    bool operator==(const working_calendar&) const = default;

private:
    std::vector<events::date> off_;
    std::vector<events::date> work_;
    std::vector<int> published_;
};

}  // namespace core
