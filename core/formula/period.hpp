#pragma once
// Days, ISO weeks (from Monday), months, quarters and years, as periods that metrics are calculated for.

#include "events/catalog/value.hpp"

#include <compare>
#include <cstdint>
#include <string>

namespace core::formula {

using events::date;

enum class grain : std::uint8_t { day, week, month, quarter, year };

/// Days are those of the department's time zone. No period is outside the years 1 to 9999.
class period {
public:
    /// The one that holds this day.
    static period of(grain g, date day);

    formula::grain grain() const { return grain_; }
    date first() const { return std::chrono::sys_days(first_); }
    date last() const;
    /// So many periods later; earlier where it is below 0.
    period moved(int by) const;
    /// The same of an earlier year: the same day (of 29 February the 28th), week of the ISO year (of week 53 the 52nd, where there
    /// is no other), month or quarter.
    period years_before(unsigned years) const;
    /// "2026-11-23", "2026-W48", "2026-11", "2026-Q4", "2026".
    std::string label() const;

    auto operator<=>(const period&) const = default;

private:
    period(formula::grain g, std::chrono::sys_days first) : grain_(g), first_(first) {}

    formula::grain grain_;
    std::chrono::sys_days first_;
};

}  // namespace core::formula
