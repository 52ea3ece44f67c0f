#include "events/ending/ending.hpp"
#include "events/keys/file_keyring.hpp"
#include "events/keys/memory_keyring.hpp"
#include "tests/support/temp_folder.hpp"

#include <boost/system/system_error.hpp>
#include <catch2/catch.hpp>

#include <atomic>
#include <chrono>
#include <fstream>
#include <functional>
#include <set>
#include <thread>
#include <vector>

using events::cannot_go_on;
using events::ending;
using events::file_keyring;
using events::keyring;
using events::member_id;
using events::memory_keyring;

namespace {

constexpr member_id wei{3}, li{300};

void behaves(keyring& keys) {
    CHECK_FALSE(keys.has(wei));
    CHECK_FALSE(keys.seal(wei, "text", "task/1"));
    CHECK_FALSE(keys.open(wei, "AAAA", "task/1"));
    CHECK_FALSE(keys.destroy(wei));

    keys.create(wei);
    keys.create(li);
    CHECK(keys.has(wei));
    for (const std::string& text : {std::string(), std::string("你好"), std::string(20000, 'x'), std::string("\0a", 2)})
        CHECK(keys.open(wei, keys.seal(wei, text, "task/1").value(), "task/1") == text);

    const auto sealed = keys.seal(wei, "Chen Wei", "member/3").value();
    CHECK(sealed != keys.seal(wei, "Chen Wei", "member/3").value());
    CHECK_FALSE(keys.open(wei, sealed, "member/4"));
    CHECK_FALSE(keys.open(li, sealed, "member/3"));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto altered = sealed;
        altered[i] = altered[i] == 'A' ? 'B' : 'A';
        CHECK_FALSE(keys.open(wei, altered, "member/3"));
        CHECK_FALSE(keys.open(wei, sealed.substr(0, i), "member/3"));
    }

    keys.create(wei);  // keeps the key that is there
    CHECK(keys.open(wei, sealed, "member/3") == "Chen Wei");
    CHECK(keys.destroy(wei));
    CHECK_FALSE(keys.destroy(wei));
    CHECK_FALSE(keys.has(wei));
    CHECK_FALSE(keys.open(wei, sealed, "member/3"));
    CHECK(keys.has(li));
    keys.create(wei);  // a new key opens nothing of the old one
    CHECK_FALSE(keys.open(wei, sealed, "member/3"));
}

std::filesystem::path file_of(const support::temp_folder& folder, member_id who) {
    return folder.path() / std::to_string(who.value / 256) / (std::to_string(who.value) + ".key");
}

}  // namespace

TEST_CASE("keyring: in memory", "[events][keys]") {
    memory_keyring keys;
    behaves(keys);
}

TEST_CASE("keyring: in files", "[events][keys]") {
    const support::temp_folder folder;
    file_keyring keys(folder / "deep/keys");
    behaves(keys);
}

TEST_CASE("file keyring: keys outlive the process, destroyed ones do not", "[events][keys]") {
    const support::temp_folder folder;
    std::string of_wei, of_li;
    {
        file_keyring keys(folder.path());
        keys.create(wei);
        keys.create(li);
        of_wei = keys.seal(wei, "wei", "x").value();
        of_li = keys.seal(li, "li", "x").value();
        using std::filesystem::perms;
        CHECK((std::filesystem::status(file_of(folder, li)).permissions() & perms::all) == (perms::owner_read | perms::owner_write));
    }
    {
        file_keyring keys(folder.path());
        CHECK(keys.open(wei, of_wei, "x") == "wei");
        keys.destroy(wei);
    }
    file_keyring keys(folder.path());
    CHECK_FALSE(keys.open(wei, of_wei, "x"));
    CHECK(keys.open(li, of_li, "x") == "li");
    CHECK_FALSE(std::filesystem::exists(file_of(folder, wei)));
}

TEST_CASE("file keyring: a key that was being destroyed when the process ended is gone", "[events][keys]") {
    const support::temp_folder folder;
    file_keyring(folder.path()).create(wei);
    std::ofstream(file_of(folder, wei), std::ios::in) << std::string(40, '\0');
    CHECK_FALSE(file_keyring(folder.path()).has(wei));
    CHECK_FALSE(std::filesystem::exists(file_of(folder, wei)));
}

TEST_CASE("file keyring: a key that went from the folder while it was in use is written again", "[events][keys]") {
    const support::temp_folder folder;
    std::string sealed;
    {
        file_keyring keys(folder.path());
        keys.create(wei);
        keys.create(li);
        sealed = *keys.seal(wei, "wei", "x");
        CHECK(keys.write_again().empty());
        std::filesystem::remove_all(file_of(folder, wei).parent_path());
        keys.destroy(li);
        CHECK(keys.write_again() == std::vector{wei});  // what was destroyed does not come back
        CHECK(keys.write_again().empty());
    }
    file_keyring again(folder.path());
    CHECK(again.open(wei, sealed, "x") == "wei");
    CHECK_FALSE(again.has(li));
}

TEST_CASE("file keyring: a key of digests that was gone is made anew, and that is told", "[events][keys]") {
    const support::temp_folder folder;
    std::vector<std::string> told;
    const auto tell = [&](events::member_id who, const std::string& file, const std::string&) {
        CHECK(who == events::the_installation);
        told.push_back(file);
    };
    file_keyring(folder.path(), tell).create(wei);
    CHECK(told.empty());  // there was none before
    std::filesystem::remove(folder.path() / "digests.key");
    file_keyring(folder.path(), tell);
    CHECK(told == std::vector{(folder.path() / "digests.key").string()});
}

TEST_CASE("file keyring: a damaged key is lost, which is one person's alone, and told", "[events][keys]") {
    const support::temp_folder folder;
    std::string sealed_wei, sealed_li;
    {
        file_keyring keys(folder.path());
        keys.create(wei);
        keys.create(li);
        sealed_wei = *keys.seal(wei, "wei", "x");
        sealed_li = *keys.seal(li, "li", "x");
    }
    const auto file = file_of(folder, wei);
    const auto damage = GENERATE(0, 1, 2, 3, 4, 5);
    if (damage == 0) {  // a bit
        std::fstream bits(file);
        const auto was = bits.get();
        bits.seekp(0);
        bits.put(static_cast<char>(was ^ 1));
    }
    if (damage == 1) std::filesystem::resize_file(file, 31);
    if (damage == 2) std::filesystem::resize_file(file, 0);
    if (damage == 3) std::filesystem::copy_file(file_of(folder, li), file, std::filesystem::copy_options::overwrite_existing);
    if (damage == 4) {
        std::filesystem::remove(file);
        std::filesystem::create_directory(file);
    }
    if (damage == 5) std::filesystem::remove(file);
    INFO(damage);
    std::vector<std::string> told;
    file_keyring keys(folder.path(), [&](member_id who, const std::string& which, const std::string&) {
        CHECK(who == wei);
        told.push_back(which);
    });
    // That it is gone only somebody can know who knows that nobody destroyed it.
    if (damage == 5) CHECK_FALSE(keys.lost(wei));
    CHECK(keys.miss(wei));
    CHECK_FALSE(keys.miss(li));
    CHECK(keys.lost(wei));
    CHECK_FALSE(keys.has(wei));
    CHECK_FALSE(keys.open(wei, sealed_wei, "x"));
    CHECK_FALSE(keys.seal(wei, "more", "x"));
    CHECK_FALSE(keys.lost(li));
    CHECK(keys.open(li, sealed_li, "x") == "li");
    CHECK(told == std::vector{file.string()});
    CHECK_THROWS_AS(keys.create(wei), std::runtime_error);  // nothing is written over it
    if (damage == 4) std::filesystem::remove(file);
    keys.destroy(wei);
    CHECK_FALSE(keys.lost(wei));
    CHECK_FALSE(std::filesystem::exists(file));
}

TEST_CASE("file keyring: what can't be read is told apart from what is damaged, each with its cure", "[events][keys]") {
    const support::temp_folder folder;
    file_keyring(folder.path()).create(wei);
    const auto digests = folder / "digests.key", hers = file_of(folder, wei);
    const auto why_not = [&](const std::filesystem::path& file, const std::function<void()>& spoil) -> std::pair<ending, std::string> {
        std::filesystem::rename(file, file.string() + ".was");
        spoil();
        std::pair<ending, std::string> found{ending::told_to, ""};
        try {
            file_keyring keys(folder.path(), [&](member_id, const std::string&, const std::string& why) { found.second = why; });
            (void)keys.has(wei);
        } catch (const cannot_go_on& e) {
            found = {e.code(), e.line().en};
            CHECK(e.line().zh.find(file.string()) != std::string::npos);
        }
        std::filesystem::remove_all(file);
        std::filesystem::rename(file.string() + ".was", file);
        return found;
    };
    for (const auto& file : {digests, hers}) {
        INFO(file);
        const auto garbage = why_not(file, [&] { std::ofstream(file) << "garbage"; });
        const auto unreadable = why_not(file, [&] { std::filesystem::create_directory(file); });  // as root there is no file without rights
        CHECK(garbage.second.find("damaged") != std::string::npos);
        CHECK(garbage.second.find("backup") != std::string::npos);
        CHECK(unreadable.second.find("can't be read") != std::string::npos);
        CHECK(unreadable.second.find("permissions") != std::string::npos);
        CHECK(garbage.first == (file == digests ? ending::damaged : ending::told_to));
        CHECK(unreadable.first == (file == digests ? ending::no_access : ending::told_to));
    }
}

TEST_CASE("file keyring: a folder that is a file is told", "[events][keys]") {
    const support::temp_folder folder;
    file_keyring(folder.path()).create(wei);
    CHECK_THROWS_AS(file_keyring(file_of(folder, wei)), boost::system::system_error);
    CHECK_THROWS_AS(file_keyring(file_of(folder, wei) / "below"), boost::system::system_error);
}

TEST_CASE("file keyring: sealed and opened from many threads while keys come and go", "[events][keys]") {
    const support::temp_folder folder;
    file_keyring keys(folder.path());
    keys.create(wei);
    const auto first = keys.seal(wei, "first", "x").value();
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 3; ++t)
        threads.emplace_back([&] {
            while (!done) {
                const auto sealed = keys.seal(wei, "text", "x");
                if (!sealed || keys.open(wei, *sealed, "x") != "text" || keys.open(wei, first, "x") != "first") ++wrong;
                if (const auto of_li = keys.seal(li, "li", "x")) {
                    const auto opened = keys.open(li, *of_li, "x");  // gone by now, or the same
                    if (opened && *opened != "li") ++wrong;
                }
            }
        });
    for (int i = 0; i < 20; ++i) {
        keys.create(li);
        keys.destroy(li);
    }
    done = true;
    for (auto& t : threads) t.join();
    CHECK(wrong == 0);
}

TEST_CASE("cipher: no nonce twice", "[events][keys]") {
    memory_keyring keys;
    keys.create(wei);
    std::set<std::string> nonces;
    for (int i = 0; i < 10000; ++i) nonces.insert(keys.seal(wei, "", "").value().substr(0, 16));
    CHECK(nonces.size() == 10000);
}

TEST_CASE("keyring: sealing speed", "[.bench][keys]") {
    const support::temp_folder folder;
    file_keyring keys(folder.path());
    for (std::uint64_t m = 1; m <= 64; ++m) keys.create(member_id{m});
    const std::string text(150, 'x');
    constexpr int count = 500'000;
    std::string sealed;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < count; ++i) sealed = *keys.seal(member_id{1 + static_cast<std::uint64_t>(i) % 64}, text, "channel/17");
    const auto sealing = std::chrono::steady_clock::now();
    sealed = *keys.seal(wei, text, "channel/17");
    for (int i = 0; i < count; ++i) REQUIRE(keys.open(wei, sealed, "channel/17"));
    const auto opened = std::chrono::steady_clock::now();
    const auto ns = [](auto d) { return std::chrono::duration<double, std::nano>(d).count() / count; };
    WARN("seal " << ns(sealing - start) << " ns, open " << ns(opened - sealing) << " ns");
}
