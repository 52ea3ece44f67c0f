#include "server/ops/health.hpp"
#include "server/ops/logging.hpp"
#include "server/ops/metrics.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace server::ops;
using Catch::Contains;

namespace {
const events::instant noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 3} + std::chrono::hours{12} +
                           std::chrono::microseconds{42}};
}

TEST_CASE("log: one JSON object a line", "[ops]") {
    const auto line = log_line(
        log_format::json, noon, log_level::warning, "slow sync",
        {{"seconds", 0.25}, {"position", std::uint64_t{18446744073709551615u}}, {"delta", -3}, {"demo", true}, {"peer", "192.0.2.1"}});
    CHECK(line == R"({"time":"2026-11-03T12:00:00.000042Z","level":"warning","what":"slow sync","seconds":0.25,)"
                  R"("position":18446744073709551615,"delta":-3,"demo":true,"peer":"192.0.2.1"})");
}

TEST_CASE("log: nothing in a value breaks the line or gets out", "[ops]") {
    for (const auto how : {log_format::json, log_format::text}) {
        const auto line = log_line(how, noon, log_level::error, "bad\ninput",
                                   {{"peer", "x\"\n\x1b[31m\xff"}, {"password", "hunter2"}, {"token", "opsroom_pat_x"}, {"name", "陈伟"}});
        CHECK(line.find('\n') == std::string::npos);
        CHECK(line.find('\x1b') == std::string::npos);
        CHECK(line.find('\xff') == std::string::npos);
        CHECK(line.find("hunter2") == std::string::npos);
        CHECK(line.find("opsroom_pat_") == std::string::npos);
        CHECK(line.find("陈伟") == std::string::npos);
        if (how == log_format::json) CHECK(nlohmann::json::parse(line).at("password") == "(withheld)");
    }
    const std::string endless(100'000, 'x');
    CHECK(log_line(log_format::json, noon, log_level::info, endless, {{"peer", endless}}).size() < 5'000);
}

TEST_CASE("log: text for a terminal", "[ops]") {
    CHECK(log_line(log_format::text, noon, log_level::info, "listening", {{"port", 8080}, {"address", "::"}}) ==
          "2026-11-03T12:00:00.000042Z info    listening port=8080 address=\"::\"");
}

TEST_CASE("log: below the least level nothing is written", "[ops]") {
    start_logging(log_level::warning, log_format::json);
    CHECK_FALSE(logs(log_level::info));
    CHECK(logs(log_level::warning));
    start_logging(log_level::info, log_format::json);
    CHECK(logs(log_level::info));
}

TEST_CASE("metrics: what is counted is in the text", "[ops]") {
    metrics m;
    auto accepted = m.add_counter("opsroom_commands_total", "Commands, by how they ended.", {{"outcome", "ack"}});
    auto refused = m.add_counter("opsroom_commands_total", "Commands, by how they ended.", {{"outcome", "reject"}});
    auto open = m.add_gauge("opsroom_connections", "Open connections.");
    auto sync = m.add_histogram("opsroom_sync_seconds", "Time of one fsync.", duration_buckets());
    double head = 7;
    m.watch_gauge("opsroom_head", "Last position.", [&] { return head; });
    m.watch_counter("opsroom_sent_bytes_total", "Bytes sent.", [] { return 1.0; }, {{"shard", "0"}});
    m.watch_counter("opsroom_sent_bytes_total", "Bytes sent.", [] { return 2.0; }, {{"shard", "1"}});
    m.watch_process();
    accepted.add();
    accepted.add(2);
    refused.add();
    open.add(5);
    open.add(-1);
    sync.observe(0.003);
    head = 8;
    const auto text = m.text();
    CHECK_THAT(text, Contains("opsroom_commands_total{outcome=\"ack\"} 3\n"));
    CHECK_THAT(text, Contains("opsroom_commands_total{outcome=\"reject\"} 1\n"));
    CHECK_THAT(text, Contains("opsroom_connections 4\n"));
    CHECK_THAT(text, Contains("opsroom_sync_seconds_bucket{le=\"0.0025\"} 0\n"));
    CHECK_THAT(text, Contains("opsroom_sync_seconds_bucket{le=\"0.005\"} 1\n"));
    CHECK_THAT(text, Contains("# TYPE opsroom_head gauge\nopsroom_head 8\n"));
    CHECK_THAT(
        text,
        Contains(
            "# TYPE opsroom_sent_bytes_total counter\nopsroom_sent_bytes_total{shard=\"0\"} 1\nopsroom_sent_bytes_total{shard=\"1\"} 2\n"));
    CHECK_THAT(text, Contains("process_resident_memory_bytes ") && Contains("process_open_fds ") && Contains("process_cpu_seconds_total "));
    CHECK_THROWS_AS(m.add_counter("not a name", ""), std::invalid_argument);
    CHECK_THROWS_AS(m.watch_gauge("not a name", "", [] { return 0.0; }), std::invalid_argument);
}

TEST_CASE("health: ready only between start and drain, and never back", "[ops]") {
    health h;
    h.progress(12, 100);
    CHECK(h.livez().status == 200);
    CHECK(h.readyz().status == 503);
    CHECK(h.readyz().body == R"({"status":"starting","done":12,"of":100})");
    h.become(phase::ready);
    CHECK(h.readyz().status == 200);
    CHECK(h.readyz().body == R"({"status":"ready"})");
    h.become(phase::draining);
    h.become(phase::ready);
    CHECK(h.readyz().status == 503);
    CHECK(h.readyz().body == R"({"status":"draining"})");
    CHECK(h.livez().status == 200);
}
