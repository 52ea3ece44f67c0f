// What an open connection takes of the server's own memory: connected, and subscribed to the board with its snapshot
// read. The kernel's socket buffers are not in it.

#include "tests/bench/bench.hpp"
#include "tests/bench/department.hpp"
#include "tests/bench/figure.hpp"

#include <stdexcept>
#include <thread>

namespace {

constexpr std::size_t connections = 5'000;
constexpr std::size_t sent_at_once = 50;
constexpr double goal_kib = 10;

std::string next_text(support::ws_client& from) {
    auto message = from.receive(std::chrono::seconds(30));
    if (!message || message->closed) throw std::runtime_error("the server closed an idle connection");
    return std::move(message->text);
}

void wait_for(support::ws_client& from, std::string_view what) {
    while (next_text(from).find(what) == std::string::npos) {}
}

double memory_kib(const bench::department& room) {
    std::this_thread::sleep_for(std::chrono::seconds(1));
    return room.memory_kib("Private_Dirty");
}

}  // namespace

void bench::idle(const std::filesystem::path& in) {
    const auto folder = in / "idle";
    double bare = 0, subscribed = 0;
    {
        department room(folder, 4, 4);
        std::vector<support::ws_client> all;
        all.reserve(connections);
        // What the first ones make the server allocate once is not theirs.
        const auto connect = [&](std::size_t up_to) {
            while (all.size() < up_to) {
                all.push_back(support::ws_client::connect(room.server.port(), room.desks[all.size() % room.desks.size()].token));
                wait_for(all.back(), R"("hello")");
            }
        };
        const auto subscribe = [&](std::size_t from) {
            for (; from < all.size(); from += sent_at_once) {
                const auto to = std::min(all.size(), from + sent_at_once);
                for (auto i = from; i < to; ++i) all[i].send(R"({"type":"subscribe","feed":"board"})");
                for (auto i = from; i < to; ++i) wait_for(all[i], R"("snapshot")");
            }
        };
        connect(sent_at_once);
        subscribe(0);
        const auto before = memory_kib(room);
        connect(connections);
        const auto connected = memory_kib(room);
        subscribe(sent_at_once);
        const auto end = memory_kib(room);
        const auto count = static_cast<double>(connections - sent_at_once);
        bare = (connected - before) / count;
        subscribed = (end - before) / count;
        all.clear();
        room.server.stop();
    }
    std::filesystem::remove_all(folder);
    figure("idle").value(subscribed, "KiB/connection").beside("connected, no subscription", bare).at_most(subscribed, goal_kib)
        .with("connections", static_cast<double>(connections));
}
