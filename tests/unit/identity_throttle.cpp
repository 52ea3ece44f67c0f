#include "server/identity/throttle.hpp"

#include "server/identity/secret.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace server::identity;
using namespace std::chrono_literals;

namespace {
constexpr throttle::rule rule{2, 1s, 8s, 1h, 3};
const events::instant start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};
}  // namespace

TEST_CASE("throttle: pauses double up to the longest", "[identity]") {
    throttle t(rule);
    auto now = start;
    std::vector<std::chrono::seconds> pauses;
    for (int i = 0; i < 8; ++i) {
        t.failed("wei", now);
        pauses.push_back(t.wait("wei", now));
        now += pauses.back();
        CHECK(t.wait("wei", now) == 0s);
    }
    CHECK(pauses == std::vector<std::chrono::seconds>{0s, 0s, 1s, 2s, 4s, 8s, 8s, 8s});
    CHECK(t.wait("li", now) == 0s);
    t.failed("wei", now + 1h + 1s);
    CHECK(t.wait("wei", now + 1h + 1s) == 0s);
}

TEST_CASE("throttle: success clears, a mistaken count is taken back", "[identity]") {
    throttle t(rule);
    for (int i = 0; i < 3; ++i) t.failed("wei", start);
    CHECK(t.wait("wei", start) == 1s);
    t.forgive("wei");
    CHECK(t.wait("wei", start) == 0s);
    t.failed("wei", start);
    CHECK(t.wait("wei", start) == 1s);
    t.clear("wei");
    CHECK(t.size() == 0);
    t.forgive("wei");
    t.failed("wei", start);
    t.forgive("wei");
    CHECK(t.size() == 0);
}

TEST_CASE("throttle: the table is bounded, the latest stay", "[identity]") {
    throttle t(rule);
    for (int i = 0; i < 3; ++i) t.failed("wei", start);
    for (int i = 0; i < 1000; ++i) {
        t.failed("guess " + std::to_string(i), start);
        t.failed("wei", start);
        CHECK(t.size() <= 3);
    }
    CHECK(t.wait("wei", start) == 8s);
}

TEST_CASE("throttle: a clock that is set back locks nobody out", "[identity]") {
    throttle t(rule);
    for (int i = 0; i < 9; ++i) t.failed("wei", start);
    CHECK(t.wait("wei", start - 1h) == 8s);
    // By so much it is the failures' clock that was wrong.
    CHECK(t.wait("wei", start - 100h) == 0s);
}

TEST_CASE("throttle: what stands for an address", "[identity]") {
    CHECK(throttle_key("192.0.2.1") == "192.0.2.1");
    CHECK(throttle_key("::ffff:192.0.2.1") == "192.0.2.1");
    CHECK(throttle_key("2001:db8::1") == throttle_key("2001:db8:0:0:ffff::9"));
    CHECK(throttle_key("2001:db8::1") != throttle_key("2001:db8:0:1::1"));
    CHECK(throttle_key("") == "");
}

TEST_CASE("secrets are random, long, and fit for a cookie", "[identity]") {
    start_sodium();
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const auto s = make_secret();
        CHECK(s.size() == secret_length);
        CHECK(s.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == std::string::npos);
        seen.insert(s);
    }
    CHECK(seen.size() == 1000);
    // FIPS 180-2: "abc".
    CHECK(fingerprint_of("abc")[0] == 0xba);
    CHECK(fingerprint_of("abc")[31] == 0xad);
}

TEST_CASE("clean UTF-8", "[identity]") {
    for (const auto* good : {"", "abc", "陈伟", "é", "\xf0\x9f\x98\x80", "\xc2\xa0"}) CHECK(is_clean_utf8(good));
    for (const auto* bad :
         {"\n", "\x7f", "\xc2\x80", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff", "\xe9\x99", "\x80"}) {
        CAPTURE(bad);
        CHECK_FALSE(is_clean_utf8(bad));
    }
}
