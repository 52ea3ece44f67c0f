#pragma once
// Days and working time. Which day it is depends on where: the department's zone comes in as its offset from UTC (D6).

#include "events/catalog/org.hpp"
#include "events/catalog/value.hpp"

#include <chrono>
#include <vector>

namespace core {

/// Asia/Shanghai: eight hours ahead, without summer time since 1991.
inline constexpr std::chrono::minutes shanghai{8 * 60};

/// The calendar day that `at` (UTC) falls on where clocks are `zone_offset` ahead of UTC.
constexpr events::date date_in(events::instant at, std::chrono::minutes zone_offset) {
    return std::chrono::floor<std::chrono::days>(at + zone_offset);
}

/// Which days are worked, and when. A year that nothing was published about is worked from Monday to Friday.
class working_calendar {
public:
    working_calendar() = default;
    /// Both sorted.
    working_calendar(std::vector<events::date> off, std::vector<events::date> work) : off_(std::move(off)), work_(std::move(work)) {}

    bool is_working_day(events::date day) const;
    /// The working day that is `count` working days after `day`; with 0, `day` itself or the first working day after it.
    events::date after(events::date day, unsigned count) const;
    /// How many working days lie after `from`, up to and including `to`; 0 where `to` is not later.
    unsigned working_days(events::date from, events::date to) const;
    /// Working time between two moments, for people who keep these hours where clocks are `zone_offset` ahead of UTC.
    std::chrono::minutes working_time(events::instant from, events::instant to, const events::org::working_hours& hours,
                                      std::chrono::minutes zone_offset) const;

    bool operator==(const working_calendar&) const = default;

private:
    std::vector<events::date> off_;
    std::vector<events::date> work_;
};

}  // namespace core
