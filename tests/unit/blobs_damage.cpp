// Contents of attachments on a disk that fills up, and on one that does not keep them.

#include "events/keys/memory_keyring.hpp"
#include "server/blobs/senders.hpp"
#include "server/blobs/store.hpp"
#include "tests/support/temp_folder.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace server::blobs;
namespace fs = std::filesystem;

namespace {

const std::string plain = "plain words\n";
// printf 'plain words\n' | sha256sum
const std::string sha = "7e7c22e739587dff41c64bd42309ff5146dcd2d30b7fd712ca9c7c65d8d94c42";
const events::memory_keyring people;
constexpr events::member_id wei{3};

struct told {
    std::vector<std::string> files;
    limits how() {
        limits l;
        l.damaged = [this](const std::string& file, const std::string&) { files.push_back(file); };
        return l;
    }
};

void send(store& to) {
    REQUIRE(to.begin(wei, sha, plain.size(), "text/plain", 1'000).error == blob_error::none);
    REQUIRE(to.append(wei, sha, 0, plain).complete);
}

fs::path content_in(const fs::path& folder) { return folder / sha.substr(0, 2) / sha.substr(2); }

}  // namespace

TEST_CASE("blobs: an upload that the disk had no room for goes on where it stands", "[blobs][full]") {
    const support::temp_folder at;
    std::uint64_t room = 0;
    limits how;
    how.has_room = [&](std::uint64_t bytes) { return bytes <= room; };
    store s(at.path(), at / "keys", people, how);
    CHECK(s.begin(wei, sha, plain.size(), "text/plain", 1'000).error == blob_error::no_room);
    room = 1'000;
    CHECK(s.begin(wei, sha, plain.size(), "text/plain", 1'000).error == blob_error::none);
    CHECK(s.append(wei, sha, 0, plain.substr(0, 5)).have == 5);
    room = 0;
    const auto no = s.append(wei, sha, 5, plain.substr(5));
    CHECK(no.error == blob_error::no_room);
    CHECK(no.have == 5);
    room = 1'000;
    CHECK(s.append(wei, sha, 5, plain.substr(5)).complete);
    CHECK(s.read(sha, 0, 100) == plain);
}

TEST_CASE("blobs: a last step that failed is taken again, by either way in, even after a restart", "[blobs][full]") {
    const auto way = GENERATE(0, 1, 2);
    INFO(way);
    const support::temp_folder at;
    auto s = std::make_unique<store>(at.path(), at / "keys", people);
    REQUIRE(s->begin(wei, sha, plain.size(), "text/plain", 1'000).error == blob_error::none);
    // Its folder can't be made.
    std::ofstream(at / sha.substr(0, 2)) << "in the way";
    CHECK_THROWS(s->append(wei, sha, 0, plain));
    CHECK_FALSE(s->find(sha));
    fs::remove(at / sha.substr(0, 2));
    if (way == 2) s = std::make_unique<store>(at.path(), at / "keys", people);
    const auto done = way == 0 ? s->append(wei, sha, plain.size(), "") : s->begin(wei, sha, plain.size(), "text/plain", 1'000);
    CHECK(done.complete);
    CHECK(s->read(sha, 0, 100) == plain);
}

TEST_CASE("blobs: content that is not what was sent is never taken for it", "[blobs][damaged]") {
    const auto how = GENERATE(0, 1, 2, 3);
    INFO(how);
    const support::temp_folder at;
    told heard;
    store s(at.path(), at / "keys", people, heard.how());
    send(s);
    CHECK(s.check(sha));
    CHECK(s.check_all().empty());
    const auto file = content_in(at.path());
    if (how == 0) std::ofstream(file) << "plain wordt\n";
    if (how == 1) fs::resize_file(file, 4);
    if (how == 2) fs::remove(file);
    if (how == 3) {
        fs::remove(file);
        fs::create_directory(file);
    }
    CHECK_FALSE(s.check(sha));
    CHECK(s.check_all() == std::vector{sha});
    REQUIRE_FALSE(heard.files.empty());
    CHECK(heard.files.front() == file.string());
    // And at the next start nothing else is the worse for it.
    told again;
    store next(at.path(), at / "keys", people, again.how());
    if (how >= 2) {
        CHECK_FALSE(next.find(sha));
        CHECK_FALSE(again.files.empty());
    } else {
        CHECK_FALSE(next.check(sha));
    }
}

TEST_CASE("blobs: a content whose type was lost keeps its bytes", "[blobs][damaged]") {
    const support::temp_folder at;
    {
        store s(at.path(), at / "keys", people);
        send(s);
    }
    fs::remove(content_in(at.path()).string() + ".type");
    told heard;
    store s(at.path(), at / "keys", people, heard.how());
    REQUIRE(s.find(sha));
    CHECK(s.find(sha)->media_type == "text/plain");
    CHECK(s.read(sha, 0, 100) == plain);
    CHECK(heard.files.size() == 1);
}

TEST_CASE("blobs: what lies beside a content and is no good is made again, or named, and the content is never said not to be there", "[blobs][damaged]") {
    enum class damage { garbage, folder_instead };
    const auto [beside, how] = GENERATE(table<const char*, damage>({{".type", damage::garbage}, {".type", damage::folder_instead}, {".by", damage::garbage}, {".by", damage::folder_instead}, {".key", damage::garbage}, {".key", damage::folder_instead}}));
    INFO(beside << (how == damage::garbage ? " is garbage" : " is a folder"));
    const support::temp_folder at;
    {
        store s(at.path(), at / "keys", people);
        send(s);
    }
    const std::string suffix = beside;
    const fs::path file = suffix == ".key" ? at / "keys" / sha.substr(0, 2) / (sha.substr(2) + suffix) : fs::path(content_in(at.path()).string() + suffix);
    REQUIRE(fs::exists(file));
    fs::remove(file);
    if (how == damage::garbage) std::ofstream(file) << "\x01\x02 nothing that was ever written here";
    else fs::create_directories(file / "in the way");
    told heard;
    store s(at.path(), at / "keys", people, heard.how());
    CHECK(heard.files == std::vector{file.string()});
    const bool made_again = suffix != ".key" && how == damage::garbage;
    if (suffix == ".by" || made_again) {
        REQUIRE(s.find(sha));
        CHECK(s.read(sha, 0, 100) == plain);
        CHECK(s.find(sha)->media_type == "text/plain");
        CHECK_FALSE(s.unusable(sha));
    } else {
        CHECK_FALSE(s.find(sha));
        CHECK(s.unusable(sha) == file.string());
    }
    CHECK(s.unusable_files().empty() == made_again);
    if (!made_again) CHECK(s.unusable_files().at(0) == std::pair{sha, file.string()});
    // At the next start there is nothing more to say of what was made again.
    told again;
    store next(at.path(), at / "keys", people, again.how());
    CHECK(again.files.empty() == made_again);
    if (how == damage::folder_instead) {
        fs::remove_all(file);
        store mended(at.path(), at / "keys", people);
        CHECK(mended.find(sha).has_value() == (suffix != ".key"));
    }
}

TEST_CASE("blobs: of a list of senders that any bit was flipped in, or that was cut, nobody is taken for one who did not send", "[blobs][damaged]") {
    const std::set<events::member_id> sent{wei, {17}, {204}};
    const auto text = to_text(sent);
    CHECK(parse_senders(text) == sent);
    CHECK(parse_senders("3\n17\n204\n") == sent);  // as they were written before they had a line with their hash
    CHECK_FALSE(parse_senders("3\n17\n20"));
    for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
        auto flipped = text;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ 1 << bit % 8);
        INFO(flipped);
        CHECK_FALSE(parse_senders(flipped));
    }
    for (std::size_t left = 0; left < text.size(); ++left) {
        const auto some = parse_senders(text.substr(0, left));
        INFO(left);
        if (some) CHECK(std::includes(sent.begin(), sent.end(), some->begin(), some->end()));
    }
}
