// Commands over real sockets, checked, decided and durable before they are answered; the load generator is this
// process and shares the cores with the server. Beside it the same kind of commands given to the engine in process.

#include "tests/bench/bench.hpp"
#include "tests/bench/department.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/in_process.hpp"
#include "tests/bench/live_load.hpp"

namespace {

constexpr std::size_t connections = 64;
constexpr std::size_t outstanding = 16;
constexpr std::size_t tasks_a_connection = 16;
constexpr double warm_up_seconds = 2;
constexpr double measured_seconds = 10;
constexpr double goal_commands_per_second = 60'000;
constexpr double goal_p99_ms = 25;

}  // namespace

void bench::command(const std::filesystem::path& in) {
    const auto folder = in / "command";
    load_result seen;
    department::totals before, after;
    double server_cpu = 0;
    {
        department room(folder, connections, tasks_a_connection);
        live_load load(room.server.port(), room.desks, outstanding);
        load.run(warm_up_seconds);
        before = room.counted();
        const auto cpu = room.cpu_seconds();
        progress("server is process " + std::to_string(room.server.process()));
        seen = load.run(measured_seconds);
        server_cpu = room.cpu_seconds() - cpu;
        after = room.counted();
        load.finish();
        room.server.stop();
    }
    std::filesystem::remove_all(folder);
    const auto bare = commands_without_sockets(folder, connections * outstanding, measured_seconds / 2);

    const auto rate = static_cast<double>(seen.acknowledged) / seen.seconds;
    const auto batches = after.batches - before.batches;
    const auto p99 = percentile(seen.latencies_ms, 0.99);
    {
        figure line("command");
        line.value(rate, "commands/s").beside("the engine without sockets", bare).at_least(rate, goal_commands_per_second)
            .with("rejected", static_cast<double>(seen.rejected)).with("commands_a_sync", (after.events - before.events) / batches)
            .with("server_cores", server_cpu / seen.seconds).with("load_cores", seen.own_cpu_seconds / seen.seconds);
        if (seen.rejected > 0) line.with("first_rejection", seen.first_rejection);
    }
    figure("command.p99").value(p99, "ms").at_most(p99, goal_p99_ms).with("p50", percentile(seen.latencies_ms, 0.5));
}
