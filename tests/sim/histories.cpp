// Whatever happens: the engine does what the rules say, and its views are those of its log.

#include "events/rocksdb/rocksdb_log.hpp"
#include "tests/sim/room.hpp"
#include "tests/support/imagined.hpp"
#include "tests/support/log_kinds.hpp"

namespace sim::histories_tests {

namespace {

/// The same commands to the engine as to the imagined department; counts those that came out otherwise.
class mirrored {
public:
    explicit mirrored(room& in) : in_(&in) {}
    void operator()(const core::any_command& what, std::uint64_t target, core::member_id actor, bool passed) {
        std::optional<events::stream_id> stream;
        if (target) stream = events::stream_id{what.category(), target};
        auto who = std::make_shared<waiting>();
        engine::client_command c{id_no(++ids_), actor, stream, {}, what, 7};
        if (!in_->writer.submit(engine::request{std::move(c), who, 0})) throw std::runtime_error("the engine takes nothing");
        asked_.emplace_back(std::move(who), passed);
        // Not so many at once that the inbox fills, but enough for batches.
        if (asked_.size() >= 64) finish();
    }
    void finish() {
        for (auto& [who, passed] : asked_) {
            const auto a = who->get();
            if (std::holds_alternative<engine::done>(a) != passed) ++different;
        }
        asked_.clear();
    }
    void go_on_in(room& other) {
        finish();
        in_ = &other;
    }

    std::size_t different = 0;

private:
    room* in_;
    std::uint64_t ids_ = 0;
    std::vector<std::pair<std::shared_ptr<waiting>, bool>> asked_;
};

/// As the imagined department is asked: one after another, whoever it is.
const engine::options in_order{.in_order = true, .utc_offset = 0min};

}  // namespace

TEST_CASE("histories: the engine's views are those of its log, and of a restart with and without a snapshot", "[sim][engine][property]") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        INFO("seed " << seed);
        events::memory_log log;
        events::memory_keyring keys;
        auto first = std::make_unique<room>(log, keys, in_order);
        first->start();
        mirrored both(*first);
        opsroom_test::random_history history(seed, std::ref(both));
        history.go_on(3'000);
        both.finish();
        first->settle();
        CHECK(both.different == 0);
        CHECK(log.head().value > 500);
        const auto live = views_of(first->writer);
        CHECK(live == rebuilt(log, keys));
        first.reset();

        room from_snapshot(log, keys, in_order);
        CHECK(views_of(from_snapshot.writer) == live);
        const auto snapshot = *log.kept("state");
        {
            log.keep("state", "");
            room from_log(log, keys);
            CHECK(views_of(from_log.writer) == live);
            log.keep("state", snapshot.substr(0, snapshot.size() / 2));
            room from_half(log, keys);
            CHECK(views_of(from_half.writer) == live);
            log.keep("state", "x" + snapshot);
            room from_other(log, keys);
            CHECK(views_of(from_other.writer) == live);
        }
        // The rules go on where they were, too.
        from_snapshot.start();
        both.go_on_in(from_snapshot);
        history.go_on(500);
        both.finish();
        from_snapshot.settle();
        CHECK(both.different == 0);
        CHECK(views_of(from_snapshot.writer) == rebuilt(log, keys));
    }
}

TEST_CASE("histories: an old snapshot and the events after it give the same", "[sim][engine][property]") {
    events::memory_log log;
    events::memory_keyring keys;
    auto first = std::make_unique<room>(log, keys, in_order);
    first->start();
    mirrored both(*first);
    opsroom_test::random_history history(42, std::ref(both));
    history.go_on(400);
    both.finish();
    first.reset();
    const auto old = *log.kept("state");
    room second(log, keys, in_order);
    second.start();
    both.go_on_in(second);
    history.go_on(800);
    both.finish();
    second.settle();
    second.writer.stop();
    log.keep("state", old);
    room third(log, keys, in_order);
    CHECK(views_of(third.writer) == rebuilt(log, keys));
    third.start();
    both.go_on_in(third);
    history.go_on(200);
    both.finish();
    CHECK(both.different == 0);
    // One that is ahead of its log was another log's.
    events::memory_log empty;
    empty.keep("state", old);
    room of_nothing(empty, keys);
    CHECK(views_of(of_nothing.writer) == core::views::views{});
}

TEST_CASE("histories: the same on disk", "[sim][engine][property]") {
    const testing::folder folder;
    events::memory_keyring keys;
    auto log = testing::open_log(folder);
    auto first = std::make_unique<room>(*log, keys, in_order);
    first->start();
    mirrored both(*first);
    opsroom_test::random_history history(77, std::ref(both));
    history.go_on(600);
    both.finish();
    first->settle();
    const auto live = views_of(first->writer);
    first.reset();
    log.reset();
    log = testing::open_log(folder);
    room again(*log, keys, in_order);
    CHECK(views_of(again.writer) == live);
    CHECK(rebuilt(*log, keys) == live);
    again.start();
    both.go_on_in(again);
    history.go_on(200);
    both.finish();
    CHECK(both.different == 0);
    again.settle();
    CHECK(views_of(again.writer) == rebuilt(*log, keys));
}

}  // namespace sim::histories_tests
