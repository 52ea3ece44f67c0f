#pragma once
// The days off that are fixed by law in mainland China, before a year's arrangement of them is published: New Year's Day,
// Spring Festival (the eve and three days), Qingming, Labour Day (two days), Dragon Boat Festival, Mid-Autumn and National
// Day (three days).
//
// Source: Regulation on Public Holidays for National Annual Festivals and Memorial Days (State Council order 795, in force
// from 2025). Days of the lunar calendar as the Purple Mountain Observatory computes it (GB/T 33661-2017).

#include "events/catalog/value.hpp"

#include <vector>

namespace core {

/// Known for 2025 to 2080; of other years only what falls on the same day each year.
bool is_statutory_holiday(events::date day);

/// All of a year's, in order.
std::vector<events::date> statutory_holidays(int year);

}  // namespace core
