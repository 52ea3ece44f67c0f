// Search: what an event costs it when much was said of the same entity before; how long after a start all can be found, from the
// index that was kept and from one made anew; and what it takes beside commands, with people who listen and without.

#include "events/catalog/task.hpp"
#include "events/codec/codec.hpp"
#include "events/keys/memory_keyring.hpp"
#include "events/log/memory_log.hpp"
#include "server/search/texts.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/department.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/history.hpp"
#include "tests/bench/listeners.hpp"
#include "tests/bench/live_load.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace {

using bench::clock_type;
using bench::figure;

constexpr std::size_t reports = 10'000;
constexpr std::size_t report_bytes = 900;
constexpr std::size_t at_once = 1'000;
constexpr std::size_t alone = 200;
constexpr unsigned times = 5;
constexpr double goal_growth = 1.2;
constexpr double goal_start_seconds = 2;
constexpr double goal_share = 1, goal_with_all = 1.7;
constexpr std::size_t desks = 64, tasks_a_desk = 16, outstanding = 16, subscribers = 500;
constexpr double load_seconds = 10;
constexpr double a_hundred_thousand = 100'000;

double thread_cpu() {
    rusage used{};
    getrusage(RUSAGE_THREAD, &used);
    const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

/// One task of which much is said, and others of which nothing is.
class much_said {
public:
    explicit much_said(const std::filesystem::path& folder) : texts_(log_, keys_, {folder}) {
        for (std::uint64_t task = 1; task <= 1 + alone; ++task)
            happened(task, events::task::assigned{"渠道周报 weekly figures", "按渠道汇总", "口径一致", std::chrono::year(2059) / 12 / 31, {2}, {"operations"}, events::priority::normal, {}});
        texts_.follower.catch_up();
    }
    void report(std::uint64_t task) {
        static constexpr const char* words[] = {"渠道数据已更新到昨天，", "欢迎核对；", "预算需要财务确认，", "the landing page copy ", "is ready for review. ", "two newsletters, "};
        std::string note;
        while (note.size() < report_bytes) (note += words[random_() % std::size(words)]) += std::to_string(random_() % 10'000) + ' ';
        happened(task, events::task::progress_reported{40, note});
    }
    /// Microseconds of CPU.
    double take_in() {
        const auto before = thread_cpu();
        texts_.follower.catch_up();
        return (thread_cpu() - before) * 1e6;
    }

private:
    template <class Event>
    void happened(std::uint64_t task, Event&& what) {
        events::envelope about;
        about.position = {++head_};
        about.stream = {events::category::task, task};
        about.version = {++versions_[task]};
        about.actor = {2};
        const auto bytes = encode(about, events::any(events::task::any(std::forward<Event>(what))), keys_).stored;
        const events::entry one{about, bytes};
        if (!log_.append({&one, 1})) throw std::runtime_error("the log refused an append");
    }

    std::mt19937 random_{12};
    std::uint64_t head_ = 0;
    std::map<std::uint64_t, std::uint64_t> versions_;
    events::memory_log log_;
    events::memory_keyring keys_;
    server::search::texts texts_;
};

struct growth {
    double first = 0, last = 0, one_of_many = 0, one_of_few = 0;
};

growth grow(const std::filesystem::path& folder, unsigned seed) {
    std::mt19937 random(seed);
    std::filesystem::remove_all(folder);
    growth g;
    {
        much_said all(folder);
        for (std::size_t done = 0; done < reports; done += at_once) {
            for (std::size_t i = 0; i < at_once; ++i) all.report(1);
            g.last = all.take_in() / at_once;
            if (done == 0) g.first = g.last;
        }
        // As they come when there are few; beside it the same for others, as the whole index is larger by now.
        for (std::size_t i = 0; i < alone; ++i) {
            // In no order, as what the index does every so often falls to one of them.
            const bool is_first = random() % 2 == 0;
            for (const bool is_other : {is_first, !is_first}) {
                all.report(is_other ? 2 + i : 1);
                (is_other ? g.one_of_few : g.one_of_many) += all.take_in() / alone;
            }
        }
    }
    std::filesystem::remove_all(folder);
    return g;
}

void measure_growth(const std::filesystem::path& in) {
    // What else the machine does only adds to it.
    auto seen = grow(in / "search-growth", 0);
    for (unsigned i = 1; i < times; ++i) {
        const auto g = grow(in / "search-growth", i);
        seen = {std::min(seen.first, g.first), std::min(seen.last, g.last), seen.one_of_many + g.one_of_many, seen.one_of_few + g.one_of_few};
    }
    seen.one_of_many /= times;
    seen.one_of_few /= times;
    figure("search.event").value(seen.last, "us/event").beside("the first 1,000", seen.first).at_most(seen.last / seen.first, goal_growth)
        .with("events_before", static_cast<double>(reports - at_once)).with("bytes", static_cast<double>(report_bytes));
    figure("search.event.one_by_one").value(seen.one_of_many, "us/event").beside("the first said of other tasks", seen.one_of_few)
        .at_most(seen.one_of_many / seen.one_of_few, goal_growth).with("events_before", static_cast<double>(reports));
}

std::uint64_t behind(const support::server_process& server) {
    return nlohmann::json::parse(server.get("/readyz?full").body).at("search").at("behind").get<std::uint64_t>();
}

void wait_searchable(const support::server_process& server, double at_most) {
    const auto began = clock_type::now();
    while (behind(server) > 0) {
        if (bench::seconds_since(began) > at_most) throw std::runtime_error("search does not catch up");
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

double memory_mib(const support::server_process& server) {
    std::ifstream in("/proc/" + std::to_string(server.process()) + "/status");
    for (std::string line; std::getline(in, line);)
        if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
    return 0;
}

/// Of the thread that follows the log.
double search_cpu(const support::server_process& server) {
    for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(server.process()) + "/task")) {
        std::ifstream in(task.path() / "stat");
        std::string all;
        std::getline(in, all);
        if (all.find("(search)") == all.npos) continue;
        std::istringstream fields(all.substr(all.rfind(')') + 2));
        std::string field;
        for (int i = 3; i < 14; ++i) fields >> field;
        double user = 0, system = 0;
        fields >> user >> system;
        return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
    }
    throw std::runtime_error("the server has no thread that follows the log");
}

struct started {
    double seconds = 0, cpu = 0, mib = 0;
};

/// Until all can be found.
started start(const std::filesystem::path& folder, bool killed) {
    const auto began = clock_type::now();
    support::server_process server(folder, support::free_port());
    server.wait_ready(std::chrono::minutes(5));
    wait_searchable(server, 900);
    started s{bench::seconds_since(began), search_cpu(server), memory_mib(server)};
    if (killed) server.kill();
    else if (server.stop() != 0) throw std::runtime_error("opsroomd did not stop cleanly");
    return s;
}

std::uintmax_t bytes_in(const std::filesystem::path& folder) {
    std::uintmax_t all = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) all += entry.file_size();
    return all;
}

void measure_start(const std::filesystem::path& in) {
    const auto folder = bench::history(in);
    std::filesystem::remove_all(folder / "search");
    bench::progress("  the index made anew");
    const auto anew = start(folder, false);
    const auto kept = start(folder, true);
    const auto after_kill = start(folder, false);
    const auto disk = static_cast<double>(bytes_in(folder / "search")) / (1 << 20);
    figure("search.start").value(kept.seconds, "s").beside("the index made anew", anew.seconds).at_most(kept.seconds, goal_start_seconds)
        .with("events", static_cast<double>(bench::history_events)).with("after_kill_s", after_kill.seconds).with("search_cpu_s", kept.cpu)
        .with("anew_search_cpu_s", anew.cpu);
    figure("search.memory").value(kept.mib, "MiB").beside("the index made anew", anew.mib).with("index_on_disk_mib", disk);
    std::filesystem::remove_all(folder / "search");
}

struct loaded {
    double commands = 0, seconds = 0, settled_after = 0;
    double cpu = 0, search = 0;  ///< for a hundred thousand commands
    double mib = 0, deliveries = 0;
};

loaded load(const std::filesystem::path& folder, std::size_t listening) {
    loaded seen;
    {
        bench::department room(folder, desks, tasks_a_desk);
        std::vector<support::ws_client> sockets;
        std::vector<int> handles;
        for (std::size_t i = 0; i < listening; ++i) {
            const auto& at = room.desks[i % desks];
            sockets.push_back(support::ws_client::connect(room.server.port(), at.token));
            sockets.back().send(R"({"type":"subscribe","feed":"channel/)" + std::to_string(at.channel) + R"("})");
            for (bool there = false; !there;) {
                const auto said = sockets.back().receive(std::chrono::seconds(30));
                if (!said || said->closed) throw std::runtime_error("the server does not answer");
                there = said->text.find("snapshot") != std::string::npos;
            }
            handles.push_back(::dup(sockets.back().connection().handle()));
        }
        const bench::listeners all(handles, R"("channel.posted.)");
        bench::live_load commands(room.server.port(), room.desks, outstanding);
        commands.run(1);
        commands.finish();
        wait_searchable(room.server, 120);
        const auto cpu = room.cpu_seconds(), search = search_cpu(room.server), words = static_cast<double>(all.words());
        const auto ran = commands.run(load_seconds);
        commands.finish();
        const auto ended = clock_type::now();
        wait_searchable(room.server, 300);
        seen.settled_after = bench::seconds_since(ended);
        seen.commands = static_cast<double>(ran.acknowledged);
        seen.seconds = ran.seconds;
        const auto of = a_hundred_thousand / seen.commands;
        seen.search = (search_cpu(room.server) - search) * of;
        seen.cpu = (room.cpu_seconds() - cpu) * of;
        seen.mib = memory_mib(room.server);
        seen.deliveries = (static_cast<double>(all.words()) - words) * of;
        room.server.stop();
    }
    std::filesystem::remove_all(folder);
    return seen;
}

void measure_load(const std::filesystem::path& in) {
    const auto quiet = load(in / "search-load", 0);
    const auto full = load(in / "search-load", subscribers);
    const auto bare = quiet.cpu - quiet.search;
    figure("search.share").value(quiet.search, "CPU-s/100k commands").beside("all else that the server does for them", bare)
        .at_most(quiet.search / bare, goal_share).with("commands", quiet.commands).with("settled_after_s", quiet.settled_after).with("memory_mib", quiet.mib);
    figure("search.with_subscribers").value(full.cpu, "CPU-s/100k commands").beside("without search and subscribers", bare)
        .at_most(full.cpu / bare, goal_with_all).with("subscribers", static_cast<double>(subscribers)).with("search_cpu_s", full.search)
        .with("deliveries_a_command", full.deliveries / a_hundred_thousand).with("settled_after_s", full.settled_after).with("memory_mib", full.mib);
}

}  // namespace

void bench::search(const std::filesystem::path& in) {
    measure_growth(in);
    measure_load(in);
    measure_start(in);
}
