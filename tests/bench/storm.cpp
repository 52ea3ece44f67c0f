// Everybody comes back at once and has missed the same, while a few go on writing: how long those wait, and what it costs the
// server beside one client's return alone, as many times.

#include "tests/bench/bench.hpp"
#include "tests/bench/department.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/listeners.hpp"
#include "tests/bench/ordinary.hpp"

#include <unistd.h>

#include <stdexcept>
#include <thread>

namespace {

constexpr std::size_t clients = 2'000;
constexpr std::size_t desks = 16;
constexpr std::size_t missed = 1'000;
constexpr std::size_t alone = 20;
constexpr double goal_p99_ms = 50, goal_share = 0.1;
constexpr std::string_view caught_up = R"({"type":"subscribed")";

std::string resume(std::uint64_t channel, std::uint64_t after) {
    return R"({"type":"subscribe","feed":"channel/)" + std::to_string(channel) + R"(","after":)" + std::to_string(after) + "}";
}

}  // namespace

void bench::storm(const std::filesystem::path& in) {
    const auto folder = in / "storm";
    std::vector<double> quiet, meanwhile;
    double took = 0, cpu = 0, cpu_alone = 0;
    {
        department room(folder, desks, 1);
        const auto channel = room.desks[0].channel;
        const auto target = "channel/" + std::to_string(channel);
        auto poster = support::ws_client::connect(room.server.port(), room.desks[0].token);
        const auto post = asking("channel.post", target, {{"text", std::string(200, 'm')}});
        // So many more before, for those who come alone: each after another place, so that nothing is shared.
        const auto acks = run_all(poster, std::vector<nlohmann::json>(missed + alone, post));
        const std::uint64_t after = acks[alone - 1].at("position");

        const auto before_alone = room.cpu_seconds();
        for (std::size_t i = 0; i < alone; ++i) {
            auto one = support::ws_client::connect(room.server.port(), room.desks[i % desks].token);
            one.send(resume(channel, acks[i].at("position").get<std::uint64_t>()));
            for (bool there = false; !there;) {
                const auto said = one.receive(std::chrono::seconds(30));
                if (!said || said->closed) throw std::runtime_error("the server does not answer");
                there = said->text.find(caught_up) != std::string::npos;
            }
        }
        cpu_alone = (room.cpu_seconds() - before_alone) / alone;

        quiet = ordinary(room, room.desks[1]).go_on_for(4);
        std::vector<support::ws_client> sockets;
        std::vector<int> handles;
        const auto before = room.cpu_seconds();
        ordinary writer(room, room.desks[1]);
        const auto start = clock_type::now();
        writer.start();
        for (std::size_t i = 0; i < clients; ++i) {
            sockets.push_back(support::ws_client::connect(room.server.port(), room.desks[i % desks].token));
            sockets.back().send(resume(channel, after));
            handles.push_back(::dup(sockets.back().connection().handle()));
        }
        listeners all(handles, std::string(caught_up));
        all.wait_for_words(clients, 120);
        took = seconds_since(start);
        meanwhile = writer.stop();
        cpu = room.cpu_seconds() - before;
        room.server.stop();
    }
    std::filesystem::remove_all(folder);
    const auto p99 = percentile(meanwhile, 0.99);
    figure("storm.ack_p99").value(p99, "ms").beside("quiet", percentile(quiet, 0.99)).at_most(p99, goal_p99_ms)
        .with("writes", static_cast<double>(meanwhile.size())).with("caught_up_s", took);
    figure("storm.cpu").value(cpu, "s").beside("one client's return, as many times", cpu_alone * clients)
        .at_most(cpu / (cpu_alone * clients), goal_share).with("clients", static_cast<double>(clients)).with("missed", static_cast<double>(missed));
}
