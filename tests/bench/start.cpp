// From starting opsroomd on a long log until /readyz says yes: with the snapshot that a clean stop left, and without one.

#include "events/rocksdb/rocksdb_log.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/history.hpp"
#include "tests/support/server_process.hpp"

#include <stdexcept>

namespace {

constexpr int times = 3;
constexpr double goal_seconds = 1;

double seconds_until_ready(const std::filesystem::path& folder) {
    const auto start = bench::clock_type::now();
    support::server_process server(folder, support::free_port());
    server.wait_ready(std::chrono::minutes(2));
    const auto took = bench::seconds_since(start);
    if (server.stop() != 0) throw std::runtime_error("opsroomd did not stop cleanly");
    return took;
}

void drop_snapshot(const std::filesystem::path& folder) {
    auto log = events::rocksdb_log::open(folder);
    if (!log) throw std::runtime_error(log.error().message(events::language::en));
    (*log)->keep("state", "");
}

}  // namespace

void bench::start(const std::filesystem::path& in) {
    const auto folder = history(in);
    drop_snapshot(folder);
    const auto without = seconds_until_ready(folder);
    std::vector<double> with;
    for (int i = 0; i < times; ++i) with.push_back(seconds_until_ready(folder));
    const auto median = percentile(with, 0.5);
    figure("start").value(median, "s").beside("without a snapshot", without).at_most(median, goal_seconds)
        .with("events", static_cast<double>(history_events));
}
