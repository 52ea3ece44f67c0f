#pragma once
// Figures of which is known what stands out, for tests of early warning.

#include "core/alert_rule/judging.hpp"
#include "tests/support/watched.hpp"

#include <string>
#include <vector>

namespace opsroom_test {

using core::alert_rule;
using core::date;
using core::alerting::figure;

inline date days_after(date d, int n) { return std::chrono::sys_days(d) + std::chrono::days(n); }
inline std::string label(date d) { return std::to_string(std::chrono::sys_days(d).time_since_epoch().count()); }

/// Days one after the other; a value below 0 is none.
inline std::vector<figure> daily(date first, const std::vector<std::int64_t>& values) {
    std::vector<figure> all;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto day = days_after(first, static_cast<int>(i));
        all.push_back({day, day, label(day), values[i] < 0 ? std::nullopt : std::optional(values[i])});
    }
    return all;
}
inline const core::working_calendar weekdays;
inline alert_rule::condition limits(const char* least, const char* most) {
    alert_rule::condition c{};
    c.method = events::alert_rule::method::threshold;
    if (least) c.least = least;
    if (most) c.most = most;
    return c;
}

}  // namespace opsroom_test
