// Contents of attachments as they lie on the disk: sealed, by the keys of whoever carries them, and gone with those.

#include "events/keys/memory_keyring.hpp"
#include "server/blobs/files.hpp"
#include "server/blobs/sealed_content.hpp"
#include "server/blobs/store.hpp"
#include "tests/support/raw_disk.hpp"
#include "tests/support/temp_folder.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <map>
#include <random>
#include <thread>

using namespace server::blobs;
namespace fs = std::filesystem;

namespace {

constexpr events::member_id wei{3}, na{4};
constexpr std::size_t piece = sealed_content::piece_bytes;
constexpr std::string_view words = "what she thinks of herself\n";
const carriers nothing{}, something_open{true, true}, of_wei{true, false, {wei}}, of_na{true, false, {na}}, of_both{true, false, {wei, na}}, of_the_erased{true};

std::string hash_of(std::string_view content) {
    sum all;
    all.add(content);
    return all.hex();
}

/// Text, so that it is taken; no two pieces of it are alike.
std::string long_text(std::size_t bytes) {
    std::string text;
    for (std::size_t n = 0; text.size() < bytes; ++n) text += "line " + std::to_string(n) + " of what was written\n";
    text.resize(bytes);
    return text;
}

carried_by always(carriers by) {
    return [by](const std::string&) { return by; };
}

struct desk {
    support::temp_folder at;
    events::memory_keyring people;
    std::vector<std::string> told;
    std::chrono::milliseconds asked_for{0};
    std::unique_ptr<store> files;

    desk() {
        for (const auto who : {wei, na}) people.create(who);
        open();
    }
    void open() {
        files.reset();
        limits how;
        how.asked_for = asked_for;
        how.damaged = [this](const std::string& file, const std::string& why) { told.push_back(file + ": " + why); };
        files = std::make_unique<store>(blobs(), keys(), people, how);
    }
    fs::path blobs() const { return at / "blobs"; }
    fs::path keys() const { return at / "keys"; }
    fs::path content(const std::string& sha) const { return blobs() / sha.substr(0, 2) / sha.substr(2); }
    fs::path keys_of(const std::string& sha) const { return keys() / sha.substr(0, 2) / (sha.substr(2) + ".key"); }

    std::string send(std::string_view text, events::member_id who = wei) {
        const auto sha = hash_of(text);
        const auto begun = files->begin(who, sha, text.size(), "text/plain", 1u << 30);
        REQUIRE(begun.error == blob_error::none);
        if (!begun.complete) REQUIRE(files->append(who, sha, begun.have, text.substr(begun.have)).complete);
        files->look_again({sha});  // as when it is attached
        return sha;
    }
    /// As it lay before contents were sealed.
    std::string put_clear(std::string_view text) {
        const auto sha = hash_of(text);
        support::put_bytes(content(sha), text);
        support::put_bytes(content(sha).string() + ".type", "text/plain");
        return sha;
    }
    void settle(const carried_by& by) {
        for (int turns = 0; files->settle(1u << 20, by); ++turns) REQUIRE(turns < 1'000);
    }
    std::string all_of(const std::string& sha) const { return files->read(sha, 0, 1u << 26); }
    static events::attachment as_attached(const std::string& sha, std::string_view text) { return {sha, "notes.txt", "text/plain", text.size()}; }
};

}  // namespace

TEST_CASE("blobs: what is sent lies on the disk sealed, from its first part on", "[blobs][sealed][D9]") {
    desk d;
    const auto text = long_text(100'000);
    const auto sha = hash_of(text);
    REQUIRE(d.files->begin(wei, sha, text.size(), "text/plain", 1u << 20).error == blob_error::none);
    REQUIRE(d.files->append(wei, sha, 0, std::string_view(text).substr(0, 50'000)).have == 50'000);
    CHECK_FALSE(support::lies_in(d.at.path(), "of what was written"));
    REQUIRE(d.files->append(wei, sha, 50'000, std::string_view(text).substr(50'000)).complete);
    CHECK_FALSE(support::lies_in(d.at.path(), "of what was written"));
    CHECK(d.all_of(sha) == text);
    CHECK(d.files->check(sha, true));
    // Nobody else's folder, file or key.
    for (const auto& entry : fs::recursive_directory_iterator(d.at.path())) CHECK((fs::status(entry).permissions() & fs::perms(077)) == fs::perms::none);
}

TEST_CASE("blobs: any part of a sealed content is read as it was sent", "[blobs][sealed]") {
    desk d;
    const auto size = GENERATE(std::size_t{1}, piece - 1, piece, piece + 1, 5 * piece, 5 * piece + 77);
    const auto text = long_text(size);
    const auto sha = d.send(text);
    CHECK(d.all_of(sha) == text);
    std::mt19937 chance(static_cast<unsigned>(size));
    for (int i = 0; i < 200; ++i) {
        const auto from = chance() % (size + 10), most = chance() % (3 * piece);
        CHECK(d.files->read(sha, from, most) == (from < size ? text.substr(from, most) : ""));
    }
}

TEST_CASE("blobs: a sealed upload goes on where it was cut off, however its end was torn", "[blobs][sealed]") {
    const auto seed = GENERATE(1u, 2u, 3u, 4u);
    desk d;
    std::mt19937 chance(seed);
    const auto text = long_text(300'000 + chance() % 1'000);
    const auto sha = hash_of(text);
    const auto on_disk = d.blobs() / "incoming" / ("3-" + sha);
    std::uint64_t have = d.files->begin(wei, sha, text.size(), "text/plain", 1u << 20).have;
    upload now;
    while (!now.complete) {
        now = d.files->append(wei, sha, have, std::string_view(text).substr(have, 1 + chance() % 40'000));
        REQUIRE(now.error == blob_error::none);
        have = now.have;
        if (now.complete || chance() % 2 == 0) continue;
        d.files.reset();
        const auto size = fs::file_size(on_disk), torn = chance() % 100ul;
        if (size > 300) fs::resize_file(on_disk, size - torn);
        d.open();
        const auto again = d.files->begin(wei, sha, text.size(), "text/plain", 1u << 20);
        REQUIRE(again.error == blob_error::none);
        REQUIRE(again.have <= have);
        CHECK(again.have + 2 * piece >= have);
        have = again.have;
    }
    CHECK(d.all_of(sha) == text);
    CHECK(d.told.empty());
}

TEST_CASE("blobs: an upload that lay in the clear before begins anew, and nothing of it stays", "[blobs][sealed][D9]") {
    desk d;
    const auto sha = hash_of(words);
    support::put_bytes(d.blobs() / "incoming" / ("3-" + sha), words.substr(0, 20));
    support::put_bytes(d.blobs() / "incoming" / ("3-" + sha + ".type"), std::to_string(words.size()) + " text/plain");
    d.open();
    CHECK_FALSE(support::lies_in(d.at.path(), words.substr(0, 20)));
    CHECK(d.files->begin(wei, sha, words.size(), "text/plain", 1'000).have == 0);
}

TEST_CASE("blobs: what only a person's sealed forms carry goes with their key", "[blobs][sealed][D9]") {
    desk d;
    const auto sha = d.send(words);
    fs::create_hard_link(d.keys_of(sha), d.at / "where its key lay");
    d.settle(always(of_wei));
    CHECK(d.all_of(sha) == words);
    CHECK_FALSE(support::lies_in(d.at.path(), "\nopen "));
    d.open();  // and so it is after a restart
    CHECK(d.all_of(sha) == words);
    CHECK(d.files->check(sha, true));

    d.people.destroy(wei);
    CHECK_THROWS_AS(d.all_of(sha), store::unreadable);
    CHECK_FALSE(d.files->check(sha));
    CHECK_FALSE(d.files->has(desk::as_attached(sha, words)));
    // That is as it should be, and no damage.
    CHECK(d.files->check_all().empty());
    d.open();
    CHECK(d.told.empty());
    CHECK_THROWS_AS(d.all_of(sha), store::unreadable);

    d.settle(always(of_the_erased));
    CHECK_FALSE(d.files->find(sha));
    fs::remove(d.at / "where its key lay");
    for (const auto& entry : fs::recursive_directory_iterator(d.at.path())) CHECK_FALSE(entry.is_regular_file());
    // It may come again, from somebody else.
    d.send(words, na);
    CHECK(d.all_of(sha) == words);
}

TEST_CASE("blobs: who sends again what nobody can read any more has it again, before it is removed, too", "[blobs][sealed][D9]") {
    desk d;
    const auto sha = d.send(words);
    d.settle(always(of_wei));
    d.people.destroy(wei);
    const auto begun = d.files->begin(na, sha, words.size(), "text/plain", 1'000, true);
    CHECK_FALSE(begun.complete);
    d.send(words, na);
    CHECK(d.all_of(sha) == words);
    d.open();
    CHECK(d.all_of(sha) == words);
}

TEST_CASE("blobs: what somebody else carries as well is theirs to read", "[blobs][sealed][D9]") {
    desk d;
    const auto sha = d.send(words);
    SECTION("openly") {
        d.settle(always(something_open));
        d.people.destroy(wei);
        d.files->look_again({sha});
        d.settle(always(something_open));
        CHECK(d.all_of(sha) == words);
    }
    SECTION("on a sealed form of theirs") {
        d.settle(always(of_wei));
        d.files->look_again({sha});
        d.settle(always(of_both));
        d.people.destroy(wei);
        d.files->look_again_for(wei);
        d.settle(always(of_na));
        CHECK(d.all_of(sha) == words);
        CHECK(support::bytes_of(d.keys_of(sha)).find("of 3 ") == std::string::npos);
        d.people.destroy(na);
        CHECK_THROWS_AS(d.all_of(sha), store::unreadable);
    }
    SECTION("openly, attached in the moment in which the first one is erased") {
        d.settle(always(of_wei));
        REQUIRE(d.files->has(desk::as_attached(sha, words)));  // the rule that lets it pass
        d.people.destroy(wei);
        CHECK_THROWS_AS(d.all_of(sha), store::unreadable);
        d.files->look_again({sha});
        d.settle(always(something_open));
        CHECK(d.all_of(sha) == words);
        d.open();
        CHECK(d.all_of(sha) == words);
    }
}

TEST_CASE("blobs: no key is taken away while a rule may have let pass what needs it", "[blobs][sealed]") {
    desk d;
    d.asked_for = std::chrono::hours(1);
    d.open();
    const auto sha = d.send(words);
    REQUIRE(d.files->has(desk::as_attached(sha, words)));
    CHECK(d.files->settle(0, always(of_wei)));
    CHECK(support::bytes_of(d.keys_of(sha)).find("\nopen ") != std::string::npos);
    CHECK(support::bytes_of(d.keys_of(sha)).find("\nof 3 ") != std::string::npos);
    CHECK(d.files->settle(0, always(of_the_erased)));
    CHECK(d.all_of(sha) == words);
    // Nor for somebody whose key is lost: it may come back.
    desk other;
    const auto lost = other.send(words);
    other.people.destroy(wei);
    other.people.miss(wei);
    CHECK(other.files->settle(0, always(of_wei)));
    CHECK(other.all_of(lost) == words);
    CHECK(other.files->settle(0, always(of_both)));
    CHECK(other.all_of(lost) == words);
}

TEST_CASE("blobs: contents from before they were sealed are sealed, so much a turn, whatever cuts it off", "[blobs][sealed][D9]") {
    desk d;
    const auto large = long_text(3u << 20);
    const auto first = d.put_clear(large), hers = d.put_clear(words), erased = d.put_clear("hers, and she is gone\n"), damaged = d.put_clear("as it was\n");
    support::put_bytes(d.content(damaged), "as it is!\n");
    const auto sent = fs::last_write_time(d.content(first)) - std::chrono::hours(200);
    fs::last_write_time(d.content(first), sent);
    d.open();
    CHECK(d.files->in_the_clear() == 4);
    CHECK(d.files->read(first, 1'000'000, 10) == large.substr(1'000'000, 10));
    fs::create_hard_link(d.content(hers), d.at / "where it lay");
    const carried_by by = [&](const std::string& sha) { return sha == hers ? of_wei : sha == erased ? of_the_erased : nothing; };
    // What is somebody's alone first.
    CHECK(d.files->settle(300u << 10, by));
    CHECK_FALSE(support::lies_in(d.at.path(), words));
    CHECK_FALSE(support::lies_in(d.at.path(), "she is gone"));
    CHECK(support::bytes_of(d.keys_of(hers)).find("\nopen ") == std::string::npos);
    int turns = 0;
    while (d.files->in_the_clear() > 0) {
        CHECK(d.files->read(first, 1'000'000, 10) == large.substr(1'000'000, 10));
        if (++turns == 2) d.open();  // with one half done
        d.files->settle(1u << 20, by);
        REQUIRE(turns < 100);
    }
    CHECK(turns > 4);
    CHECK_FALSE(support::lies_in(d.at.path(), "of what was written"));
    CHECK(d.all_of(first) == large);
    CHECK(d.all_of(hers) == words);
    CHECK_FALSE(d.files->find(erased));
    CHECK(fs::last_write_time(d.content(first)) == sent);
    // What is not what it was is left as it is, and said.
    CHECK(support::bytes_of(d.content(damaged)) == "as it is!\n");
    CHECK(std::any_of(d.told.begin(), d.told.end(), [&](const auto& line) { return line.starts_with(d.content(damaged).string()); }));
    for (const auto& entry : fs::recursive_directory_iterator(d.at.path())) CHECK(entry.path().extension() != ".sealing");
}

TEST_CASE("blobs: cut off between its keys and itself, a content that is being sealed is in the clear as before", "[blobs][sealed]") {
    desk d;
    const auto sha = d.put_clear(words);
    support::put_bytes(d.keys_of(sha), to_text(make_keys(words.size())));
    support::put_bytes(d.content(sha).string() + ".sealing", "half of it");
    d.open();
    CHECK(d.told.empty());
    CHECK(d.all_of(sha) == words);
    d.settle(always(nothing));
    CHECK(d.all_of(sha) == words);
    CHECK_FALSE(support::lies_in(d.at.path(), words));
}

TEST_CASE("blobs: whoever reads while a content is being sealed reads what it is", "[blobs][sealed]") {
    desk d;
    std::map<std::string, std::string> texts;
    for (int i = 0; i < 300; ++i) {
        const auto text = std::to_string(i) + long_text(500);
        texts.emplace(d.put_clear(text), text);
    }
    d.open();
    std::vector<std::pair<std::string, std::string>> all(texts.begin(), texts.end());  // as they will be sealed
    std::atomic<bool> over{false};
    std::atomic<int> wrong{0};
    const auto read = [&] {
        while (!over) {
            // The one whose turn it is.
            const auto& [sha, text] = all[std::min(all.size() - d.files->in_the_clear(), all.size() - 1)];
            if (d.files->read(sha, 0, 1'000) != text || !d.files->check(sha)) ++wrong;
        }
    };
    std::thread one(read), other(read);
    d.settle(always(nothing));
    over = true;
    one.join();
    other.join();
    CHECK(wrong == 0);
    CHECK(d.told.empty());
    CHECK(d.files->in_the_clear() == 0);
}

TEST_CASE("blobs: a sealed content that is not what was written is refused, and named", "[blobs][sealed][damaged]") {
    desk d;
    const auto text = long_text(3 * piece + 100), other_text = long_text(3 * piece + 200);
    const auto sha = d.send(text), other = d.send(other_text);
    const bool hers = GENERATE(false, true);
    d.settle(always(hers ? of_wei : nothing));
    const auto at = d.content(sha), keys = d.keys_of(sha);
    const auto whole = support::bytes_of(at), whole_keys = support::bytes_of(keys);
    REQUIRE(whole.size() == sealed_content::bytes_on_disk(text.size()));
    const auto flipped = [](std::string bytes, std::size_t where) {
        bytes[where] = static_cast<char>(bytes[where] ^ 1);
        return bytes;
    };
    const std::size_t head = 32, sealed = piece + 28;
    struct damage {
        std::string bytes;
        fs::path file;
        std::string said = {};
    };
    std::vector<damage> damages;
    for (const auto where : {std::size_t{0}, std::size_t{20}, head, head + 12, head + 28, head + sealed + 500, whole.size() - 1}) damages.push_back({flipped(whole, where), at});
    for (const auto size : {std::size_t{0}, std::size_t{10}, head, head + sealed, whole.size() - 1}) damages.push_back({whole.substr(0, size), at});
    damages.push_back({whole + "x", at});
    damages.push_back({whole.substr(0, head) + whole.substr(head + sealed, sealed) + whole.substr(head, sealed) + whole.substr(head + 2 * sealed), at});  // swapped
    damages.push_back({whole.substr(0, head + sealed) + whole.substr(head, sealed) + whole.substr(head + 2 * sealed), at});                              // twice
    damages.push_back({support::bytes_of(d.content(other)), at});
    damages.push_back({support::bytes_of(d.keys_of(other)), keys, "another content's"});
    for (std::size_t where = 0; where < whole_keys.size(); where += 7) damages.push_back({flipped(whole_keys, where), keys});
    damages.push_back({"", keys});
    damages.push_back({whole_keys.substr(0, whole_keys.size() / 2), keys});
    // Another content's key under this one's id, as somebody might put it there.
    auto wrong_key = *parse_keys(whole_keys);
    const auto others = *parse_keys(support::bytes_of(d.keys_of(other)));
    wrong_key.open = others.open;
    wrong_key.people = others.people;
    damages.push_back({to_text(wrong_key), keys, hers ? "none of these keys can be opened" : "piece 0"});
    auto wrong_size = *parse_keys(whole_keys);
    wrong_size.bytes = text.size() - piece;
    damages.push_back({to_text(wrong_size), keys});
    for (std::size_t n = 0; n < damages.size(); ++n) {
        INFO((hers ? "hers " : "open ") << n << " of " << damages.size());
        support::put_bytes(damages[n].file, damages[n].bytes);
        d.told.clear();
        d.open();
        const auto found = d.files->find(sha);
        CHECK_FALSE(d.files->check(sha));
        CHECK(d.files->check_all() == (found ? std::vector{sha} : std::vector<std::string>()));
        REQUIRE_FALSE(d.told.empty());
        for (const auto& line : d.told) CHECK((line.starts_with(at.string()) || line.starts_with(keys.string())));
        CHECK(d.told.back().find(damages[n].said) != std::string::npos);
        // Nothing else is the worse for it, and nothing is lost for good.
        CHECK(d.all_of(other) == other_text);
        support::put_bytes(at, whole);
        support::put_bytes(keys, whole_keys);
        d.open();
        CHECK(d.all_of(sha) == text);
    }
    fs::remove(keys);
    d.told.clear();
    d.open();
    CHECK_FALSE(d.files->check(sha));
    REQUIRE(d.told.size() == 1);
    CHECK(d.told[0].find("keys") != std::string::npos);
}

TEST_CASE("blobs: keys of a content that is gone wait for it, unless nothing carries it", "[blobs][sealed][damaged]") {
    desk d;
    const auto sha = d.send(words);
    const auto whole = support::bytes_of(d.content(sha));
    fs::remove(d.content(sha));
    d.open();
    CHECK_FALSE(d.files->find(sha));
    d.files->sweep(0, [](const std::string&) { return true; });
    support::put_bytes(d.content(sha), whole);
    support::put_bytes(d.content(sha).string() + ".type", "text/plain");
    d.open();
    CHECK(d.all_of(sha) == words);
    fs::remove(d.content(sha));
    d.open();
    d.files->sweep(0, [](const std::string&) { return false; });
    CHECK_FALSE(fs::exists(d.keys_of(sha)));
}
