// What a backup costs those who work meanwhile: commands over sockets while backups are made one after the other, beside
// the same without, in turns. And how long a restore of a long history takes, beside a plain copy of its folder: proven event
// by event, and with the checksums of its files alone. All of it is on the disk when the clock stops.

#include "tests/bench/bench.hpp"
#include "tests/bench/department.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/history.hpp"
#include "tests/bench/live_load.hpp"
#include "tests/support/demo.hpp"

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <stdexcept>
#include <thread>

namespace bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t connections = 64;
constexpr std::size_t outstanding = 16;
constexpr std::size_t tasks_a_connection = 16;
constexpr int turns = 4;
constexpr double turn_seconds = 4;
constexpr double goal_of_none = 0.9;
constexpr double goal_of_copy = 0.5;

/// Backups without a pause, while it lives.
class always_backing_up {
public:
    always_backing_up(const department& room, const std::string& token) : thread_([this, &room, token](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            const auto answer = room.server.post("/api/v1/backups", nlohmann::json::object(), token);
            if (answer.status != 200 || answer.body.find(R"("ok":true)") == std::string::npos) failed_ = true;
            ++made_;
        }
    }) {}
    /// How many were made; throws where one was not.
    int finish() {
        thread_ = {};
        if (failed_) throw std::runtime_error("a backup failed");
        return made_;
    }

private:
    std::atomic<bool> failed_{false};
    std::atomic<int> made_{0};
    std::jthread thread_;
};

void online(const fs::path& in) {
    const auto folder = in / "backup";
    double with = 0, without = 0;
    int made = 0;
    {
        department room(folder, connections, tasks_a_connection);
        const auto admin = room.server.sign_in(support::administrator.name, support::administrator.password);
        live_load load(room.server.port(), room.desks, outstanding);
        load.run(2);
        for (int i = 0; i < turns; ++i) {
            auto seen = load.run(turn_seconds);
            without += static_cast<double>(seen.acknowledged) / seen.seconds / turns;
            always_backing_up backups(room, admin);
            seen = load.run(turn_seconds);
            with += static_cast<double>(seen.acknowledged) / seen.seconds / turns;
            made += backups.finish();
        }
        load.finish();
        room.server.stop();
    }
    fs::remove_all(folder);
    figure("backup.online").value(with, "commands/s").beside("without a backup", without).at_least(with / without, goal_of_none).with("backups", made);
}

void run(const std::string& command) {
    if (std::system((command + " > /dev/null 2>&1").c_str()) != 0) throw std::runtime_error("failed: " + command);
}

double seconds_of(const std::string& command) {
    ::sync();
    const auto start = clock_type::now();
    run(command);
    ::sync();
    return seconds_since(start);
}

void restored(const fs::path& in) {
    const auto data = history(in);
    const auto backups = in / "restore-backups", copy = in / "restore-copy", back = in / "restore-data";
    const auto program = (fs::read_symlink("/proc/self/exe").parent_path() / "opsroomd").string();
    const auto restore = program + " restore --from " + backups.string() + " --data " + back.string();
    for (const auto& f : {backups, copy, back}) fs::remove_all(f);
    const auto create = program + " backup create --data " + data.string() + " --to " + backups.string();
    const auto first = seconds_of(create);
    const auto again = seconds_of(create);
    double copied = 1e9, proven = 1e9, quick = 1e9;
    for (int i = 0; i < 2; ++i) {
        fs::remove_all(copy);
        copied = std::min(copied, seconds_of("cp -a " + data.string() + ' ' + copy.string()));
        fs::remove_all(back);
        proven = std::min(proven, seconds_of(restore));
        fs::remove_all(back);
        quick = std::min(quick, seconds_of(restore + " --quick"));
    }
    const auto events = static_cast<double>(history_events);
    figure("backup.restore").value(events / quick, "events/s").beside("a plain copy of the folder", events / copied).at_least(copied / quick, goal_of_copy)
        .with("proven_event_by_event", events / proven).with("seconds", quick).with("events", events);
    figure("backup.create").value(events / first, "events/s").beside("a plain copy of the folder", events / copied).with("seconds_when_nothing_is_new", again);
    for (const auto& f : {backups, copy, back}) fs::remove_all(f);
}

}  // namespace

void backup(const fs::path& in) {
    online(in);
    restored(in);
}

}  // namespace bench
