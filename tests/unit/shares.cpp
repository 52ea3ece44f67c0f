// What one person may take of what all need: whoever asks for much waits behind themselves.

#include "server/shares/backlog.hpp"
#include "server/shares/lanes.hpp"
#include "server/shares/places.hpp"
#include "server/shares/rates.hpp"
#include "server/shares/throttle.hpp"

#include <catch2/catch.hpp>

#include <condition_variable>
#include <map>
#include <random>
#include <stdexcept>
#include <vector>

using namespace server::shares;
using namespace std::chrono_literals;

TEST_CASE("shares: lines take turns, each in its own order", "[shares]") {
    fair_queue<std::string> q(10, 100);
    for (const auto* one : {"a1", "a2", "a3", "a4"}) REQUIRE(q.push(1, one) == admission::let_in);
    REQUIRE(q.push(2, "b1") == admission::let_in);
    REQUIRE(q.push(3, "c1") == admission::let_in);
    REQUIRE(q.push(3, "c2") == admission::let_in);
    std::vector<std::string> order;
    while (auto one = q.pop()) order.push_back(*one);
    CHECK(order == std::vector<std::string>{"a1", "b1", "c1", "a2", "c2", "a3", "a4"});
    CHECK(q.size() == 0);
}

TEST_CASE("shares: whatever others ask for, one who asks for one thing waits for one of each", "[shares][property]") {
    std::mt19937_64 random(5);
    for (int round = 0; round < 50; ++round) {
        fair_queue<std::uint64_t> q(64, 1'024);
        const auto crowd = 1 + random() % 12;
        for (std::size_t i = 0; i < 2'000; ++i) q.push(1 + random() % crowd, 1 + random() % crowd);
        REQUIRE(q.push(99, 99, q.size() >= 1'024) == admission::let_in);
        std::size_t before = 0;
        for (auto one = q.pop(); *one != 99; one = q.pop()) ++before;
        CHECK(before <= crowd);
    }
}

TEST_CASE("shares: a line is as long as it may be, and so are all together", "[shares]") {
    fair_queue<int> q(3, 5);
    for (int i = 0; i < 3; ++i) CHECK(q.push(1, i) == admission::let_in);
    CHECK(q.push(1, 3) == admission::share_taken);
    CHECK(q.push(2, 0) == admission::let_in);
    CHECK(q.push(2, 1) == admission::let_in);
    CHECK(q.push(3, 0) == admission::full);
    CHECK(q.push(3, 0, true) == admission::let_in);  // it goes on with what was let in
    CHECK(q.waiting_of(1) == 3);
    q.pop();
    q.pop();
    CHECK(q.push(1, 4) == admission::let_in);
}

namespace {

/// A gate that work waits at.
struct gate {
    std::mutex mutex;
    std::condition_variable moved;
    bool open = false;
    std::vector<std::uint64_t> done;

    void pass(std::uint64_t who) {
        std::unique_lock hold(mutex);
        moved.wait(hold, [&] { return open; });
        done.push_back(who);
        moved.notify_all();
    }
    void unlock() {
        std::lock_guard hold(mutex);
        open = true;
        moved.notify_all();
    }
    bool wait_done(std::size_t count) {
        std::unique_lock hold(mutex);
        return moved.wait_for(hold, 10s, [&] { return done.size() >= count; });
    }
};

}  // namespace

TEST_CASE("shares: a lane that is full of one person's work holds up neither another lane nor another person", "[shares]") {
    gate reading, signing;
    lanes all([](std::string_view, const std::exception_ptr&) {});
    std::size_t let_in = 0;
    for (int i = 0; i < 100; ++i) let_in += all.submit(lane::past, 7, [&] { reading.pass(7); }) == admission::let_in;
    CHECK(let_in <= rule_of(lane::past).each_max + rule_of(lane::past).threads);
    CHECK(all.refused(lane::past) == 100 - let_in);
    // Signing in does not wait for it.
    signing.unlock();
    REQUIRE(all.submit(lane::sign_in, share_of_address("10.0.0.7"), [&] { signing.pass(1); }) == admission::let_in);
    CHECK(signing.wait_done(1));
    // Nor does somebody else's reading, but for what runs already and one of theirs.
    REQUIRE(all.submit(lane::past, 8, [&] { reading.pass(8); }) == admission::let_in);
    reading.unlock();
    REQUIRE(reading.wait_done(let_in + 1));
    const auto at = std::find(reading.done.begin(), reading.done.end(), 8) - reading.done.begin();
    CHECK(at <= 2);
}

TEST_CASE("shares: what gets out of work ends neither its thread nor the lane", "[shares]") {
    std::atomic<int> told{0};
    gate after;
    after.unlock();
    lanes all([&](std::string_view name, const std::exception_ptr&) { told += name == "files"; });
    REQUIRE(all.submit(lane::files, 1, [] { throw std::runtime_error("the disk is full"); }) == admission::let_in);
    REQUIRE(all.submit(lane::files, 1, [&] { after.pass(1); }) == admission::let_in);
    CHECK(after.wait_done(1));
    CHECK(told == 1);
    all.stop();
    CHECK(all.submit(lane::files, 1, [] {}) == admission::full);
}

TEST_CASE("shares: over time nobody takes more than their rate, and what they wait for is there then", "[shares][property]") {
    std::mt19937_64 random(11);
    const rate r{100, 50};
    tick now{};
    bucket b(r, now);
    double taken = 0;
    for (int i = 0; i < 20'000; ++i) {
        now += std::chrono::milliseconds(random() % 12);
        const double n = 1 + static_cast<double>(random() % 5);
        const auto told = b.take(r, n, now, 50ms);
        if (!told.taken) {
            CHECK(told.wait > 50ms);
            continue;
        }
        taken += n;
        CHECK(told.wait <= 50ms);
        const auto seconds = std::chrono::duration<double>((now + told.wait).time_since_epoch()).count();
        REQUIRE(taken <= r.burst + seconds * r.a_second + 0.2);
    }
    CHECK(taken > 0.9 * std::chrono::duration<double>(now.time_since_epoch()).count() * r.a_second);
}

TEST_CASE("shares: one who is too fast is told when to come again, and others are not", "[shares]") {
    rates::limits how{};
    how[rates::commands] = {10, 20};
    rates all(how);
    tick now{};
    for (int i = 0; i < 20; ++i) CHECK(all.take(rates::commands, 1, 1, now, 0ms).taken);
    const auto no = all.take(rates::commands, 1, 1, now, 0ms);
    CHECK_FALSE(no.taken);
    CHECK(no.wait == 100ms);
    CHECK(all.refused(rates::commands) == 1);
    CHECK(all.take(rates::commands, 2, 1, now, 0ms).taken);
    CHECK(all.take(rates::commands, 1, 1, now + no.wait, 0ms).taken);
    // More than ever fits is as much as fits; what has no limit has none.
    CHECK(all.take(rates::commands, 3, 1'000, now, 0ms).taken);
    for (int i = 0; i < 1'000; ++i) CHECK(all.take(rates::requests, 1, 1, now, 0ms).taken);
    // Addresses that somebody makes up cost a bounded memory, and share what is left.
    rates::limits narrow{};
    narrow[rates::address_requests] = {1, 1};
    rates many(narrow);
    for (std::uint64_t i = 0; i < 100'000; ++i) many.take(rates::address_requests, i, 1, now, 0ms);
    CHECK(many.refused(rates::address_requests) > 80'000);
}

TEST_CASE("shares: bytes that wait are counted for each and in all, and let go", "[shares]") {
    backlog all({1'000, 2'000});
    const auto a = all.of(1), b = all.of(2), c = all.of(3);
    CHECK(all.of(1) == a);
    all.add(*a, 900);
    CHECK(all.has_room(*a, 99));
    CHECK_FALSE(all.has_room(*a, 100));
    CHECK(all.has_room(*b, 999));
    all.add(*b, 900);
    CHECK(all.is_scarce());
    CHECK_FALSE(all.has_room(*c, 200));
    all.subtract(*a, 900);
    CHECK_FALSE(all.is_scarce());
    CHECK(all.has_room(*c, 999));
    CHECK(all.bytes() == 900);
    for (std::uint64_t i = 10; i < 50'000; ++i) (void)all.of(i);  // nobody holds them
    CHECK(all.of(1) == a);
}

TEST_CASE("shares: of places whoever holds their share gets no more, until one is given back", "[shares]") {
    server::shares::places two_each(2);
    auto first = two_each.take(1);
    const auto second = two_each.take(1);
    CHECK(first.has_value());
    CHECK(second.has_value());
    CHECK_FALSE(two_each.take(1).has_value());
    CHECK(two_each.take(2).has_value());
    CHECK(two_each.refused() == 1);
    auto moved = std::move(first);
    CHECK_FALSE(two_each.take(1).has_value());
    moved.reset();
    CHECK(two_each.take(1).has_value());
}

TEST_CASE("shares: what nobody waits for takes a tenth of a core while the others are busy, and all that there is otherwise", "[shares]") {
    // 20 ms of work in 25 ms of time, beside others that took this much.
    const auto rest = [](std::chrono::nanoseconds others, unsigned cores) { return rest_after({20ms, 20ms + others, 25ms}, cores); };
    CHECK(rest(0ms, 2) == 0ms);
    CHECK(rest(25ms, 2) == 0ms);           // half of two
    CHECK(rest(26ms, 2) == 200ms - 25ms);  // with it the work took a tenth of the time
    CHECK(rest(26ms, 4) == 0ms);
    CHECK(rest(60ms, 4) == 200ms - 25ms);
    CHECK(rest_after({1ms, 41ms, 25ms}, 2) == 0ms);                // no more than a tenth anyway
    CHECK(rest_after({900ms, 2'900ms, 1'000ms}, 2) == 1'000ms);    // never for longer
    CHECK(rest_after({0ms, 0ms, 0ms}, 1) == 0ms);
}
