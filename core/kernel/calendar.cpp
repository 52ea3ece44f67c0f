#include "core/kernel/calendar.hpp"

#include "core/kernel/statutory.hpp"

#include <algorithm>

namespace core {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::sys_days;

// The part of [from, until) that lies within [begin, end), minutes of a day.
long overlap(long from, long until, long begin, long end) { return std::max(0L, std::min(until, end) - std::max(from, begin)); }

long worked(long from, long until, const events::org::working_hours& hours) {
    return overlap(from, until, hours.from, hours.until) - overlap(from, until, hours.break_from, hours.break_until);
}

}  // namespace

bool working_calendar::is_published(int year) const { return std::binary_search(published_.begin(), published_.end(), year); }

bool working_calendar::is_working_day(events::date day) const {
    if (std::binary_search(off_.begin(), off_.end(), day)) return false;
    if (std::binary_search(work_.begin(), work_.end(), day)) return true;
    const std::chrono::weekday on{sys_days(day)};
    if (on == std::chrono::Saturday || on == std::chrono::Sunday) return false;
    return is_published(static_cast<int>(day.year())) || !is_statutory_holiday(day);
}

events::date working_calendar::after(events::date day, unsigned count) const {
    auto at = sys_days(day);
    if (count == 0)
        while (!is_working_day(at)) at += days(1);
    for (; count > 0; --count)
        do at += days(1);
        while (!is_working_day(at));
    return at;
}

unsigned working_calendar::working_days(events::date from, events::date to, unsigned at_most) const {
    unsigned count = 0;
    for (auto at = sys_days(from) + days(1); at <= sys_days(to) && count < at_most; at += days(1)) count += is_working_day(at);
    return count;
}

minutes working_calendar::working_time(events::instant from, events::instant to, const events::org::working_hours& hours,
                                       minutes zone_offset) const {
    if (to <= from) return minutes(0);
    const auto begin = std::chrono::floor<minutes>(from + zone_offset), end = std::chrono::floor<minutes>(to + zone_offset);
    long total = 0;
    for (auto day = std::chrono::floor<days>(begin); day <= end; day += days(1)) {
        if (!is_working_day(day)) continue;
        const auto first = std::max(begin, std::chrono::time_point_cast<minutes>(day)) - day;
        const auto last = std::min(end, std::chrono::time_point_cast<minutes>(day + days(1))) - day;
        total += worked(std::chrono::duration_cast<minutes>(first).count(), std::chrono::duration_cast<minutes>(last).count(), hours);
    }
    return minutes(total);
}

}  // namespace core
