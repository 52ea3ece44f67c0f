// One person does what could stop everybody else, each thing in turn, for some seconds; an ordinary person works beside them.
// How long that one waits, beside how long they wait when nobody does. The server has its usual limits. Who attacks does it
// from machines of their own: here their threads only run where neither the server nor the ordinary person wants to.

#include "tests/bench/bench.hpp"
#include "tests/bench/department.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/ordinary.hpp"
#include "tests/support/demo.hpp"

#include <sys/resource.h>

#include <functional>
#include <random>
#include <stdexcept>
#include <thread>

namespace {

using bench::clock_type;
using nlohmann::json;

constexpr double seconds = 8, acks_a_second = 25;
constexpr int last_of_all = 19;
constexpr double goal_ms = 50, goal_ratio = 2;
constexpr double goal_login_ms = 1'000, goal_socket_kib = 1'024, goal_all_mib = 256;

/// Whoever attacks, and what with.
struct target {
    const bench::department& room;
    std::uint16_t port;
    std::string token;
    std::uint64_t channel;
};

/// Does it over and over on so many threads, until this goes. What the server refuses or cuts off is begun again.
class attackers {
public:
    attackers(std::size_t count, std::function<void(std::atomic<bool>& stop)> deed) {
        for (std::size_t i = 0; i < count; ++i)
            threads_.emplace_back([this, deed] {
                ::setpriority(PRIO_PROCESS, 0, last_of_all);  // of this thread
                while (!stop_) {
                    try {
                        deed(stop_);
                    } catch (const std::exception&) {
                        std::this_thread::sleep_for(std::chrono::milliseconds(20));
                    }
                }
            });
    }
    ~attackers() {
        stop_ = true;
        threads_.clear();
    }

private:
    std::atomic<bool> stop_{false};
    std::vector<std::jthread> threads_;
};

std::string command(std::string_view name, std::string_view at, const json& data) {
    auto line = bench::asking(name, at, data);
    line["id"] = bench::fresh_id();
    return line.dump() + '\n';
}

std::string as_many_as_fit(const std::function<std::string()>& line) {
    std::string all;
    for (auto next = line(); all.size() + next.size() < 60'000; next = line()) all += next;
    return all;
}

/// Says the same kind of thing on a socket and reads what is answered.
void talk(const target& on, const std::function<std::string()>& line, std::atomic<bool>& stop) {
    auto socket = support::ws_client::connect(on.port, on.token);
    while (!stop) {
        socket.send(as_many_as_fit(line));
        while (const auto said = socket.receive(std::chrono::milliseconds(5)))
            if (said->closed) return;
    }
}

/// Asks over a connection of its own each time.
void ask(const target& on, const support::http_request& what) {
    auto with = what;
    with.headers.push_back("Authorization: Bearer " + on.token);
    (void)support::ask(on.port, with);
}

std::string made_up_hash() {
    static thread_local std::mt19937_64 random(std::random_device{}());
    std::string hex;
    while (hex.size() < 64) hex += "0123456789abcdef"[random() % 16];
    return hex;
}

struct attack_of {
    std::string name;
    std::size_t threads;
    std::function<void(const target&, std::atomic<bool>&)> deed;
};

std::vector<attack_of> all_attacks() {
    const auto election = [] {
        return command("election.open", "", {{"title", "t"}, {"period", "2030"}, {"seats", 1},
                                             {"schedule", {{"nominations_close", "2050-01-01"}, {"voting_opens", "2050-01-01"}, {"voting_closes", "2050-01-02"}}}});
    };
    return {
        {"elections", 6, [election](const target& on, std::atomic<bool>& stop) { talk(on, election, stop); }},
        {"commands", 12,
         [](const target& on, std::atomic<bool>& stop) {
             talk(on, [&] { return command("channel.post", "channel/" + std::to_string(on.channel), {{"text", std::string(300, 'x')}}); }, stop);
         }},
        {"past", 40, [](const target& on, std::atomic<bool>&) { ask(on, {"GET", "/api/v1/projects?as_of=" + std::to_string(1 + std::hash<std::string>{}(bench::fresh_id()) % 200), {}, {}}); }},
        {"requests", 12, [](const target& on, std::atomic<bool>&) { ask(on, {"GET", "/api/v1/tasks?limit=200", {}, {}}); }},
        {"uploads", 4,
         [](const target& on, std::atomic<bool>&) {
             ask(on, {"POST", "/api/v1/attachments", {"Content-Type: application/json"}, json{{"sha256", made_up_hash()}, {"bytes", 1'000'000}, {"media_type", "text/plain"}}.dump()});
         }},
        {"passwords", 8,
         [](const target& on, std::atomic<bool>&) {
             ask(on, {"POST", "/api/v1/session", {"Content-Type: application/json"}, json{{"login", "x" + bench::fresh_id()}, {"password", "wrong-password"}}.dump()});
         }},
        {"boards", 6, [](const target& on, std::atomic<bool>& stop) { talk(on, [] { return R"({"type":"subscribe","feed":"board"})" "\n"; }, stop); }},
        {"checkpoints", 6, [](const target& on, std::atomic<bool>&) { ask(on, {"GET", "/api/v1/log/checkpoint", {}, {}}); }},
    };
}

void say(const std::string& name, std::vector<double> idle, std::vector<double> meanwhile, double server_cores) {
    const auto p99 = bench::percentile(meanwhile, 0.99), quiet = bench::percentile(idle, 0.99);
    bench::figure("attack." + name).value(p99, "ms").beside("idle", quiet).at_most(p99, std::min(goal_ms, goal_ratio * quiet))
        .with("p50", bench::percentile(meanwhile, 0.5)).with("acks", static_cast<double>(meanwhile.size())).with("server_cores", server_cores);
}

/// How long somebody else takes to log in, while one person's reads of the past wait.
void log_in_meanwhile(const target& on) {
    const attackers readers(100, [&](std::atomic<bool>&) { ask(on, {"GET", "/api/v1/projects?as_of=" + std::to_string(1 + std::hash<std::string>{}(bench::fresh_id()) % 200), {}, {}}); });
    std::this_thread::sleep_for(std::chrono::seconds(1));
    std::vector<double> took;
    for (int i = 0; i < 20; ++i) {
        const auto start = clock_type::now();
        (void)on.room.server.sign_in("li.na", support::administrator.password);
        took.push_back(bench::seconds_since(start) * 1000);
    }
    const auto longest = bench::percentile(took, 1);
    bench::figure("attack.log_in").value(longest, "ms").beside("the median of them", bench::percentile(took, 0.5)).at_most(longest, goal_login_ms);
}

/// What is held for sockets that send as fast as they can and read nothing.
void held_for_nobody(const target& on) {
    constexpr std::size_t sockets = 30;
    const auto before = on.room.memory_kib("Private_Dirty");
    std::vector<support::ws_client> deaf;
    for (std::size_t i = 0; i < sockets; ++i) deaf.push_back(support::ws_client::connect(on.port, on.token));
    std::string lines;
    while (lines.size() < 60'000) lines += "{\n";
    for (auto& one : deaf) {
        try {
            for (int i = 0; i < 8; ++i) one.send(lines);
        } catch (const std::exception&) {
            // It is not read from any more: that is what it should come to.
        }
    }
    std::this_thread::sleep_for(std::chrono::seconds(1));
    const auto held = on.room.memory_kib("Private_Dirty") - before;
    bench::figure("attack.held").value(held / sockets, "KiB/socket").at_most(held / sockets, goal_socket_kib).with("all_mib", held / 1024).with("goal_all_mib", goal_all_mib);
}

}  // namespace

void bench::attack(const std::filesystem::path& in) {
    const auto folder = in / "attack";
    {
        department room(folder, 4, 100, {});
        const target on{room, room.server.port(), room.desks[0].token, room.desks[0].channel};
        const auto& person = room.desks[1];
        for (const auto& a : all_attacks()) {
            progress("attack." + a.name);
            // Beside each, as a machine is not the same all the time.
            const auto idle = ordinary(room, person, acks_a_second).go_on_for(seconds);
            std::vector<double> meanwhile;
            double server_cpu = 0;
            {
                const attackers them(a.threads, [&](std::atomic<bool>& stop) { a.deed(on, stop); });
                std::this_thread::sleep_for(std::chrono::milliseconds(500));
                const auto before = room.cpu_seconds();
                meanwhile = ordinary(room, person, acks_a_second).go_on_for(seconds);
                server_cpu = room.cpu_seconds() - before;
            }
            say(a.name, idle, meanwhile, server_cpu / seconds);
            std::this_thread::sleep_for(std::chrono::seconds(2));
        }
        log_in_meanwhile(on);
        held_for_nobody(on);
        room.server.stop();
    }
    std::filesystem::remove_all(folder);
}
