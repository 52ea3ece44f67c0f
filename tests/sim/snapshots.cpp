// Snapshots that are kept while the engine runs: each is the state at its position, whatever happened meanwhile.

#include "core/kernel/archive.hpp"
#include "events/keys/file_keyring.hpp"
#include "events/rocksdb/rocksdb_log.hpp"
#include "server/engine/past_entities.hpp"
#include "tests/sim/room.hpp"
#include "tests/support/imagined.hpp"
#include "tests/support/log_kinds.hpp"

#include <csignal>
#include <random>
#include <thread>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sim::snapshots_tests {

namespace {

const engine::options often{.utc_offset = 0min, .snapshots = {.every_events = 25, .pause = 0ms, .look_every = 1ms}};
const engine::options never{.utc_offset = 0min};

/// Sends what a random history asks for; how it comes out is its own business.
class busy {
public:
    busy(room& in, std::uint64_t seed) : in_(in), ids_(seed << 32), history_(seed, std::ref(*this)) {}

    void go_on(std::size_t commands) {
        history_.go_on(commands);
        for (auto& a : asked_) a->get();
        asked_.clear();
    }
    void operator()(const core::any_command& what, std::uint64_t target, core::member_id actor, bool) {
        std::optional<events::stream_id> stream;
        if (target) stream = events::stream_id{what.category(), target};
        auto who = std::make_shared<waiting>();
        engine::client_command c{id_no(++ids_), actor, stream, {}, what, 7};
        if (in_.writer.submit(engine::request{std::move(c), who, 0})) asked_.push_back(std::move(who));
    }

private:
    room& in_;
    std::uint64_t ids_;
    std::vector<std::shared_ptr<waiting>> asked_;
    opsroom_test::random_history history_;
};

std::uint64_t position_of(const events::log& log) {
    const auto blob = log.kept("state");
    if (!blob || blob->empty()) return 0;
    core::archive::reader from(*blob);
    from.number();
    return from.number();
}

/// The state of a room that is started on the log as it is, and stopped again: what the rules see and what is shown.
struct state {
    std::string snapshot;
    core::views::views views;
};
state started(events::log& log, events::keyring& keys) {
    room r(log, keys, never);
    r.start();
    r.writer.stop();
    return {log.kept("state").value_or(""), views_of(r.writer)};  // none of a log that is empty
}

/// In a process of its own.
[[noreturn]] void work_until_killed(const testing::folder& in, std::uint64_t seed) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    try {
        events::file_keyring keys(in.path() / "keys");
        const auto log = testing::open_log(in);
        room r(*log, keys, often);
        r.start();
        busy all(r, seed);
        for (;;) all.go_on(20);
    } catch (const std::exception&) {
        ::_exit(1);
    }
}

}  // namespace

TEST_CASE("snapshots: one kept while running, and the events after it, are the same as the whole log", "[sim][engine][property]") {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        INFO("seed " << seed);
        events::memory_log log;
        events::memory_keyring keys;
        std::mutex mutex;
        std::vector<engine::snapshot_report> told;
        std::vector<std::pair<std::uint64_t, std::string>> kept;
        {
            room r(log, keys, often, [&](const engine::snapshot_report& one) {
                std::lock_guard hold(mutex);
                told.push_back(one);
                kept.emplace_back(one.at.value, *log.kept("state"));
            });
            r.start();
            busy all(r, seed);
            for (int i = 0; i < 40; ++i) {
                all.go_on(50);
                std::this_thread::sleep_for(1ms);
            }
        }
        REQUIRE(told.size() >= 2);
        std::uint64_t last = 0;
        for (const auto& one : told) {
            CHECK(one.failed.empty());
            CHECK(one.bytes > 0);
            CHECK(one.at.value >= last + 25);
            last = one.at.value;
        }
        log.keep("state", "");
        const auto whole = started(log, keys);
        CHECK(whole.views == rebuilt(log, keys));
        for (const auto& [at, blob] : kept) {
            INFO("snapshot at " << at << " of " << log.head().value);
            log.keep("state", blob);
            CHECK(position_of(log) == at);
            const auto after = started(log, keys);
            CHECK(after.snapshot == whole.snapshot);
            CHECK(after.views == whole.views);
        }
    }
}

TEST_CASE("snapshots: what happened to members is folded in the order in which it did, whoever joined first", "[sim][engine][D13]") {
    events::memory_log log;
    events::memory_keyring keys;
    core::views::views whole;
    {
        room r(log, keys, never);
        r.start();
        for (const char* name : {"lin", "mei", "bo"}) r.join(name, "SP");
        const core::date today = std::chrono::floor<std::chrono::days>(r.now.load());
        const auto stands_in = [&](std::uint64_t of, std::uint64_t by) {
            r.must<core::member>(of, core::member::delegate{{by}, today, std::nullopt, "away"}, events::stream_id{events::category::member, of});
        };
        stands_in(3, 2);
        stands_in(1, 2);
        stands_in(1, 3);
        r.settle();
        whole = views_of(r.writer);
    }
    REQUIRE(whole.directory.find({2})->acts_for.size() == 2);
    REQUIRE(position_of(log) == log.head().value);
    room again(log, keys, never);
    again.start();
    CHECK((views_of(again.writer) == whole));
    server::engine::past_entities(log, keys, log.head()).with_context(nullptr, again.now.load(), 0min, [&](const core::context& then) {
        CHECK(then.people->find({2})->acts_for == whole.directory.find({2})->acts_for);
        CHECK(then.people->find({3})->acts_for == whole.directory.find({3})->acts_for);
    });
    // The rules know it, too: it can be ended.
    again.must<core::member>(1, core::member::end_delegation{{3}, {}}, events::stream_id{events::category::member, 1});
}

TEST_CASE("snapshots: none is made where none is due, and one that can't be kept stops nothing", "[sim][engine]") {
    events::memory_log log;
    events::memory_keyring keys;
    /// Has no room on its disk.
    class full final : public slow_log {
    public:
        using slow_log::slow_log;
        void keep(std::string_view name, std::string_view blob) override {
            if (!room) throw std::runtime_error("no space left");
            slow_log::keep(name, blob);
        }
        std::atomic<bool> room{false};
    } disk(log);
    std::atomic<int> failures{0}, kept{0};
    {
        room r(disk, keys, {.utc_offset = 0min, .snapshots = {.every_events = 10, .pause = 0ms, .look_every = 1ms}},
               [&](const engine::snapshot_report& one) { ++(one.failed.empty() ? kept : failures); });
        r.start();
        r.join("lin", "OM");
        r.channel(1, "general");
        std::this_thread::sleep_for(20ms);
        CHECK(failures == 0);
        for (int i = 0; i < 10; ++i) r.post(1, 1, "the tenth event or so");
        for (int i = 0; i < 5'000 && failures < 2; ++i) std::this_thread::sleep_for(1ms);
        CHECK(failures >= 2);  // it is tried again
        CHECK(kept == 0);
        disk.room = true;
        for (int i = 0; i < 5'000 && kept == 0; ++i) std::this_thread::sleep_for(1ms);
        CHECK(kept == 1);
        r.post(1, 1, "it goes on");
    }
    CHECK(position_of(log) == log.head().value);  // that of the stop
    // A long pause is kept, however much happens.
    kept = 0;
    room r(disk, keys, {.utc_offset = 0min, .snapshots = {.every_events = 1, .pause = 1h, .look_every = 1ms}},
           [&](const engine::snapshot_report&) { ++kept; });
    r.start();
    for (int i = 0; i < 20; ++i) {
        r.post(1, 1, "more");
        std::this_thread::sleep_for(2ms);
    }
    CHECK(kept == 1);
}

TEST_CASE("snapshots: killed at any moment, it starts from the last one into the same state as from the whole log", "[sim][engine][crash]") {
#ifdef __SANITIZE_THREAD__
    return;  // it lets no process with threads fork one with threads
#endif
    const testing::folder folder;
    std::mt19937 random(2026);
    std::size_t behind = 0;
    // On a slow machine a kill mostly comes before the first snapshot: then there are more rounds, and longer ones.
    for (std::uint64_t round = 1; round <= 12 || (behind == 0 && round <= 40); ++round) {
        INFO("round " << round);
        const auto child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) work_until_killed(folder, round);
        std::this_thread::sleep_for(std::chrono::milliseconds(60 + random() % 240 + (round > 12 ? 100 * (round - 12) : 0)));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        REQUIRE(WIFSIGNALED(status));

        events::file_keyring keys(folder.path() / "keys");
        const auto log = testing::open_log(folder);
        const auto at = position_of(*log);
        CHECK(at <= log->head().value);
        behind += at > 0 && at < log->head().value;
        const auto snapshot = log->kept("state");
        const auto from_snapshot = started(*log, keys);
        log->keep("state", "");
        const auto from_log = started(*log, keys);
        CHECK((from_snapshot.snapshot == from_log.snapshot));
        CHECK((from_snapshot.views == from_log.views));
        // The next round begins with what the kill left.
        log->keep("state", snapshot.value_or(""));
    }
    CHECK(behind > 0);
}

}  // namespace sim::snapshots_tests
