// Early warning on the series of the Numenta Anomaly Benchmark, which lie beside the project or where OPSROOM_NAB says. The scores of
// each row go into OPSROOM_NAB_RESULTS, or nab-results in the bench's folder, in the benchmark's own form, so that another program can
// count them. And on a department's figures, made up from the official calendars.

#include "core/detector/detector.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/figure.hpp"
#include "tests/support/department_alarms.hpp"
#include "tests/support/nab.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace {

using bench::figure;
namespace nab = support::nab;

constexpr double goal_standard = 60, goal_low_fp = 50, goal_false_alarms = 4, goal_us = 50, goal_kib = 64;
constexpr double goal_department_false = 0.1, goal_found = 55.0 / 60;
constexpr double alarm = 0.5;

using all_scores = std::vector<std::vector<double>>;

double thread_cpu() {
    rusage used{};
    getrusage(RUSAGE_THREAD, &used);
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

/// How far beyond all that was seen so far, in shares of its range.
std::vector<double> beyond_all(const nab::series& of) {
    std::vector<double> scores;
    double low = of.values.front(), high = low;
    for (const double v : of.values) {
        const double beyond = std::max({v - high, low - v, 0.0}), range = high - low;
        scores.push_back(beyond > 0 ? beyond / (beyond + std::max(range, 1e-9)) : 0);
        low = std::min(low, v);
        high = std::max(high, v);
    }
    return scores;
}

void write(const nab::series& of, const std::vector<double>& scores, const std::filesystem::path& to) {
    const auto file = to / of.name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream out(file);
    out << "timestamp,value,anomaly_score\n";
    out.precision(17);
    for (std::size_t i = 0; i < scores.size(); ++i) out << of.stamps[i] << ',' << of.values[i] << ',' << scores[i] << '\n';
    if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

void print(const char* name, const nab::profile& by, double goal, const std::vector<nab::series>& all, const all_scores& ours, const all_scores& baseline) {
    const auto reached = nab::score(all, ours, by, alarm);
    figure(name).value(reached.score, "of 100").beside("beyond all so far, by its best threshold", nab::best_score(all, baseline, by).score)
        .at_least(reached.score, goal).with("found", static_cast<double>(reached.found)).with("windows", static_cast<double>(reached.windows))
        .with("false_alarms", static_cast<double>(reached.false_alarms)).with("by_best_threshold", nab::best_score(all, ours, by).score);
}

void measure_nab(const std::filesystem::path& in) {
    const auto all = nab::read(nab::folder());
    if (all.empty()) {
        bench::progress("  skipped: there are no series in " + nab::folder().string());
        return;
    }
    const char* given = std::getenv("OPSROOM_NAB_RESULTS");
    const std::filesystem::path to = given ? given : in / "nab-results";
    all_scores ours, baseline;
    double cpu = 0, rows = 0, bytes = 0;
    for (const auto& series : all) {
        core::detector::detector watching(std::chrono::minutes(0));
        const core::working_calendar none;
        auto& scores = ours.emplace_back();
        scores.reserve(series.values.size());
        const auto before = thread_cpu();
        for (std::size_t i = 0; i < series.values.size(); ++i) scores.push_back(watching.next(series.times[i], series.values[i], none).score);
        cpu += thread_cpu() - before;
        rows += static_cast<double>(series.values.size());
        bytes = std::max(bytes, static_cast<double>(watching.bytes()));
        baseline.push_back(beyond_all(series));
        write(series, scores, to);
    }
    bench::progress("  results: " + to.string());
    print("nab.standard", nab::standard, goal_standard, all, ours, baseline);
    print("nab.low_fp", nab::low_fp, goal_low_fp, all, ours, baseline);
    const auto reached = nab::score(all, ours, nab::standard, alarm), simple = nab::best_score(all, baseline, nab::standard);
    figure("nab.false_alarms").value(reached.false_alarms_in_30_days, "a series in 30 days").beside("beyond all so far, by its best threshold", simple.false_alarms_in_30_days)
        .at_most(reached.false_alarms_in_30_days, goal_false_alarms);
    figure("nab.row").value(cpu / rows * 1e6, "CPU-us").at_most(cpu / rows * 1e6, goal_us).with("rows", rows);
    figure("nab.memory").value(bytes / 1024, "KiB a series").at_most(bytes / 1024, goal_kib);
}

void measure_department(const char* name, bool hourly) {
    const auto ours = support::count_alarms(hourly, support::watch_by_detector), baseline = support::count_alarms(hourly, support::watch_by_weekday);
    const std::string of = std::string("warning.") + name;
    figure(of + ".false_alarms").value(ours.false_in_30_days, "a metric in 30 days").beside("a profile by weekday", baseline.false_in_30_days)
        .at_most(ours.false_in_30_days, goal_department_false).with("on_ordinary_days", ours.false_on_ordinary_days).with("baseline_on_ordinary_days", baseline.false_on_ordinary_days);
    const auto share = [](const support::alarm_counts& c) { return static_cast<double>(c.found) / c.shifts; };
    figure(of + ".shifts_found").value(share(ours), "of those by -35 %, within two days").beside("a profile by weekday", share(baseline)).at_least(share(ours), goal_found)
        .with("shifts", static_cast<double>(ours.shifts)).with("found", static_cast<double>(ours.found));
}

}  // namespace

void bench::nab(const std::filesystem::path& in) {
    measure_nab(in);
    measure_department("days", false);
    measure_department("hours", true);
}
