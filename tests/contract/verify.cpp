// Verification of the whole log finds what is wrong, and says where.
#include "events/log/verify.hpp"
#include "tests/support/log_batch.hpp"
#include "tests/support/log_damage.hpp"
#include "tests/support/log_kinds.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <thread>

using namespace events;
using namespace testing;
using namespace std::chrono_literals;

TEMPLATE_TEST_CASE("verify: a sound log is sound, whoever appends meanwhile", "[events][log][verify]", EVERY_LOG) {
    TestType kind;
    CHECK_FALSE(verify(kind.log(), {}, {}).fault);
    fill(kind.log(), channel_no(1), 9000, 1, 500);
    REQUIRE(kind.log().wait_indexed({9000}, 10s));
    const std::vector<known_root> known{{9000, kind.log().root(9000), "b"}, {0, proof::empty_root(), "zero"}, {777, kind.log().root(777), "a"}};
    std::atomic<bool> done = false;
    std::thread appender([&] {
        for (std::uint64_t n = 10'000; !done && n < 20'000; n += 10) fill(kind.log(), task_no(1), 10, n);
    });
    std::uint64_t last = 0;
    const auto result = verify(kind.log(), known, [&](position at, position upto) {
        CHECK(at.value > last);
        CHECK(at <= upto);
        last = at.value;
    });
    done = true;
    appender.join();
    CHECK_FALSE(result.fault);
    CHECK(last == result.upto.value);
    CHECK(result.upto.value >= 9000);
    CHECK(result.root == kind.log().root(result.upto.value));
}

TEMPLATE_TEST_CASE("verify: a checkpoint that the log does not match", "[events][log][verify]", EVERY_LOG) {
    TestType kind;
    fill(kind.log(), channel_no(1), 5000, 1, 500);
    kind.log().wait_indexed({5000}, 10s);
    const auto check = [&](known_root known) { return verify(kind.log(), {&known, 1}, {}).fault.value(); };
    const auto differs = check({4500, kind.log().root(4499), "checkpoint 4500"});
    CHECK(differs.what == log_fault::kind::known_root_differs);
    CHECK(differs.at == position{4500});
    CHECK(differs.detail == "checkpoint 4500");
    CHECK(differs.message(language::en).starts_with("position 4500: "));
    CHECK(differs.message(language::zh).starts_with("位置 4500："));
    const auto beyond = check({5001, kind.log().root(5000), "checkpoint 5001"});
    CHECK(beyond.what == log_fault::kind::known_root_beyond);
    CHECK(check({0, kind.log().root(1), "none"}).what == log_fault::kind::known_root_differs);
}

TEST_CASE("verify: the first event at fault is named", "[events][log][verify][rocksdb]") {
    folder in;
    {
        auto log = open_log(in);
        for (std::uint64_t n = 1; n < 10'000; n += 500) {
            batch b(*log);
            for (std::uint64_t i = 0; i < 500; ++i) b.add(i % 2 ? channel_no(1) : channel_no(2), n + i);
            REQUIRE(log->append(b.entries).has_value());
        }
    }
    const auto replace = [&](std::uint64_t p, const std::function<void(std::string&)>& change) {
        tamper(in.path(), [&](auto& db, auto* log, auto*) {
            std::string bytes;
            db.Get({}, log, key_of(p), &bytes);
            change(bytes);
            db.Put({}, log, key_of(p), bytes);
        });
    };
    log_fault::kind expected{};
    std::uint64_t at = 0;
    SECTION("changed") {
        at = 4321, expected = log_fault::kind::changed;
        replace(at, [](auto& bytes) { bytes[bytes.find("weekly")] = 'W'; });
        replace(6000, [](auto& bytes) { bytes.clear(); });
    }
    SECTION("no event") {
        at = 100, expected = log_fault::kind::undecodable;
        replace(at, [](auto& bytes) { bytes.resize(bytes.size() / 2); });
    }
    SECTION("missing") {
        at = 8000, expected = log_fault::kind::missing;
        tamper(in.path(), [&](auto& db, auto* log, auto*) { db.Delete({}, log, key_of(8000)); });
    }
    SECTION("elsewhere") {
        at = 5000, expected = log_fault::kind::misplaced;
        replace(at, [](auto& bytes) { bytes.replace(bytes.find("5000"), 4, "5001"); });
    }
    SECTION("another stream") {
        at = 5000, expected = log_fault::kind::version_gap;
        replace(at, [](auto& bytes) { bytes.replace(bytes.find("channel/1"), 9, "channel/3"); });
    }
    auto log = open_log(in);
    const auto fault = verify(*log, {}, {}).fault;
    REQUIRE(fault);
    CHECK(fault->what == expected);
    CHECK(fault->at == position{at});
}
