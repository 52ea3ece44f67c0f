// Contents of attachments: sent in parts, kept once, and not for ever where nothing carries them.

#include "events/keys/memory_keyring.hpp"
#include "server/blobs/store.hpp"
#include "tests/support/temp_folder.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <fstream>

using namespace server::blobs;

namespace {

const std::string plain = "plain words\n";
const std::string other = "other words\n";
// printf 'plain words\n' | sha256sum
const std::string plain_sha256 = "7e7c22e739587dff41c64bd42309ff5146dcd2d30b7fd712ca9c7c65d8d94c42";
const std::string other_sha256 = "0ee27ea107ddf0e67ea28ce868689097c5a3150a8fdb1965ceed1f13dd45c487";

std::int64_t now() { return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count(); }
const events::memory_keyring people;
constexpr events::member_id wei{3}, na{4};
constexpr auto nothing_is = [](const std::string&) { return false; };

void send(store& to, const std::string& sha256, const std::string& content) {
    REQUIRE(to.begin(wei, sha256, content.size(), "text/plain", 1'000).error == blob_error::none);
    REQUIRE(to.append(wei, sha256, 0, content).complete);
}

void age(const std::filesystem::path& file, std::chrono::hours by) {
    std::filesystem::last_write_time(file, std::filesystem::last_write_time(file) - by);
}

}  // namespace

TEST_CASE("blobs: an upload goes on where it was cut off, even after a restart", "[blobs][F1]") {
    const support::temp_folder at;
    const auto& sha = plain_sha256;
    {
        store s(at.path(), at / "keys", people);
        CHECK(s.begin(wei, sha, plain.size(), "text/plain", 1'000).have == 0);
        CHECK(s.append(wei, sha, 0, plain.substr(0, 5)).have == 5);
        CHECK(s.append(wei, sha, 3, plain.substr(3)).error == blob_error::wrong_offset);
    }
    store s(at.path(), at / "keys", people);
    const auto on = s.begin(wei, sha, plain.size(), "text/plain", 1'000);
    CHECK(on.have == 5);
    CHECK_FALSE(on.complete);
    CHECK(s.append(wei, sha, 5, plain.substr(5)).complete);
    CHECK(s.read(sha, 0, 100) == plain);
    CHECK(s.begin(wei, sha, plain.size(), "text/plain", 1'000).complete);  // kept once
}

TEST_CASE("blobs: what is not as it was said to be is not kept", "[blobs][F1]") {
    const support::temp_folder at;
    store s(at.path(), at / "keys", people);
    const auto& sha = plain_sha256;
    CHECK(s.begin(wei, "../../etc/passwd", 5, "text/plain", 1'000).error == blob_error::bad_name);
    CHECK(s.begin(wei, sha, 2'000, "text/plain", 1'000).error == blob_error::too_large);
    CHECK(s.begin(wei, sha, 0, "text/plain", 1'000).error == blob_error::too_large);
    REQUIRE(s.begin(wei, sha, other.size(), "text/plain", 1'000).error == blob_error::none);
    CHECK(s.append(wei, sha, 0, other).error == blob_error::wrong_content);
    REQUIRE(s.begin(wei, sha, plain.size(), "application/pdf", 1'000).error == blob_error::none);
    CHECK(s.append(wei, sha, 0, plain).error == blob_error::wrong_type);
    CHECK_FALSE(s.find(sha));
}

TEST_CASE("blobs: a sweep takes what nothing carries and nobody has asked for since", "[blobs][F1]") {
    const support::temp_folder at;
    const auto &carried = plain_sha256, &left = other_sha256;
    {
        store s(at.path(), at / "keys", people);
        send(s, carried, plain);
        send(s, left, other);
        const std::string begun(64, 'a');
        CHECK(s.begin(wei, begun, 10, "text/plain", 1'000).error == blob_error::none);
        CHECK(s.sweep(now() - 3'600, nothing_is) == 0);
        age(at.path() / carried.substr(0, 2) / carried.substr(2), std::chrono::hours(200));
        age(at.path() / left.substr(0, 2) / left.substr(2), std::chrono::hours(200));
        age(at.path() / "incoming" / ("3-" + begun), std::chrono::hours(200));
        CHECK(s.sweep(now() - 3'600, nothing_is) == 1);  // the unfinished one: it is known when the others came
    }
    {
        // Somebody sends it again, and is told that it is there: they have as long to attach it as anybody.
        store s(at.path(), at / "keys", people);
        CHECK(s.begin(wei, left, other.size(), "text/plain", 1'000).complete);
    }
    store s(at.path(), at / "keys", people);
    const auto is_carried = [&](const std::string& sha256) { return sha256 == carried; };
    CHECK(s.sweep(now() - 3'600, is_carried) == 0);
    CHECK(s.sweep(now() + 3'600, is_carried) == 1);
    CHECK(s.find(carried));
    CHECK_FALSE(s.find(left));
    CHECK_FALSE(s.has({left, "notes.txt", "text/plain", other.size()}));
    CHECK_FALSE(std::filesystem::exists(at.path() / left.substr(0, 2) / left.substr(2)));
    send(s, left, other);  // and it can come again
}

TEST_CASE("blobs: what is attached just now is not swept", "[blobs][F1]") {
    const support::temp_folder at;
    const auto& sha = plain_sha256;
    { send(*std::make_unique<store>(at.path(), at / "keys", people), sha, plain); }
    age(at.path() / sha.substr(0, 2) / sha.substr(2), std::chrono::hours(200));
    store s(at.path(), at / "keys", people);
    CHECK(s.has({sha, "notes.txt", "text/plain", plain.size()}));  // as a command that attaches it is decided
    CHECK(s.sweep(now() - 3'600, nothing_is) == 0);
}

TEST_CASE("blobs: halves that a crash left are cleared away", "[blobs][F1]") {
    const support::temp_folder at;
    const auto& sha = plain_sha256;
    std::filesystem::create_directories(at.path() / sha.substr(0, 2));
    // Without its type, and not all of it: whole it would be kept (see blobs_damage.cpp).
    std::ofstream(at.path() / sha.substr(0, 2) / sha.substr(2)) << plain.substr(0, 5);
    std::filesystem::create_directories(at.path() / "incoming");
    std::ofstream(at.path() / "incoming" / ("3-" + sha + ".type")) << "12 text/plain";
    store s(at.path(), at / "keys", people);
    CHECK_FALSE(s.find(sha));
    CHECK_FALSE(std::filesystem::exists(at.path() / sha.substr(0, 2) / sha.substr(2)));
    CHECK_FALSE(std::filesystem::exists(at.path() / "incoming" / ("3-" + sha + ".type")));
}

TEST_CASE("blobs: whether a content is there is told to nobody who did not send it", "[blobs][F1][D5]") {
    const support::temp_folder at;
    const auto& sha = plain_sha256;
    {
        store s(at.path(), at / "keys", people);
        send(s, sha, plain);
        CHECK(s.is_from(wei, sha));
        CHECK_FALSE(s.is_from(na, sha));
        // Word for word what she would be told if it were not.
        const auto there = s.begin(na, sha, plain.size(), "text/plain", 1'000), not_there = s.begin(na, other_sha256, other.size(), "text/plain", 1'000);
        CHECK((there.have == 0 && !there.complete && there.error == blob_error::none));
        CHECK((not_there.have == 0 && !not_there.complete && not_there.error == blob_error::none));
        CHECK(s.append(na, sha, plain.size(), "").error == blob_error::wrong_offset);
        CHECK(s.append({5}, sha, 0, plain).error == blob_error::wrong_offset);
        // Nor does what she sends disturb anybody's.
        CHECK(s.append(na, sha, 0, other).error == blob_error::wrong_content);
        CHECK(s.read(sha, 0, 100) == plain);
        CHECK(s.begin(na, sha, plain.size(), "text/plain", 1'000, true).complete);  // unless she reads it where it is attached
        CHECK_FALSE(s.is_from(na, sha));
        CHECK(s.begin(na, sha, plain.size(), "text/plain", 1'000).have == 0);
        CHECK(s.append(na, sha, 0, plain).complete);
        CHECK(s.is_from(na, sha));
    }
    const store s(at.path(), at / "keys", people);
    CHECK(s.is_from(wei, sha));
    CHECK(s.is_from(na, sha));
    CHECK(s.read(sha, 0, 100) == plain);
}

TEST_CASE("blobs: nobody's unfinished uploads are in anybody else's way", "[blobs][F1]") {
    const support::temp_folder at;
    store s(at.path(), at / "keys", people, {.unfinished_each_max = 2});
    for (const char digit : {'a', 'b'}) CHECK(s.begin(wei, std::string(64, digit), 9, "text/plain", 1'000).error == blob_error::none);
    CHECK(s.begin(wei, std::string(64, 'c'), 9, "text/plain", 1'000).error == blob_error::too_many);
    CHECK(s.begin(na, plain_sha256, plain.size(), "text/plain", 1'000).error == blob_error::none);
    REQUIRE(s.append(na, plain_sha256, 0, plain.substr(0, 5)).have == 5);
    // Of the same content, said to be longer.
    store other_limits(at.path(), at / "keys", people, {.unfinished_each_max = 9});
    CHECK(other_limits.begin(wei, plain_sha256, 900, "text/plain", 1'000).have == 0);
    CHECK(other_limits.begin(na, plain_sha256, plain.size(), "text/plain", 1'000).have == 5);
}
