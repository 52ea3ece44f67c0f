#pragma once
// Days. Which day it is depends on where: the department's zone comes in as its offset from UTC (D6).

#include "events/catalog/value.hpp"

#include <chrono>

namespace core {

/// Asia/Shanghai: eight hours ahead, without summer time since 1991.
inline constexpr std::chrono::minutes shanghai{8 * 60};

/// The calendar day that `at` (UTC) falls on where clocks are `zone_offset` ahead of UTC.
constexpr events::date date_in(events::instant at, std::chrono::minutes zone_offset) {
    return std::chrono::floor<std::chrono::days>(at + zone_offset);
}

}  // namespace core
