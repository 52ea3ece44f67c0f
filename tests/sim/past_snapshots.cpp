// Lists as they were, from moments that were kept: the same as from the beginning of the log, whatever becomes of what was kept.

#include "tests/sim/after_a_while.hpp"
#include "tests/support/log_kinds.hpp"

#include <fstream>
#include <latch>
#include <random>
#include <thread>

namespace sim::past_snapshots_tests {

namespace {

/// Events have to lie on something that keeps; the crowd's own log is in memory.
void copy_log(const events::log& from, events::log& to) {
    events::decoder decode;
    from.read_all({1}, events::direction::forwards, [&](events::position, std::string_view bytes) {
        const std::string own(bytes);
        const events::entry one{decode.decode(own)->envelope, own};
        if (!to.append({&one, 1})) throw std::runtime_error("the log takes nothing");
        return true;
    });
}

/// Where moments are kept.
std::vector<std::string> slots(const events::log& log) {
    std::vector<std::string> all;
    for (const auto& name : log.kept_names("past-"))
        if (!log.kept(name).value_or("").empty()) all.push_back(name);
    return all;
}

struct told {
    std::vector<std::string> lines;
    engine::past_snapshots::mended tell() {
        return [this](std::string_view what, std::string_view why) { lines.push_back(std::string(what) + ": " + std::string(why)); };
    }
};

}  // namespace

TEST_CASE("past snapshots: a list as it was, from one that was kept, is the list that the whole log gives", "[sim][engine][property][as_of]") {
    for (std::uint64_t seed = 301; seed <= 304; ++seed) {
        INFO("seed " << seed);
        after_a_while all(seed);
        {
            engine::past_views keeps(all.c.log, all.c.keys, all.beside());
            REQUIRE(keeps.keep_up({}));
            CHECK(keeps.kept().positions().size() == all.c.log.head().value / 100);
        }
        engine::past_views past(all.c.log, all.c.keys, all.beside()), whole(all.c.log, all.c.keys);
        guesses any(seed);
        for (int i = 0; i < 8; ++i) {
            const events::position p{1 + any.below(all.c.log.head().value)};
            const auto before = past.folded();
            same_lists(all, p, past.at(p), whole.at(p));
            CHECK(past.folded() - before < 100);
        }
        // And exactly where one was kept.
        same_lists(all, {200}, past.at({200}), whole.at({200}));
    }
}

TEST_CASE("past snapshots: who asks for the same at the same time shares it, and it is kept for a while within bounds", "[sim][engine][as_of]") {
    after_a_while all(311, 1'500);
    const auto head = all.c.log.head();
    auto how = all.beside();
    how.held_max = 3;
    how.held_for = 60s;
    engine::past_views past(all.c.log, all.c.keys, how);
    {
        std::latch all_there(8);
        std::vector<engine::past_views::one> got(8);
        {
            std::vector<std::jthread> askers;
            for (auto& mine : got)
                askers.emplace_back([&] {
                    all_there.arrive_and_wait();
                    mine = past.at(head);
                });
        }
        for (const auto& one : got) CHECK(one == got.front());
        CHECK(past.made() == 1);
    }
    for (std::uint64_t back = 1; back <= 3; ++back) past.at({head.value - back});
    CHECK(past.made() == 4);
    past.at({head.value - 2});
    CHECK(past.made() == 4);
    past.at(head);  // went when there were three others
    CHECK(past.made() == 5);
    past.let_go(std::chrono::steady_clock::now() + 59s);
    past.at(head);
    CHECK(past.made() == 5);
    past.let_go(std::chrono::steady_clock::now() + 61s);
    past.at(head);
    CHECK(past.made() == 6);
    // Of what takes more memory than there is for it one is held.
    how.held_bytes_max = 1;
    engine::past_views narrow(all.c.log, all.c.keys, how);
    narrow.at(head);
    narrow.at({head.value - 1});
    narrow.at({head.value - 1});
    CHECK(narrow.made() == 2);
    narrow.at(head);
    CHECK(narrow.made() == 3);
}

TEST_CASE("past snapshots: what was begun before somebody was erased is not shared after it", "[sim][engine][as_of]") {
    events::memory_log memory;
    events::memory_keyring keys;
    /// Waits, the first time that it is read from its beginning.
    struct waits final : slow_log {
        using slow_log::slow_log;
        void read_all(events::position p, events::direction d, const events::visitor& v) const override {
            slow_log::read_all(p, d, v);
            if (!first.exchange(false)) return;
            reading.count_down();
            go_on.wait();
        }
        mutable std::atomic<bool> first{true};
        mutable std::latch reading{1}, go_on{1};
    } log(memory);
    room r(memory, keys);
    r.start();
    r.join("lin", "OM");
    r.settle();
    engine::past_views past(log, keys);
    const auto head = log.head();
    engine::past_views::one early;
    std::jthread asks([&] { early = past.at(head); });
    log.reading.wait();
    past.forget();
    engine::past_views::one late;
    std::jthread asks_later([&] { late = past.at(head); });
    std::this_thread::sleep_for(20ms);
    log.go_on.count_down();
    asks.join();
    asks_later.join();
    CHECK(early != late);
    CHECK(past.at(head) == late);
}

TEST_CASE("past snapshots: they are bound in number and bytes, the nearer the closer", "[sim][engine][as_of]") {
    after_a_while all(321, 8'000);
    auto& log = all.c.log;
    for (const bool by_bytes : {false, true}) {
        INFO("by bytes " << by_bytes);
        for (const auto& name : log.kept_names("past")) log.keep(name, "");
        auto how = all.beside();
        how.every_events = 40;
        how.kept.count_max = by_bytes ? 1'000 : 8;
        if (by_bytes) {
            engine::past_views once(log, all.c.keys, how);
            REQUIRE(once.keep_up({}));
            how.kept.bytes_max = once.kept().bytes() / 4;
            for (const auto& name : log.kept_names("past")) log.keep(name, "");
        }
        engine::past_views past(log, all.c.keys, how);
        REQUIRE(past.keep_up({}));
        const auto kept = past.kept().positions();
        REQUIRE(kept.size() >= 4);
        CHECK(kept.size() <= how.kept.count_max);
        CHECK(past.kept().bytes() <= how.kept.bytes_max);
        std::size_t lies_there = 0;
        for (const auto& name : slots(log)) lies_there += log.kept(name)->size();
        CHECK(lies_there == past.kept().bytes());
        CHECK(slots(log).size() == kept.size());
        CHECK(log.head().value - kept.back().value < 40);
        CHECK(kept[kept.size() - 1].value - kept[kept.size() - 2].value <= kept[1].value - kept[0].value);
        // It goes on with those that there are.
        engine::past_views again(log, all.c.keys, how);
        CHECK(again.kept().positions() == kept);
        REQUIRE(again.keep_up({}));
        CHECK(again.folded() == 0);
    }
}

TEST_CASE("past snapshots: one that is damaged or of another log is thrown away, said once, and done without", "[sim][engine][property][as_of]") {
    after_a_while all(331, 2'500), other(332, 2'500);
    auto& log = all.c.log;
    {
        engine::past_views keeps(log, all.c.keys, all.beside()), others(other.c.log, other.c.keys, other.beside());
        REQUIRE(keeps.keep_up({}));
        REQUIRE(others.keep_up({}));
    }
    const auto kept = *log.kept("past-3");
    const auto list = *log.kept("past");
    const events::position p{450};
    const auto expected = engine::past_views(log, all.c.keys).at(p);
    const auto is_done_without = [&](const std::string& what) {
        INFO(what);
        told said;
        auto how = all.beside();
        how.mended = said.tell();
        engine::past_views past(log, all.c.keys, how);
        const auto got = past.at(p);
        same_lists(all, p, got, expected);
        past.let_go(std::chrono::steady_clock::now() + 1h);
        past.at(p);
        CHECK(said.lines.size() == 1);
        const auto positions = past.kept().positions();
        CHECK(std::find(positions.begin(), positions.end(), events::position{400}) == positions.end());
        engine::past_views next(log, all.c.keys, how);
        CHECK(next.kept().positions() == positions);
        CHECK(said.lines.size() == 1);
        log.keep("past", list);
    };
    std::vector<std::pair<std::string, std::string>> spoilt{{"nothing", ""},
                                                            {"one more byte", kept + 'x'},
                                                            {"one less", kept.substr(0, kept.size() - 1)},
                                                            {"another's place", *log.kept("past-2")},
                                                            {"another log's", *other.c.log.kept("past-3")},
                                                            {"of another version", '\x7f' + kept.substr(1)}};
    std::mt19937 random(3);
    for (int i = 0; i < 20; ++i) spoilt.emplace_back("cut", kept.substr(0, random() % kept.size()));
    for (int i = 0; i < 32; ++i) {
        // Of the head every byte counts; what comes after it is sealed where it lies (below).
        auto flipped = kept;
        flipped[3 + i] = static_cast<char>(flipped[3 + i] ^ 0x10);
        spoilt.emplace_back("a byte of the root", flipped);
    }
    for (const auto& [what, blob] : spoilt) {
        log.keep("past-3", blob);
        is_done_without(what);
    }
    log.keep("past-3", kept);
    for (const std::string& bad : {std::string("x"), list.substr(0, list.size() - 1), list + '\0', *other.c.log.kept("past") + "y"}) {
        log.keep("past", bad);
        told said;
        auto how = all.beside();
        how.mended = said.tell();
        engine::past_views past(log, all.c.keys, how);
        CHECK(past.kept().positions().empty());
        CHECK(said.lines.size() == 1);
        same_lists(all, p, past.at(p), expected);
        // They are made again.
        REQUIRE(past.keep_up({}));
        CHECK(past.kept().positions().size() == log.head().value / 100);
        same_lists(all, p, past.at(p), expected);
    }
}

TEST_CASE("past snapshots: on the disk no byte of one can change and be believed", "[sim][engine][as_of]") {
    after_a_while all(341, 2'500);
    const testing::folder folder;
    told said;
    events::rocksdb_options how_kept;
    how_kept.mended = said.tell();
    const auto log = testing::open_log(folder, how_kept);
    copy_log(all.c.log, *log);
    REQUIRE(log->wait_indexed(log->head(), 60s));
    auto how = all.beside();
    how.mended = said.tell();
    {
        engine::past_views keeps(*log, all.c.keys, how);
        REQUIRE(keeps.keep_up({}));
    }
    const events::position p{333};
    const auto expected = engine::past_views(*log, all.c.keys).at(p);
    const auto file = folder.path() / "kept" / "past-2";
    std::string whole;
    {
        std::ifstream in(file, std::ios::binary);
        whole.assign(std::istreambuf_iterator<char>(in), {});
    }
    REQUIRE(whole.size() > 1'000);
    const auto list = *log->kept("past");
    const auto is_done_without = [&](const std::string& content) {
        std::ofstream(file, std::ios::binary) << content;
        said.lines.clear();
        engine::past_views past(*log, all.c.keys, how);
        same_lists(all, p, past.at(p), expected);
        CHECK(said.lines.size() == 1);
        CHECK(past.kept().positions().size() == log->head().value / 100 - 1);
        log->keep("past", list);
    };
    std::mt19937 random(5);
    for (int i = 0; i < 12; ++i) {
        auto flipped = whole;
        auto& byte = flipped[i < 6 ? static_cast<std::size_t>(i) : random() % whole.size()];
        byte = static_cast<char>(byte ^ 1 << random() % 8);
        is_done_without(flipped);
    }
    is_done_without(whole.substr(0, whole.size() / 2));
    is_done_without("");
    is_done_without(whole + "more");
    // One that is not there at all has nothing to be said about.
    std::filesystem::remove(file);
    said.lines.clear();
    engine::past_views past(*log, all.c.keys, how);
    same_lists(all, p, past.at(p), expected);
    CHECK(said.lines.empty());
}

TEST_CASE("past snapshots: a full disk keeps none, is told once, and stops nothing", "[sim][engine][as_of]") {
    after_a_while all(351, 2'500);
    class full final : public slow_log {
    public:
        using slow_log::slow_log;
        void keep(std::string_view name, std::string_view blob) override {
            if (!room) throw std::runtime_error("no space left");
            slow_log::keep(name, blob);
        }
        std::atomic<bool> room{false};
    } disk(all.c.log);
    std::vector<std::string> failures;
    std::atomic<bool> has_room{true};
    auto how = all.beside();
    how.failed = [&](std::string_view why) { failures.emplace_back(why); };
    how.has_room = [&] { return has_room.load(); };
    engine::past_views past(disk, all.c.keys, how);
    CHECK(!past.keep_up({}));
    CHECK(!past.keep_up({}));
    CHECK(failures == std::vector<std::string>{"no space left"});
    const events::position p{321};
    same_lists(all, p, past.at(p), engine::past_views(all.c.log, all.c.keys).at(p));
    disk.room = true;
    has_room = false;
    CHECK(!past.keep_up({}));
    CHECK(past.kept().positions().empty());
    has_room = true;
    CHECK(past.keep_up({}));
    CHECK(past.kept().positions().size() == disk.head().value / 100);
    // Full once more: those that there are do.
    disk.room = false;
    same_lists(all, p, past.at(p), engine::past_views(all.c.log, all.c.keys).at(p));
    CHECK(failures.size() == 1);
}

TEST_CASE("past snapshots: nobody's name, and nothing that anybody said, is kept in one", "[sim][engine][as_of]") {
    events::memory_log log;
    events::memory_keyring keys;
    room r(log, keys);
    r.start();
    const auto joins = [&](const char* name, const char* login, const char* role) {
        return r.must<core::member>(0, core::member::join{name, login, {}, {"operations"}, {{role}}, events::language::en});
    };
    const auto lin = joins("LIN-OF-OPERATIONS", "lin.signs.in", "OM"), wei = joins("WEI-WHO-LEAVES", "wei.signs.in", "SP");
    r.channel(lin, "general");
    r.post(lin, 1, "SAID-IN-THE-CHANNEL");
    const auto before = log.head();
    r.must<core::member>(0, core::member::leave{"moves away", {}}, member_no(wei));
    r.settle();
    engine::past_views past(log, keys, {.present = &r.writer.views(), .every_events = 2});
    REQUIRE(past.keep_up({}));
    REQUIRE(slots(log).size() >= 2);
    for (const auto& name : slots(log))
        for (const auto* word : {"LIN-OF-OPERATIONS", "WEI-WHO-LEAVES", "signs.in", "SAID-IN-THE-CHANNEL"}) CHECK(log.kept(name)->find(word) == std::string::npos);
    const auto members = [&] { return std::get<wire::document>(r.read.as_of(past.at(before), {before, noon}).members({lin}, {50, 0})).body; };
    CHECK(members().find("WEI-WHO-LEAVES") != std::string::npos);
    r.must<core::member>(0, core::member::erase{"asked to be"}, member_no(wei));
    r.settle();
    past.forget();
    CHECK(members().find("WEI-WHO-LEAVES") == std::string::npos);
}

}  // namespace sim::past_snapshots_tests
