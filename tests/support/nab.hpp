#pragma once
// The series of the Numenta Anomaly Benchmark (Lavin & Ahmad 2015, arXiv:1510.03336) and its score. They are read where they lie beside
// the project; whoever needs them does without where they don't.

#include <chrono>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace support::nab {

using moment = std::chrono::sys_time<std::chrono::microseconds>;

struct series {
    std::string name;                ///< GROUP/NAME.csv
    std::vector<std::string> stamps;  ///< as in the file, to the second
    std::vector<moment> times;
    std::vector<double> values;
    std::vector<std::pair<std::size_t, std::size_t>> windows;  ///< first and last row of each labelled anomaly
    double days = 0;
};

/// The environment's OPSROOM_NAB, or ../shared/data/nab beside the project. Has windows.json, or does not exist.
std::filesystem::path folder();
/// Those that are in `folder`, by name; none where it does not exist.
std::vector<series> read(const std::filesystem::path& folder);

struct profile {
    double false_alarm = 0.11, missed = 1;  ///< what they weigh
};
inline constexpr profile standard{0.11, 1}, low_fp{0.22, 1};

struct result {
    double score = 0;  ///< 0: nothing detected, 100: perfect
    double threshold = 0;
    std::size_t found = 0, windows = 0, false_alarms = 0;
    double false_alarms_in_30_days = 0;  ///< of a series
};
/// `scores` of each row of each series; a row from `threshold` on is an alarm.
result score(const std::vector<series>& all, const std::vector<std::vector<double>>& scores, const profile& by, double threshold);
/// By the threshold that is best for these series, as the benchmark chooses it.
result best_score(const std::vector<series>& all, const std::vector<std::vector<double>>& scores, const profile& by);

}  // namespace support::nab
