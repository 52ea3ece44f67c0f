#pragma once
// How a figure is printed: one JSON object a line on standard output; everything else goes to standard error.

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

using clock_type = std::chrono::steady_clock;

double seconds_since(clock_type::time_point start);

/// A line in the making; printed, with the machine's load average then, when it goes.
class figure {
public:
    explicit figure(std::string_view name);
    ~figure();
    figure(const figure&) = delete;
    figure& operator=(const figure&) = delete;

    /// What was measured. Kept to four significant digits.
    figure& value(double measured, std::string_view unit);
    /// What it stands beside, measured in the same run and in the same unit; also prints value / baseline.
    figure& beside(std::string_view what, double measured);
    /// Where `measured` has to get to.
    figure& at_least(double measured, double goal);
    figure& at_most(double measured, double goal);
    figure& with(std::string_view key, double more);
    figure& with(std::string_view key, std::string_view more);

private:
    void judge(double goal, bool good);
    nlohmann::ordered_json line_;
    double value_ = 0;
};

/// The value that `share` of all stay below. Sorts.
double percentile(std::vector<double>& all, double share);

/// To standard error, so that whoever waits sees why.
void progress(const std::string& text);

}  // namespace bench
