#pragma once
// What a day is to a department's figures, as its working calendar says beforehand.

#include "core/detector/finding.hpp"
#include "core/kernel/calendar.hpp"

namespace core::detector {

using events::date;

/// How far around a day off that is fixed by law the arrangement of an unpublished year may reach: days off, and weekends that are worked
/// for them.
inline constexpr std::chrono::days rearranged{5}, made_up{12};
/// Days off in a row from which a holiday is a long one: Spring Festival and National Day, not the days by themselves.
inline constexpr int long_holiday_days = 6;

/// A holiday is every day of a row of days off in which one is from Monday to Friday. In a year that nothing was published about, days
/// near one that is off by law are unpublished: they may be worked or not.
day_kind kind_of(date day, const working_calendar& calendar);

/// A working day right before or after a holiday: people leave early and come back late.
bool is_beside_holiday(date day, const working_calendar& calendar);

}  // namespace core::detector
