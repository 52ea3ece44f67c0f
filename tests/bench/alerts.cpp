// Early warning: what it takes to hold a year's figures against a thousand rules, each of ten members of a dimension, beside one GROUP BY of
// the same figures in the data engine.

#include "tests/bench/alerts.hpp"
#include "tests/bench/data_process.hpp"
#include "tests/bench/data_rows.hpp"
#include "tests/bench/figure.hpp"

#include "core/alert/round.hpp"

#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using bench::figure;
using core::alert_rule;
using core::date;
using method = events::alert_rule::method;

constexpr std::uint64_t rules = 1'000, members = 10;
constexpr int days = 92;
constexpr std::uint32_t digits = 2;
constexpr date last{std::chrono::year(2026) / 8 / 31};
constexpr double goal_seconds = 1;

/// The same on every machine: weekly, with some noise; nothing is planted.
std::int64_t value(std::uint64_t rule, std::uint64_t member, int day) {
    const auto noise = (rule * 7919 + member * 104'729 + static_cast<std::uint64_t>(day) * 1'299'709) % 5'000;
    return (day % 7 < 5 ? 100'000 : 60'000) + static_cast<std::int64_t>(noise);
}
date day_of(int n) { return std::chrono::sys_days(last) - std::chrono::days(days - 1 - n); }

std::vector<core::alerting::watched_rule> watching(method by) {
    std::vector<core::alerting::watched_rule> all;
    for (std::uint64_t n = 1; n <= rules; ++n) {
        core::alerting::watched_rule one{{n}, 1, {}, {digits, {}, {}}, {}, {}, {}};
        one.rule.is = core::alert_rule_status::watching;
        one.rule.id = {n};
        one.rule.metric = {n};
        one.rule.from = day_of(0);
        one.rule.condition.method = by;
        if (by == method::threshold) one.rule.condition.least = "100.00";
        if (by == method::change) one.rule.condition.from = alert_rule::against::week_before, one.rule.condition.fall = 50;
        for (std::uint64_t m = 0; m < members; ++m) {
            auto& s = one.figures.emplace_back();
            s.member = std::to_string(m);
            for (int d = 0; d < days; ++d) s.figures.push_back({day_of(d), day_of(d), std::to_string(d), value(n, m, d)});
        }
        all.push_back(std::move(one));
    }
    return all;
}

/// CPU seconds of one look at all of them.
double looked(method by) {
    const auto all = watching(by);
    const core::working_calendar calendar;
    const auto before = bench::process_cpu();
    const auto found = core::alerting::steps_of(all, {}, {}, last, calendar, core::shanghai);
    const auto cpu = bench::process_cpu() - before;
    bench::progress("alerts: " + std::to_string(found.all.size()) + " steps");
    return cpu;
}

/// CPU seconds of the engine for the same figures.
double grouped(const fs::path& folder) {
    data_worker::database in(bench::engine_options(folder / "alerts.duckdb", folder));
    in.run("CREATE TABLE figures AS SELECT r.range AS metric, m.range AS member, d.range AS day, CAST((CASE WHEN d.range % 7 < 5 THEN 100000 ELSE 60000 END + "
           "(r.range * 7919 + m.range * 104729 + d.range * 1299709) % 5000) AS DECIMAL(18,2)) / 100 AS value FROM range(1, 1001) r, range(0, 10) m, range(0, 92) d");
    const auto before = bench::process_cpu();
    auto rows = in.ask("SELECT metric, member, count(*), min(value), max(value), avg(value) FROM figures GROUP BY metric, member");
    for (data_worker::text_row row; rows.next(row);) {}
    return bench::process_cpu() - before;
}

}  // namespace

void bench::alerts(const fs::path& in) {
    const auto folder = in / "alerts";
    fs::remove_all(folder);
    fs::create_directories(folder);
    const auto baseline = grouped(folder);
    const std::pair<const char*, method> each[] = {{"alerts.limits", method::threshold}, {"alerts.change", method::change}, {"alerts.seasonal", method::seasonal}, {"alerts.detector", method::detector}};
    for (const auto& [name, by] : each) {
        const auto cpu = looked(by);
        figure(name).value(cpu, "CPU-s").beside("one GROUP BY of the same figures in the data engine", baseline).at_most(cpu, goal_seconds)
            .with("rules", static_cast<double>(rules)).with("members", static_cast<double>(members)).with("days", days);
    }
    fs::remove_all(folder);
}
