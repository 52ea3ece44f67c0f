// What every log promises of reading, waiting, and what is kept beside it.
#include "tests/support/log_batch.hpp"
#include "tests/support/log_kinds.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <thread>

using namespace events;
using namespace testing;
using namespace std::chrono_literals;

TEMPLATE_TEST_CASE("log: everything is read back byte for byte, both ways", "[events][log]", EVERY_LOG) {
    TestType kind;
    seen expected;
    for (std::uint64_t i = 0; i < 10; ++i) {
        batch b(kind.log());
        for (std::uint64_t j = 0; j < 25; ++j) b.add(j % 3 ? channel_no(1) : task_no(1 + j), i * 100 + j, {1}, 0, "第 " + std::to_string(j));
        for (const auto& e : b.entries) expected.emplace_back(e.envelope.position.value, std::string(e.bytes));
        REQUIRE(kind.log().append(b.entries).has_value());
    }
    for (int round = 0; round < 2; ++round) {
        const auto& log = kind.log();
        CHECK(all_of(log) == expected);
        CHECK(all_of(log, {0}) == expected);
        CHECK(all_of(log, {241}) == seen(expected.begin() + 240, expected.end()));
        CHECK(all_of(log, {251}).empty());
        CHECK(all_of(log, {~0ull}).empty());
        CHECK(all_of(log, {100}, direction::forwards, 3) == seen(expected.begin() + 99, expected.begin() + 102));
        const seen backwards(expected.rbegin(), expected.rend());
        CHECK(all_of(log, {~0ull}, direction::backwards) == backwards);
        CHECK(all_of(log, {250}, direction::backwards) == backwards);
        CHECK(all_of(log, {3}, direction::backwards) == seen(expected.rend() - 3, expected.rend()));
        CHECK(all_of(log, {0}, direction::backwards).empty());
        CHECK(all_of(log, {200}, direction::backwards, 2) == seen(expected.rbegin() + 50, expected.rbegin() + 52));

        seen one;
        CHECK(log.read_one({77}, into(one)));
        CHECK(one == seen{expected[76]});
        CHECK_FALSE(log.read_one({0}, into(one)));
        CHECK_FALSE(log.read_one({251}, into(one)));
        CHECK(one.size() == 1);
        kind.reopen();
    }
}

TEMPLATE_TEST_CASE("log: a stream is read from any version, both ways", "[events][log]", EVERY_LOG) {
    TestType kind;
    std::vector<std::uint64_t> expected;
    for (std::uint64_t i = 0; i < 400; ++i) {
        batch b(kind.log());
        b.add(channel_no(1), 2 * i);
        if (i % 3 == 0) b.add(task_no(1 + i / 3), 2 * i + 1);
        expected.push_back(b.entries[0].envelope.position.value);
        REQUIRE(kind.log().append(b.entries).has_value());
        if (i == 150 || i == 300) kind.reopen();
    }
    for (int round = 0; round < 2; ++round) {
        const auto& log = kind.log();
        CHECK(positions(log, channel_no(1)) == expected);
        CHECK(positions(log, channel_no(1), 0) == expected);
        CHECK(positions(log, channel_no(1), 400) == std::vector{expected.back()});
        CHECK(positions(log, channel_no(1), 401).empty());
        CHECK(positions(log, channel_no(1), ~0ull).empty());
        CHECK(positions(log, channel_no(1), 120, direction::forwards, 100) ==
              std::vector(expected.begin() + 119, expected.begin() + 219));
        CHECK(positions(log, channel_no(1), ~0ull, direction::backwards) == std::vector(expected.rbegin(), expected.rend()));
        CHECK(positions(log, channel_no(1), 2, direction::backwards) == std::vector{expected[1], expected[0]});
        CHECK(positions(log, channel_no(1), 0, direction::backwards).empty());
        CHECK(positions(log, channel_no(1), 320, direction::backwards, 200) ==
              std::vector(expected.rbegin() + 80, expected.rbegin() + 280));
        CHECK(positions(log, task_no(134)) == std::vector{expected.back() + 1});
        CHECK(positions(log, task_no(135)).empty());
        CHECK(positions(log, channel_no(2)).empty());
        kind.reopen();
    }
}

TEMPLATE_TEST_CASE("log: a visitor may read the log itself", "[events][log]", EVERY_LOG) {
    TestType kind;
    auto& log = kind.log();
    fill(log, task_no(1), 50, 1);
    std::size_t inner = 0;
    log.read_stream(task_no(1), {1}, direction::forwards, [&](position p, std::string_view) {
        log.read_one(p, [&](position, std::string_view) { return ++inner, true; });
        inner += log.find_command({{1}, command_id(p.value)}).has_value();
        fill(log, task_no(2), 1, 100 + p.value);
        return true;
    });
    CHECK(inner == 100);
    CHECK(log.head() == position{100});
}

TEMPLATE_TEST_CASE("log: tailing from another thread misses and doubles nothing", "[events][log]", EVERY_LOG) {
    TestType kind;
    auto& log = kind.log();
    constexpr std::uint64_t last = 5000;
    std::vector<std::uint64_t> tailed;
    std::thread reader([&] {
        position at{0};
        while (at.value < last && log.wait_beyond(at, 10s))
            log.read_all(next(at), direction::forwards, [&](position p, std::string_view) {
                tailed.push_back(p.value);
                at = p;
                return true;
            });
    });
    fill(log, channel_no(1), last, 1, 7);
    reader.join();
    REQUIRE(tailed.size() == last);
    for (std::uint64_t i = 0; i < last; ++i) REQUIRE(tailed[i] == i + 1);
    CHECK_FALSE(log.wait_beyond({last}, 5ms));
    CHECK(log.wait_beyond({last - 1}, 0ms));
    CHECK(log.wait_indexed({last}, 10s));
    CHECK(log.indexed() == position{last});
    CHECK_FALSE(log.wait_indexed({last + 1}, 5ms));
}

TEMPLATE_TEST_CASE("log: readers see whole truth while it is appended to", "[events][log]", EVERY_LOG) {
    TestType kind;
    auto& log = kind.log();
    std::atomic<bool> done = false;
    std::atomic<std::uint64_t> wrong = 0;
    std::thread reader([&] {
        while (!done) {
            const auto v = log.version_of(channel_no(1));
            const auto head = log.head();
            if (positions(log, channel_no(1)).size() < v.value) ++wrong;
            std::uint64_t at = 0;
            for (const auto& [p, bytes] : all_of(log, {head.value > 500 ? head.value - 500 : 1}))
                if (at != 0 && p != at + 1) ++wrong;
                else at = p;
            if (head.value > 0 && at < head.value) ++wrong;
            if (v.value > 0 && log.find_command({{1}, command_id(v.value)}) != outcome{{v.value * 2 - 1}, 1, 0}) ++wrong;
            const auto size = log.tree_size();
            if (size > 0 && !proof::verify_inclusion(proof::leaf_hash(all_of(log, {size}, direction::forwards, 1)[0].second),
                                                     size - 1, size, log.inclusion({size}, size), log.root(size)))
                ++wrong;
        }
    });
    for (std::uint64_t i = 1; i <= 3000; ++i) {
        batch b(log);
        b.add(channel_no(1), i).add(task_no(1 + i % 50), 100'000 + i);
        REQUIRE(log.append(b.entries).has_value());
    }
    done = true;
    reader.join();
    CHECK(wrong == 0);
}

TEMPLATE_TEST_CASE("log: blobs are kept beside it, whole", "[events][log]", EVERY_LOG) {
    TestType kind;
    CHECK_FALSE(kind.log().kept("views/board"));
    kind.log().keep("views/board", "one");
    kind.log().keep("checkpoint/0012", "twelve");
    kind.log().keep("checkpoint/0009", std::string("\0nine", 5));
    kind.log().keep("views/看板 %", "");
    kind.log().keep("views/board", std::string(3'000'000, 'x'));
    for (int round = 0; round < 2; ++round) {
        CHECK(kind.log().kept("views/board") == std::string(3'000'000, 'x'));
        CHECK(kind.log().kept("checkpoint/0009") == std::string("\0nine", 5));
        CHECK(kind.log().kept("views/看板 %") == "");
        CHECK_FALSE(kind.log().kept("views"));
        CHECK(kind.log().kept_names("checkpoint/") == std::vector<std::string>{"checkpoint/0009", "checkpoint/0012"});
        CHECK(kind.log().kept_names("").size() == 4);
        CHECK(kind.log().kept_names("x").empty());
        kind.reopen();
    }
    CHECK_THROWS_AS(kind.log().keep("", "x"), std::invalid_argument);
    CHECK_THROWS_AS(kind.log().keep(std::string(81, 'x'), "x"), std::invalid_argument);
}
