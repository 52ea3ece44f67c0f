#pragma once
// The baseline of early warning: the median of the same weekday (and hour) in the last eight weeks, and an alarm past so many median
// deviations from it. It knows no holidays.

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <deque>
#include <vector>

namespace support {

class weekday_profile {
public:
    bool next(std::chrono::sys_days day, unsigned hour, double value) {
        auto& seen = seen_[std::chrono::weekday(day).c_encoding() * 24 + hour];
        bool alarm = false;
        if (seen.size() >= 4) {
            const double middle = median({seen.begin(), seen.end()});
            std::vector<double> off;
            for (const double v : seen) off.push_back(std::fabs(v - middle));
            alarm = std::fabs(value - middle) > deviations * std::max(1.4826 * median(off), 0.01 * std::fabs(middle));
        }
        seen.push_back(value);
        if (seen.size() > 8) seen.pop_front();
        return alarm;
    }

private:
    static constexpr double deviations = 8;
    static double median(std::vector<double> all) {
        std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2), all.end());
        return all[all.size() / 2];
    }
    std::array<std::deque<double>, 7 * 24> seen_;
};

}  // namespace support
