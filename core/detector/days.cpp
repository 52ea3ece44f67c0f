#include "core/detector/days.hpp"

#include "core/kernel/statutory.hpp"

namespace core::detector {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr int longest_row = 16;  // no row of days off is longer; a calendar that says so would cost time

bool is_weekend(sys_days day) {
    const std::chrono::weekday on(day);
    return on == std::chrono::Saturday || on == std::chrono::Sunday;
}

bool may_be_rearranged(sys_days day, const working_calendar& calendar) {
    const auto reach = is_weekend(day) ? made_up : rearranged;
    for (auto at = day - reach; at <= day + reach; at += days(1)) {
        const date d = at;
        if (!calendar.is_published(static_cast<int>(d.year())) && is_statutory_holiday(d)) return true;
    }
    return false;
}

}  // namespace

day_kind kind_of(date day, const working_calendar& calendar) {
    const sys_days at = day;
    if (!calendar.is_published(static_cast<int>(day.year())) && may_be_rearranged(at, calendar)) return day_kind::unpublished;
    if (calendar.is_working_day(day)) return is_weekend(at) ? day_kind::make_up : day_kind::working;
    int length = 1, weekdays = !is_weekend(at);
    for (auto d = at - days(1); length < longest_row && !calendar.is_working_day(d); d -= days(1), ++length) weekdays += !is_weekend(d);
    for (auto d = at + days(1); length < longest_row && !calendar.is_working_day(d); d += days(1), ++length) weekdays += !is_weekend(d);
    if (weekdays == 0) return day_kind::weekend;
    return length >= long_holiday_days ? day_kind::long_holiday : day_kind::holiday;
}

bool is_beside_holiday(date day, const working_calendar& calendar) {
    const auto is_off = [&](sys_days d) {
        const auto kind = kind_of(d, calendar);
        return kind == day_kind::holiday || kind == day_kind::long_holiday;
    };
    return is_off(sys_days(day) - days(1)) || is_off(sys_days(day) + days(1));
}

}  // namespace core::detector
