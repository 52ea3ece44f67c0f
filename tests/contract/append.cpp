// What every log promises of append.
#include "tests/support/log_batch.hpp"
#include "tests/support/log_kinds.hpp"

#include <catch2/catch.hpp>

using namespace events;
using namespace testing;

TEMPLATE_TEST_CASE("log: an empty log has nothing", "[events][log]", EVERY_LOG) {
    TestType kind;
    auto& log = kind.log();
    CHECK(log.head() == position{0});
    CHECK(log.indexed() == position{0});
    CHECK(log.tree_size() == 0);
    CHECK(log.root(0) == proof::empty_root());
    CHECK(log.version_of(task_no(1)) == version{0});
    CHECK(log.highest(category::task) == 0);
    CHECK_FALSE(log.find_command({{1}, command_id(1)}));
    CHECK(all_of(log).empty());
    CHECK(all_of(log, {9}, direction::backwards).empty());
    CHECK(positions(log, task_no(1)).empty());
    CHECK_FALSE(log.read_one({1}, [](auto, auto) { return true; }));
    CHECK(*log.append({}) == position{0});
}

TEMPLATE_TEST_CASE("log: a batch across several streams is taken whole", "[events][log]", EVERY_LOG) {
    TestType kind;
    batch first(kind.log());
    first.add(channel_no(1), 1).add(task_no(1), 2).add(channel_no(1), 3).add(task_no(2), 3).add(channel_no(2), 4);
    REQUIRE(kind.log().append(first.entries).has_value());
    batch second(kind.log());
    second.add(task_no(1), 5).add(channel_no(1), 5);
    REQUIRE(kind.log().append(second.entries).has_value());

    for (int round = 0; round < 2; ++round) {
        const auto& log = kind.log();
        CHECK(log.head() == position{7});
        CHECK(log.version_of(channel_no(1)) == version{3});
        CHECK(log.version_of(task_no(1)) == version{2});
        CHECK(log.version_of(task_no(2)) == version{1});
        CHECK(log.version_of(task_no(3)) == version{0});
        CHECK(log.highest(category::task) == 2);
        CHECK(log.highest(category::channel) == 2);
        CHECK(log.highest(category::member) == 0);
        CHECK(positions(log, channel_no(1)) == std::vector<std::uint64_t>{1, 3, 7});
        CHECK(positions(log, task_no(1)) == std::vector<std::uint64_t>{2, 6});
        kind.reopen();
    }
}

TEMPLATE_TEST_CASE("log: a stream that is elsewhere is a conflict, and nothing is taken", "[events][log]", EVERY_LOG) {
    TestType kind;
    auto& log = kind.log();
    fill(log, task_no(1), 3, 1);
    batch stale(log);
    stale.add(channel_no(1), 10).add(task_no(1), 10);

    SECTION("behind") { stale.entries[1].envelope.version = {2}; }
    SECTION("ahead") { stale.entries[1].envelope.version = {6}; }
    const auto expected = stale.entries[1].envelope.version.value - 1;
    const auto answer = log.append(stale.entries);
    REQUIRE(answer.has_error());
    CHECK(answer.error() == append_refusal(conflict{task_no(1), {expected}, {3}}));
    CHECK(log.head() == position{3});
    CHECK(log.version_of(channel_no(1)) == version{0});
    CHECK_FALSE(log.find_command({{1}, command_id(10)}));
    fill(log, task_no(1), 1, 11);
    CHECK(log.version_of(task_no(1)) == version{4});
}

TEMPLATE_TEST_CASE("log: within a batch a stream's versions follow each other", "[events][log]", EVERY_LOG) {
    TestType kind;
    auto& log = kind.log();
    batch twice(log);
    twice.add(task_no(1), 1).add(task_no(1), 1);
    twice.entries[1].envelope.version = {1};
    CHECK(log.append(twice.entries).error() == append_refusal(conflict{task_no(1), {0}, {0}}));
}

TEMPLATE_TEST_CASE("log: an appender who missed something is fenced", "[events][log]", EVERY_LOG) {
    TestType kind;
    auto& log = kind.log();
    batch late(log);
    late.add(channel_no(1), 1);
    fill(log, task_no(1), 2, 1);
    CHECK(log.append(late.entries).error() == append_refusal(fenced{{0}, {2}}));

    batch gap(log);
    gap.add(channel_no(1), 3).add(channel_no(1), 3);
    gap.entries[1].envelope.position = {5};
    CHECK(log.append(gap.entries).error() == append_refusal(fenced{{4}, {2}}));
    CHECK(log.head() == position{2});
}

TEMPLATE_TEST_CASE("log: a stream that can't be is a mistake", "[events][log]", EVERY_LOG) {
    TestType kind;
    auto& log = kind.log();
    batch far(log);
    far.add({category::task, 1'000'000'000'000}, 1);
    CHECK_THROWS_AS(log.append(far.entries), std::invalid_argument);
    batch none(log);
    none.add(task_no(1), 1);
    none.entries[0].envelope.stream.kind = category{0};
    CHECK_THROWS_AS(log.append(none.entries), std::invalid_argument);
    none.entries[0].envelope.stream.kind = category{200};
    CHECK_THROWS_AS(log.append(none.entries), std::invalid_argument);
    CHECK(log.version_of({category{200}, 1}) == version{0});
    CHECK(log.head() == position{0});
    fill(log, task_no(1), 1, 1);
}

TEMPLATE_TEST_CASE("log: what the system does in consequence belongs to the command", "[events][log]", EVERY_LOG) {
    TestType kind;
    batch b(kind.log());
    // A transaction goes on after that; the next command has consequences too.
    b.add(task_no(1), 7, {3}, 0xfeed).add(channel_no(1), 7, events::the_system).add(task_no(2), 7, {3}).add(channel_no(1), 7, events::the_system);
    b.add(task_no(1), 8, {3}, 0xbeef).add(channel_no(1), 8, events::the_system);
    REQUIRE(kind.log().append(b.entries).has_value());
    for (int round = 0; round < 2; ++round) {
        CHECK(kind.log().find_command({{3}, command_id(7)}) == outcome{{1}, 4, 0xfeed});
        CHECK(kind.log().find_command({{3}, command_id(8)}) == outcome{{5}, 2, 0xbeef});
        CHECK_FALSE(kind.log().find_command({events::the_system, command_id(7)}));
        kind.reopen();
    }
}

TEMPLATE_TEST_CASE("log: a command's outcome is known for ever", "[events][log]", EVERY_LOG) {
    TestType kind;
    batch b(kind.log());
    b.add(channel_no(1), 7, {3}, 0xfeed).add(task_no(1), 7, {3}).add(task_no(2), 7, {3});  // one command, three events
    b.add(channel_no(1), 8, {3}, 0xbeef);                                             // the next of the same member
    b.add(channel_no(1), 8, {4});                                                     // another member's, same id
    REQUIRE(kind.log().append(b.entries).has_value());
    fill(kind.log(), channel_no(2), 300, 1000);

    for (int round = 0; round < 3; ++round) {
        auto& log = kind.log();
        CHECK(log.find_command({{3}, command_id(7)}) == outcome{{1}, 3, 0xfeed});
        CHECK(log.find_command({{3}, command_id(8)}) == outcome{{4}, 1, 0xbeef});
        CHECK(log.find_command({{4}, command_id(8)}) == outcome{{5}, 1, 0});
        CHECK(log.find_command({{1}, command_id(1299)}) == outcome{{305}, 1, 0});
        CHECK_FALSE(log.find_command({{4}, command_id(7)}));
        CHECK_FALSE(log.find_command({{3}, command_id(6)}));
        CHECK_FALSE(log.find_command({{3}, command_id(99)}));
        CHECK_FALSE(log.find_command({{5}, command_id(8)}));
        // An id from before those that are known: a client's clock may be behind.
        const auto late = 2 + static_cast<std::uint64_t>(round);
        CHECK_FALSE(log.find_command({{3}, command_id(late)}));
        const auto before = log.head().value;
        batch behind(log);
        behind.add(channel_no(1), late, {3}, late);
        REQUIRE(log.append(behind.entries).has_value());
        CHECK(log.find_command({{3}, command_id(late)}) == outcome{{before + 1}, 1, late});
        kind.reopen();
        CHECK(kind.log().find_command({{3}, command_id(late)}) == outcome{{before + 1}, 1, late});
    }
}

namespace {

idle_command idle(std::uint64_t command, member_id actor, position rests_on, std::uint64_t digest) {
    return {{actor, command_id(command)}, rests_on, digest};
}

/// Those of `actor`'s commands 1 to `until` that are known.
std::vector<std::uint64_t> known_of(const events::log& log, member_id actor, std::uint64_t until) {
    std::vector<std::uint64_t> known;
    for (std::uint64_t n = 1; n <= until; ++n)
        if (log.find_command({actor, command_id(n)})) known.push_back(n);
    return known;
}

}  // namespace

TEMPLATE_TEST_CASE("log: a command that had nothing to change is remembered beside the events, and they are as without it", "[events][log]", EVERY_LOG) {
    TestType kind, without;
    for (auto* k : {&kind, &without}) fill(k->log(), channel_no(1), 3, 1);
    // With a batch, and on their own: one of the batch's very member, one with an id from before those that are known.
    batch b(kind.log());
    b.add(channel_no(1), 20, {3}, 0xfeed);
    const std::vector<idle_command> with{idle(21, {3}, {4}, 0xbeef), idle(19, {3}, {2}, 0xcafe)};
    REQUIRE(kind.log().append(b.entries, with).has_value());
    CHECK(*kind.log().append({}, std::vector{idle(30, {4}, {0}, 7)}) == position{4});
    batch same(without.log());
    same.add(channel_no(1), 20, {3}, 0xfeed);
    REQUIRE(without.log().append(same.entries).has_value());
    for (int round = 0; round < 3; ++round) {
        const auto& log = kind.log();
        CHECK(log.find_command({{3}, command_id(20)}) == outcome{{4}, 1, 0xfeed});
        CHECK(log.find_command({{3}, command_id(21)}) == outcome{{4}, 0, 0xbeef});
        CHECK(log.find_command({{3}, command_id(19)}) == outcome{{2}, 0, 0xcafe});
        CHECK(log.find_command({{4}, command_id(30)}) == outcome{{0}, 0, 7});
        CHECK_FALSE(log.find_command({{4}, command_id(21)}));
        CHECK_FALSE(log.find_command({{3}, command_id(30)}));
        CHECK(log.head() == position{4 + static_cast<std::uint64_t>(round)});
        CHECK(all_of(log) == all_of(without.log()));
        CHECK(positions(log, channel_no(1)) == positions(without.log(), channel_no(1)));
        REQUIRE(log.wait_indexed(log.head(), std::chrono::seconds(10)));
        REQUIRE(without.log().wait_indexed(without.log().head(), std::chrono::seconds(10)));
        CHECK(log.root(log.head().value) == without.log().root(log.head().value));
        for (auto* k : {&kind, &without}) {
            k->reopen();
            fill(k->log(), channel_no(2), 1, 100 + static_cast<std::uint64_t>(round));
        }
    }
}

TEMPLATE_TEST_CASE("log: what is refused remembers nothing", "[events][log]", EVERY_LOG) {
    TestType kind;
    fill(kind.log(), channel_no(1), 2, 1);
    batch stale(kind.log());
    stale.add(channel_no(1), 10);
    stale.entries[0].envelope.version = {2};
    CHECK(kind.log().append(stale.entries, std::vector{idle(11, {1}, {2}, 5)}).has_error());
    CHECK_FALSE(kind.log().find_command({{1}, command_id(11)}));
    REQUIRE(kind.log().append({}, std::vector{idle(12, {1}, {2}, 5)}).has_value());
    kind.reopen();
    CHECK_FALSE(kind.log().find_command({{1}, command_id(11)}));
    CHECK(kind.log().find_command({{1}, command_id(12)}) == outcome{{2}, 0, 5});
}

TEST_CASE("log: of commands that had nothing to change the newest are remembered", "[events][log]") {
    const std::vector<std::vector<std::uint64_t>> groups{{1, 2}, {3}, {4, 5, 6, 7, 8, 9}, {}, {10}, {11, 12}};
    memory_log in_memory(4);
    const folder in;
    const rocksdb_options few{.idle_commands_max = 4};
    std::uint64_t done = 0;
    for (const auto& group : groups) {
        std::vector<idle_command> some;
        for (const auto n : group) some.push_back(idle(n, {1 + n % 2}, {0}, n));
        auto log = open_log(in, few);
        for (events::log* each : {static_cast<events::log*>(&in_memory), static_cast<events::log*>(log.get())}) {
            batch b(*each);
            b.add(channel_no(1), 1'000 + done, {7});
            REQUIRE(each->append(b.entries, some).has_value());
        }
        done += group.size();
        for (int round = 0; round < 2; ++round) {
            for (std::uint64_t actor : {1, 2}) {
                std::vector<std::uint64_t> expected;
                for (auto n = done > 4 ? done - 3 : 1; n <= done; ++n)
                    if (1 + n % 2 == actor) expected.push_back(n);
                CHECK(known_of(in_memory, {actor}, 20) == expected);
                CHECK(known_of(*log, {actor}, 20) == expected);
            }
            log.reset();
            log = open_log(in, few);
        }
    }
    // What it was without its index, which is made anew.
    std::filesystem::remove_all(in.path() / "index");
    CHECK(known_of(*open_log(in, few), {1}, 20) == std::vector<std::uint64_t>{10, 12});
}
