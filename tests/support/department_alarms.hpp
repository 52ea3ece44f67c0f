#pragma once
// What a way of watching makes of a department's figures: false alarms where nothing was planted, and shifts of the level that it finds.

#include "core/detector/detector.hpp"
#include "tests/support/department_series.hpp"
#include "tests/support/weekday_profile.hpp"

#include <functional>
#include <memory>

namespace support {

/// Is asked of one period after the other; true is an alarm that something is lower, or that it is unlike what it was.
using watcher = std::function<bool(const reading&, unsigned hour)>;
using new_watcher = std::function<watcher(const core::working_calendar&)>;

inline watcher watch_by_detector(const core::working_calendar& calendar) {
    return [&calendar, by = std::make_shared<core::detector::detector>()](const reading& r, unsigned) { return by->next(r.at, r.value, calendar).alarm; };
}
inline watcher watch_by_weekday(const core::working_calendar&) {
    return [by = std::make_shared<weekday_profile>()](const reading& r, unsigned hour) { return by->next(r.day, hour, r.value); };
}

struct alarm_counts {
    double false_in_30_days = 0;  ///< a metric
    unsigned false_alarms = 0;
    double false_on_ordinary_days = 0;  ///< alarms, neither on holidays nor on make-up days
    unsigned shifts = 0, found = 0;
};

/// Six kinds of noise by ten seeds, one shift each; a shift is found by an alarm on its day or the next.
inline alarm_counts count_alarms(bool hourly, const new_watcher& make) {
    const auto calendar = official_calendar({2025, 2026});
    alarm_counts counts;
    double days = 0;
    const auto hour_of = [](const reading& r) { return static_cast<unsigned>((r.at + core::shanghai - std::chrono::sys_days(r.day)) / 1h); };
    for (const auto of : all_noises)
        for (std::uint64_t seed = 1; seed <= 10; ++seed) {
            metric m{hourly, of, seed};
            auto watch = make(calendar);
            for (const auto& r : readings_of(m, calendar))
                if (watch(r, hour_of(r))) {
                    ++counts.false_alarms;
                    const auto kind = core::detector::kind_of(r.day, calendar);
                    counts.false_on_ordinary_days += kind == core::detector::day_kind::working || kind == core::detector::day_kind::weekend;
                }
            days += 730;
            // On any day after a year has gone by, holidays too.
            std::mt19937_64 random(seed * 77 + static_cast<std::uint64_t>(of));
            const auto from = std::chrono::sys_days(2026y / 2 / 1) + std::chrono::days(random() % 300);
            m.shift = from;
            ++counts.shifts;
            watch = make(calendar);
            bool found = false;
            for (const auto& r : readings_of(m, calendar))
                if (std::chrono::sys_days(r.day) > from + std::chrono::days(1)) break;
                else if (watch(r, hour_of(r)) && std::chrono::sys_days(r.day) >= from) found = true;
            counts.found += found;
        }
    counts.false_in_30_days = counts.false_alarms / days * 30;
    return counts;
}

}  // namespace support
