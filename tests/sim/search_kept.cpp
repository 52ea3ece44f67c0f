// The search index from one start to the next: what was kept and the events after it is what is made anew, what does not fit is
// thrown away and said, and of who was erased nothing is left.

#include "events/keys/file_keyring.hpp"
#include "server/search/sealed_pages.hpp"
#include "server/search/texts.hpp"
#include "server/search/tokens.hpp"
#include "tests/sim/room.hpp"
#include "tests/support/temp_folder.hpp"

#include <fstream>
#include <random>
#include <thread>

namespace sim::search_kept_tests {
using core::channel;
using core::member;
using core::task;
namespace search = server::search;
namespace fs = std::filesystem;

namespace {

using hits = std::vector<std::tuple<std::uint64_t, search::kind, std::uint64_t, std::uint64_t, std::string>>;

/// All that is found by a word that is in everything that the tests say.
hits found(const search::index& in, const std::string& word = "zz") {
    hits all;
    for (const auto& h : in.find(search::query_of(word), search::kind::none, INT64_MAX, 100'000))
        all.emplace_back(h.at, h.place.kind, h.place.number, h.place.message, h.text);
    return all;
}

struct kept_room {
    events::memory_log log;
    events::memory_keyring keys;
    room r{log, keys};
    std::uint64_t lin, root;
    std::vector<std::uint64_t> people, channels, tasks;
    std::map<std::uint64_t, std::uint64_t> said;  // by channel: how many messages

    kept_room() {
        r.start();
        lin = r.join("zz.lin", "OM");
        root = r.join("zz.root", "AD");
        for (const char* name : {"zz.wei", "zz.fang", "zz.emma", "zz.lei"}) people.push_back(r.join(name, "SP"));
        for (int i = 0; i < 3; ++i) channels.push_back(r.channel(lin, "zz channel"));
        for (const auto who : people)
            for (const auto c : channels) r.must<channel>(who, channel::join{}, channel_no(c));
    }
    void post(std::uint64_t who, std::uint64_t in, const std::string& text) {
        r.post(who, in, text);
        ++said[in];
    }
    void report(std::uint64_t t, std::uint64_t by, const std::string& note) { r.must<task>(by, task::report_progress{10, note}, task_no(t)); }
    void erase(std::uint64_t who) {
        r.must<member>(root, member::leave{"moved", core::member_id{lin}}, member_no(who));
        r.must<member>(root, member::erase{"asked"}, member_no(who));
    }
    /// Something that anybody does.
    void anything(std::mt19937& random) {
        const auto below = [&](std::size_t n) { return random() % n; };
        const auto few = [&] { return "zz w" + std::to_string(below(50)); };
        const auto words = [&] { return "zz w" + std::to_string(below(50)) + " 渠道" + std::to_string(below(9)) + std::string(below(4) == 0 ? 1'500 : 3, 'x'); };
        const auto who = people[below(people.size())];
        const auto c = channels[below(channels.size())];
        switch (below(9)) {
            case 0:
                tasks.push_back(r.task(lin, people[0], few()));
                r.must<task>(people[0], task::start{}, task_no(tasks.back()));
                break;
            case 1:
            case 2:
                if (!tasks.empty()) report(tasks[below(tasks.size())], people[0], words());
                break;
            case 3:
                if (said[c] > 0) r.ask<channel>(lin, channel::delete_message{{1 + below(said[c])}}, channel_no(c));
                break;
            case 4:
                if (said[c] > 0) r.ask<channel>(who, channel::edit{{1 + below(said[c])}, words()}, channel_no(c));
                break;
            case 5: r.must<member>(root, member::rename{few()}, member_no(who)); break;
            case 6: r.ask<channel>(lin, channel::describe{words()}, channel_no(c)); break;
            default: post(who, c, words());
        }
    }
    hits anew() {
        search::texts all(log, keys);
        all.follower.catch_up();
        return found(all.in);
    }
};

struct said {
    std::vector<std::string> lines;
    std::function<void(std::string_view, std::string_view)> mended() {
        return [this](std::string_view what, std::string_view why) { lines.push_back(std::string(what) + ": " + std::string(why)); };
    }
};

void copy_folder(const fs::path& from, const fs::path& to) {
    fs::remove_all(to);
    fs::copy(from, to, fs::copy_options::recursive);
}

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

bool lies_in(const fs::path& folder, const std::string& words) {
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && bytes_of(entry.path()).find(words) != std::string::npos) return true;
    return false;
}

/// Every page as it reads with the key.
std::string opened(const fs::path& folder, const events::keyring& keys) {
    const search::sealed_pages pages(folder, keys);
    std::string all(pages.count() * search::sealed_pages::page_bytes, '\0');
    for (std::uint32_t p = 0; p < pages.count(); ++p) pages.read(p, all.data() + p * search::sealed_pages::page_bytes);
    return all;
}

}  // namespace

TEST_CASE("search kept: what was kept at any moment, and what came after it, is what is made anew", "[sim][search]") {
    for (const unsigned seed : {1u, 2u, 3u}) {
        CAPTURE(seed);
        std::mt19937 random(seed);
        support::temp_folder folder;
        kept_room s;
        auto running = std::make_unique<search::texts>(s.log, s.keys, search::follower_options{folder / "search"});
        std::size_t goes_on = 0;
        for (int i = 0; i < 250; ++i) {
            s.anything(random);
            if (i == 150) s.erase(s.people.back()), s.people.pop_back();
            if (random() % 4 == 0) running->follower.catch_up();
            if (random() % 8 == 0) running->follower.keep();
            if (random() % 12 != 0 || !running->in.is_open()) continue;
            // The process ends here: what is on the disk is what there is.
            copy_folder(folder / "search", folder / "then");
            said now;
            search::texts then(s.log, s.keys, {folder / "then", now.mended()});
            then.follower.catch_up();
            CHECK(now.lines.empty());
            CHECK(found(then.in) == s.anew());
            if (random() % 2 == 0) {
                running.reset();
                running = std::make_unique<search::texts>(s.log, s.keys, search::follower_options{folder / "search"});
                ++goes_on;
            }
        }
        running->follower.catch_up();
        CHECK(found(running->in) == s.anew());
        CHECK(found(running->in).size() > 50);
        CHECK(goes_on > 0);
    }
}

TEST_CASE("search kept: a start reads what came after it and nothing else", "[sim][search]") {
    struct counting final : slow_log {
        using slow_log::slow_log;
        mutable events::position first{};
        void read_all(events::position p, events::direction d, const events::visitor& v) const override {
            if (!first) first = p;
            slow_log::read_all(p, d, v);
        }
    };
    support::temp_folder folder;
    kept_room s;
    std::mt19937 random(4);
    for (int i = 0; i < 50; ++i) s.anything(random);
    search::follower_options how{folder / "search"};
    how.keep_every = 10ms;
    events::position kept;
    {
        // By itself, and where it stops.
        search::texts texts(s.log, s.keys, how);
        texts.follower.start();
        for (int i = 0; i < 500 && texts.follower.behind() > 0; ++i) std::this_thread::sleep_for(10ms);
        texts.follower.stop();
        kept = texts.follower.position();
        CHECK(kept == s.log.head());
    }
    s.post(s.lin, s.channels[0], "zz afterwards");
    counting log(s.log);
    said now;
    search::texts texts(log, s.keys, {folder / "search", now.mended()});
    texts.follower.catch_up();
    CHECK(log.first == events::next(kept));
    CHECK(now.lines.empty());
    CHECK(found(texts.in, "afterwards").size() == 1);
    CHECK(found(texts.in) == s.anew());
}

TEST_CASE("search kept: whatever is damaged, it is made anew, and said", "[sim][search]") {
    support::temp_folder folder;
    kept_room s;
    std::mt19937 random(6);
    for (int i = 0; i < 60; ++i) s.anything(random);
    {
        search::texts texts(s.log, s.keys, {folder / "search"});
        texts.follower.catch_up();
        texts.follower.keep();
        copy_folder(folder / "search", folder / "older");
        for (int i = 0; i < 20; ++i) s.anything(random);
        texts.follower.catch_up();
        texts.follower.keep();
    }
    const auto whole = s.anew();
    std::size_t tried = 0, told = 0;
    const auto check = [&](const std::string& what, bool must_be_said, const std::function<void(const fs::path&)>& spoil) {
        CAPTURE(what);
        copy_folder(folder / "search", folder / "spoiled");
        spoil(folder / "spoiled");
        said now;
        search::texts texts(s.log, s.keys, {folder / "spoiled", now.mended()});
        try {
            texts.follower.catch_up();
        } catch (const search::sealed_pages::damaged&) {
            // Found while it was followed: its thread does what a start does here.
            now.lines.push_back("damaged");
            texts.in.throw_away();
            search::texts next(s.log, s.keys, {folder / "spoiled", now.mended()});
            next.follower.catch_up();
            CHECK(found(next.in) == whole);
            ++tried, ++told;
            return;
        }
        CHECK(found(texts.in) == whole);
        if (must_be_said) CHECK(now.lines.size() == 1);
        ++tried;
        told += !now.lines.empty();
    };
    for (const auto& entry : fs::directory_iterator(folder / "search")) {
        const auto name = entry.path().filename().string();
        const auto size = entry.file_size();
        const bool is_pages = name.starts_with("pages");
        check(name + " gone", name != "table", [&](const fs::path& in) { fs::remove(in / name); });
        check(name + " cut", true, [&](const fs::path& in) { fs::resize_file(in / name, size / 2); });
        check(name + " empty", true, [&](const fs::path& in) { fs::resize_file(in / name, 0); });
        check(name + " a folder", true, [&](const fs::path& in) { fs::remove(in / name); fs::create_directories(in / name / "in the way"); });
        if (fs::exists(folder / "older" / name))
            check(name + " older", name == "table" ? false : is_pages, [&](const fs::path& in) { fs::copy_file(folder / "older" / name, in / name, fs::copy_options::overwrite_existing); });
        for (int i = 0; i < 40; ++i) {
            const auto at = static_cast<std::streamoff>(random() % size);
            check(name + " bit at " + std::to_string(at), !is_pages, [&](const fs::path& in) {
                std::fstream bits(in / name, std::ios::in | std::ios::out | std::ios::binary);
                bits.seekg(at);
                const auto was = bits.get();
                bits.seekp(at);
                bits.put(static_cast<char>(was ^ (1 << random() % 8)));
            });
        }
    }
    // What is not said was done to pages that no state needs.
    CHECK(told > tried / 2);
}

TEST_CASE("search kept: another log's, and another installation's, is refused", "[sim][search]") {
    support::temp_folder folder;
    kept_room one, other;
    one.r.task(one.lin, one.people[0], "zz of the one");
    other.r.task(other.lin, other.people[0], "zz of the other");
    for (int i = 0; i < 20; ++i) other.r.task(other.lin, other.people[0], "zz more");
    {
        search::texts texts(one.log, one.keys, {folder / "search"});
        texts.follower.catch_up();
        texts.follower.keep();
    }
    copy_folder(folder / "search", folder / "elsewhere");
    const auto refused = [&](const events::log& log, const events::keyring& keys, const fs::path& in) {
        said now;
        search::texts texts(log, keys, {in, now.mended()});
        texts.follower.catch_up();
        CHECK(found(texts.in, "one").empty());
        CHECK(found(texts.in, "other").size() == 1);
        REQUIRE(now.lines.size() == 1);
        return now.lines[0];
    };
    CHECK(refused(other.log, one.keys, folder / "search").find("another log") != std::string::npos);
    CHECK(refused(other.log, other.keys, folder / "elsewhere").find("another installation") != std::string::npos);
}

TEST_CASE("search kept: nothing lies in the clear, and of who was erased nothing at all", "[sim][search][D9]") {
    support::temp_folder folder;
    kept_room s;
    const auto wei = s.people[0];
    for (int i = 0; i < 300; ++i) s.post(i % 3 ? wei : s.lin, s.channels[0], (i % 3 ? "zz secretword 秘密 " : "zz openword ") + std::to_string(i));
    search::texts texts(s.log, s.keys, {folder / "search"});
    texts.follower.catch_up();
    texts.follower.keep();
    // Shorter words would be met by chance.
    for (const char* word : {"secretword", "openword", "秘密", "channel"}) CHECK_FALSE(lies_in(folder / "search", word));
    CHECK(opened(folder / "search", s.keys).find("secretword") != std::string::npos);
    const auto salt = bytes_of(folder / "search" / "salt");
    s.r.must<member>(s.root, member::leave{"moved"}, member_no(wei));
    s.r.must<member>(s.root, member::erase{"asked"}, member_no(wei));

    SECTION("it is kept again, under another key") {
        texts.follower.catch_up();
        texts.follower.keep();
        CHECK(bytes_of(folder / "search" / "salt") != salt);
        CHECK(found(texts.in, "secretword").empty());
        const auto all = opened(folder / "search", s.keys);
        CHECK(all.find("secretword") == std::string::npos);
        CHECK(all.find("秘密") == std::string::npos);
        CHECK(all.find("openword") != std::string::npos);
        said now;
        search::texts then(s.log, s.keys, {folder / "search", now.mended()});
        then.follower.catch_up();
        CHECK(now.lines.empty());
        CHECK(found(then.in) == s.anew());
    }
    SECTION("a start that finds it in what was kept before removes it as well") {
        search::texts then(s.log, s.keys, {folder / "search"});
        then.follower.catch_up();
        then.follower.keep();
        CHECK(opened(folder / "search", s.keys).find("secretword") == std::string::npos);
        CHECK(found(then.in) == s.anew());
    }
    SECTION("at once, however far behind the index is") {
        search::follower_options how{folder / "search"};
        std::atomic<bool> room{false};
        how.has_room = [&] { return room.load(); };
        search::texts then(s.log, s.keys, how);
        then.follower.erased(s.log.head());
        then.follower.start();
        for (int i = 0; i < 500 && fs::exists(folder / "search" / "table"); ++i) std::this_thread::sleep_for(10ms);
        CHECK_FALSE(fs::exists(folder / "search" / "salt"));
        CHECK_FALSE(fs::exists(folder / "search" / "table"));
        CHECK(then.follower.behind() > 0);
        room = true;
        for (int i = 0; i < 500 && !fs::exists(folder / "search" / "table"); ++i) std::this_thread::sleep_for(10ms);
        then.follower.stop();
        CHECK(opened(folder / "search", s.keys).find("secretword") == std::string::npos);
        CHECK(found(then.in) == s.anew());
    }
}

TEST_CASE("search kept: whoever's key was lost is found again once it is back", "[sim][search]") {
    support::temp_folder folder;
    events::memory_log log;
    const auto file = folder / "keys" / "0" / "1.key";
    {
        events::file_keyring keys(folder / "keys");
        room r(log, keys);
        r.start();
        const auto lin = r.join("lin", "OM");
        REQUIRE(lin == 1);
        r.post(lin, r.channel(lin, "all"), "zz mine");
        r.settle();
    }
    fs::rename(file, folder / "away");
    {
        events::file_keyring keys(folder / "keys");
        keys.miss({1});
        search::texts texts(log, keys, {folder / "search"});
        texts.follower.catch_up();
        texts.follower.keep();
        CHECK(found(texts.in).empty());
    }
    fs::rename(folder / "away", file);
    events::file_keyring keys(folder / "keys");
    said now;
    search::texts texts(log, keys, {folder / "search", now.mended()});
    texts.follower.catch_up();
    CHECK(now.lines.size() == 1);
    CHECK(found(texts.in).size() == 1);
}

TEST_CASE("search kept: a disk that takes nothing stops nothing", "[sim][search]") {
    support::temp_folder folder;
    kept_room s;
    s.post(s.lin, s.channels[0], "zz one");
    std::ofstream(folder / "file") << "in the way";
    std::vector<std::string> failed;
    search::texts texts(s.log, s.keys, {folder / "file" / "search", {}, [&](const std::string& why) { failed.push_back(why); }});
    texts.follower.catch_up();
    texts.follower.keep();
    CHECK(failed.size() == 1);
    CHECK(found(texts.in) == s.anew());
    // While it is full it waits, and what is there is found.
    std::atomic<bool> room{true};
    search::texts waiting(s.log, s.keys, {folder / "search", {}, {}, [&] { return room.load(); }});
    waiting.follower.start();
    const auto until = [&](std::uint64_t behind) {
        for (int i = 0; i < 500 && waiting.follower.behind() != behind; ++i) std::this_thread::sleep_for(10ms);
        return waiting.follower.behind() == behind;
    };
    CHECK(until(0));
    room = false;
    std::this_thread::sleep_for(100ms);
    s.post(s.lin, s.channels[0], "zz two");
    s.post(s.lin, s.channels[0], "zz three");
    CHECK(until(2));
    std::this_thread::sleep_for(200ms);
    CHECK(waiting.follower.behind() == 2);
    CHECK(found(waiting.in, "one").size() == 1);
    room = true;
    CHECK(until(0));
    waiting.follower.stop();
    CHECK(found(waiting.in) == s.anew());
}

TEST_CASE("search kept: there are bounds on what is held, and the oldest go", "[sim][search]") {
    kept_room s;
    const auto t = s.r.task(s.lin, s.people[0], "zz title");
    s.r.must<task>(s.people[0], task::start{}, task_no(t));
    const std::string filler(700, 'x');
    SECTION("of one entity") {
        search::texts texts(s.log, s.keys, {{}, {}, {}, {}, {20'000, 1u << 20, 1u << 20}});
        for (int i = 0; i < 60; ++i) s.report(t, s.people[0], "zz note" + std::to_string(i) + ' ' + filler);
        s.post(s.lin, s.channels[0], "zz another");
        texts.follower.catch_up();
        CHECK(found(texts.in, "note59").size() == 1);
        CHECK(found(texts.in, "note10").empty());
        CHECK(found(texts.in, "title").size() > 1);
        CHECK(found(texts.in, "another").size() == 1);
        CHECK(texts.in.bytes_of_text() < 25'000);
        CHECK(texts.in.let_go() > 20);
    }
    SECTION("of one person") {
        search::texts texts(s.log, s.keys, {{}, {}, {}, {}, {1u << 20, 20'000, 1u << 20}});
        for (int i = 0; i < 60; ++i) s.post(s.people[0], s.channels[0], "zz note" + std::to_string(i) + ' ' + filler);
        for (int i = 0; i < 10; ++i) s.post(s.lin, s.channels[0], "zz other" + std::to_string(i) + ' ' + filler);
        texts.follower.catch_up();
        CHECK(found(texts.in, "note59").size() == 1);
        CHECK(found(texts.in, "note1").empty());
        CHECK(found(texts.in, "other0").size() == 1);
        CHECK(texts.in.let_go() > 20);
    }
    SECTION("of all") {
        search::texts texts(s.log, s.keys, {{}, {}, {}, {}, {1u << 20, 1u << 20, 30'000}});
        for (int i = 0; i < 30; ++i) {
            s.post(s.people[0], s.channels[0], "zz note" + std::to_string(i) + ' ' + filler);
            s.report(t, s.people[0], "zz report" + std::to_string(i) + ' ' + filler);
        }
        texts.follower.catch_up();
        CHECK(found(texts.in, "note29").size() == 1);
        CHECK(found(texts.in, "report29").size() == 1);
        CHECK(found(texts.in, "note0").empty());
        CHECK(found(texts.in, "report0").empty());
        CHECK(found(texts.in, "lin").size() == 1);
        CHECK(texts.in.bytes_of_text() <= 30'000);
    }
}

}  // namespace sim::search_kept_tests
