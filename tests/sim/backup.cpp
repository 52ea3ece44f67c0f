// Whole backups: of a room that people are in, proven, damaged, restored to a moment, and what is said of people's keys.

#include "events/proof/checkpoint.hpp"
#include "server/backup/keeper.hpp"
#include "tests/sim/backed_up.hpp"
#include "tests/support/log_damage.hpp"
#include "tests/support/temp_folder.hpp"

#include <fstream>

namespace sim::backup_tests {

namespace backup = server::backup;
namespace fs = std::filesystem;
using core::member;

namespace {

constexpr const char* content = "hello";
constexpr const char* content_sha256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

std::vector<fs::path> files_of(const fs::path& folder) {
    std::vector<fs::path> all;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && entry.file_size() > 0 && entry.path().filename() != "lock") all.push_back(entry.path());
    return all;
}

backup::verified proven(const fs::path& folder) {
    const auto all = backup::read_all(folder);
    if (all.empty()) throw std::runtime_error("there is no backup");
    return backup::verify(folder, all.back(), backup::known_roots(folder, all.back()), {});
}

/// What its name, the words in it and its members say.
std::string told(office& o) {
    std::string out = std::to_string(o.log->head().value);
    const auto views = rebuilt(*o.log, o.keys);
    views.directory.each_active([&](const core::person& p) {
        out += ' ' + std::to_string(p.id.value);
        return true;
    });
    events::proof::hash root = (o.log->wait_indexed(o.log->head(), 10s), o.log->root(o.log->head().value));
    return out + std::string(root.begin(), root.end());
}

}  // namespace

TEST_CASE("backup: a drill: taken while it runs, proven, restored, and the same people in the same room", "[sim][backup]") {
    const support::temp_folder home;
    std::string before;
    const auto to = home / "backups";
    std::string history;
    events::uuid retried = id_no(77);
    {
        office o(home / "data");
        o.r.join("lin", "OM");
        o.r.join("ada", "AD", "technology");
        o.r.channel(1, "general");
        o.r.post(1, 1, "good morning");
        o.attach(content, content_sha256);
        o.r.send<core::channel>(1, core::channel::post{"once", {}}, channel_no(1), retried)->get();
        o.r.settle();
        before = told(o);
        history = o.history;
        const auto made = o.take(to);
        CHECK(made.what.position == o.log->head());
        CHECK(made.what.people.size() == 2);
        CHECK(made.what.blobs == 1);
        CHECK(made.damaged.empty());
        const auto v = proven(to);
        CHECK(v.wrong.empty());
        CHECK(v.events == o.log->head().value);
        o.r.post(1, 1, "after it was taken");
    }
    backup::wanted what;
    what.folder = to;
    what.data = home / "restored";
    const auto done = backup::restore(what, {});
    CHECK(done.people == 2);
    CHECK_FALSE(done.held.empty());
    CHECK(fs::exists(home / "restored" / "blobs" / "2c" / std::string(content_sha256).substr(2)));
    CHECK_THROWS_AS(backup::restore(what, {}), backup::failure);  // never over what is there
    office again(home / "restored");
    CHECK(told(again) == before);
    CHECK(again.history == done.history);
    CHECK(again.history != history);
    CHECK(again.keys.has({1}));
    // A retry of a command that was acknowledged before is answered as it was.
    const auto head = again.log->head();
    const auto answer = again.r.send<core::channel>(1, core::channel::post{"once", {}}, channel_no(1), retried)->get();
    CHECK(code_of(answer) == "done");
    CHECK(again.log->head() == head);
    // It goes on, and its backups lie beside the others'.
    again.r.post(1, 1, "and on");
    CHECK(again.take(to).what.number == 2);
    CHECK(proven(to).wrong.empty());
}

TEST_CASE("backup: to any position, and to any time: that many events, proven, and nobody who came later", "[sim][backup]") {
    const support::temp_folder home;
    const auto to = home / "backups";
    std::vector<events::position> stood;
    events::proof::hash root_at_stop{};
    events::position stop;
    {
        office o(home / "data");
        for (int i = 0; i < 6; ++i) {
            o.r.now = noon + std::chrono::hours(i);
            o.r.join("person." + std::to_string(i), i == 0 ? "OM" : "SP");
            stood.push_back(o.log->head());
            if (i == 1 || i == 3 || i == 5) o.take(to);
        }
        o.log->wait_indexed(o.log->head(), 10s);
        stop = stood[2];
        root_at_stop = o.log->root(stop.value);
        std::ofstream(home / "old.txt") << events::proof::sign_checkpoint(stood[1].value, o.log->root(stood[1].value), o.signer);
        std::ofstream(home / "later.txt") << events::proof::sign_checkpoint(stood[4].value, o.log->root(stood[4].value), o.signer);
        auto forged = o.log->root(stood[1].value);
        forged[0] ^= 1;
        std::ofstream(home / "other.txt") << events::proof::sign_checkpoint(stood[1].value, forged, o.signer);
    }
    backup::wanted what;
    what.folder = to;
    what.data = home / "there";
    for (std::uint64_t last = 1; last <= stood.back().value; ++last) {
        fs::remove_all(what.data);
        what.position = events::position{last};
        const auto done = backup::restore(what, {});
        CHECK(done.at == events::position{last});
        auto log = opened(what.data);
        CHECK(log->head() == events::position{last});
        for (std::uint64_t n = log->highest(events::category::member) + 1; n <= 6; ++n)
            CHECK_FALSE(fs::exists(what.data / "keys" / "people" / "0" / (std::to_string(n) + ".key")));
    }
    what.position.reset();
    for (std::size_t i = 0; i < stood.size(); ++i) {
        for (const auto t : {noon + std::chrono::hours(i), noon + std::chrono::hours(i) + std::chrono::minutes(59)}) {
            fs::remove_all(what.data);
            what.time = t;
            CHECK(backup::restore(what, {}).at == stood[i]);
        }
    }
    fs::remove_all(what.data);
    what.time = noon + std::chrono::hours(2);
    what.checkpoints = {home / "old.txt", home / "later.txt"};
    const auto done = backup::restore(what, {});
    CHECK(std::find(done.held.begin(), done.held.end(), (home / "old.txt").string()) != done.held.end());
    CHECK(done.beyond == std::vector<std::string>{(home / "later.txt").string()});
    {
        auto log = opened(what.data);
        log->wait_indexed(log->head(), 10s);
        CHECK(log->root(log->head().value) == root_at_stop);
    }
    // One that does not hold is the end of it, and nothing is left.
    fs::remove_all(what.data);
    what.checkpoints = {home / "other.txt"};
    CHECK_THROWS_AS(backup::restore(what, {}), backup::failure);
    CHECK_FALSE(fs::exists(what.data));
    what.checkpoints.clear();
    what.time = noon - std::chrono::hours(1);
    CHECK_THROWS_AS(backup::restore(what, {}), backup::failure);
    what.time.reset();
    what.position = events::position{stood.back().value + 1};
    CHECK_THROWS_AS(backup::restore(what, {}), backup::failure);
}

TEST_CASE("backup: to any time, where a wrong clock was set back: what that had dated came before all that is dated after", "[sim][backup][clock]") {
    const support::temp_folder home;
    const auto to = home / "backups";
    std::vector<std::pair<events::instant, events::position>> stood;
    events::position wrong_until;
    {
        office o(home / "data");
        const auto live = [&](events::instant t, const char* who) {
            o.r.now = t;
            o.r.join(who, who == std::string_view("a") ? "OM" : "SP");
        };
        live(noon, "a");
        stood.emplace_back(noon, o.log->head());
        o.take(to);
        live(noon + std::chrono::hours(24 * 3650), "b");
        o.take(to);
        live(noon + std::chrono::hours(1), "c");
        wrong_until = o.log->head();
        auto who = std::make_shared<waiting>();
        REQUIRE(o.r.writer.submit(server::engine::tick(who, {}, events::org::time_witness::keeper)));
        who->get();
        o.r.settle();
        REQUIRE(o.log->head() > wrong_until);
        stood.emplace_back(noon + std::chrono::hours(1), o.log->head());
        live(noon + std::chrono::hours(2), "d");
        stood.emplace_back(noon + std::chrono::hours(2), o.log->head());
        o.take(to);
        live(noon + std::chrono::hours(3), "e");
        stood.emplace_back(noon + std::chrono::hours(3), o.log->head());
        o.take(to);
    }
    backup::wanted what;
    what.folder = to;
    what.data = home / "there";
    for (const auto& [t, at] : stood)
        for (const auto later : {std::chrono::minutes(0), std::chrono::minutes(59)}) {
            fs::remove_all(what.data);
            what.time = t + later;
            CHECK(backup::restore(what, {}).at == at);
        }
}

TEST_CASE("backup: whatever file of it is damaged, cut or gone, that is found, or it does not matter", "[sim][backup]") {
    const support::temp_folder home;
    const auto to = home / "backups";
    std::string before;
    {
        office o(home / "data");
        o.r.join("lin", "OM");
        o.r.channel(1, "general");
        for (int i = 0; i < 200; ++i) o.r.post(1, 1, "message " + std::to_string(i));
        o.send(content, content_sha256);
        o.r.settle();
        before = told(o);
        o.take(to);
    }
    for (const auto& file : files_of(to)) {
        for (int damage = 0; damage < 3; ++damage) {
            INFO(file << " damage " << damage);
            const auto whole = home / "whole";
            fs::copy_file(file, whole, fs::copy_options::overwrite_existing);
            if (damage == 0) testing::flip_byte(file, fs::file_size(file) / 2);
            if (damage == 1) fs::resize_file(file, fs::file_size(file) / 2);
            if (damage == 2) fs::remove(file);
            std::string found;
            try {
                const auto v = proven(to);
                for (const auto& w : v.wrong) found += w.en + w.zh;
            } catch (const std::exception& e) {
                found = e.what();
            }
            // What verify says is whole comes back whole.
            if (found.empty()) {
                fs::remove_all(home / "restored");
                backup::wanted what;
                what.folder = to;
                what.data = home / "restored";
                try {
                    backup::restore(what, {});
                    office again(home / "restored");
                    CHECK(told(again) == before);
                } catch (const std::exception& e) {
                    FAIL_CHECK("verify found nothing, but a restore did: " << e.what());
                }
            }
            fs::remove(file);
            fs::copy_file(whole, file);
        }
    }
    CHECK(proven(to).wrong.empty());
}

TEST_CASE("backup: cut off after any number of files, the one before is whole and the next one works", "[sim][backup]") {
    const support::temp_folder home;
    const auto to = home / "backups";
    office o(home / "data");
    o.r.join("lin", "OM");
    o.r.channel(1, "general");
    o.take(to);
    for (int parts = 0; parts < 6; ++parts) {
        o.r.post(1, 1, "message " + std::to_string(parts));
        o.attach("hello " + std::to_string(parts), content_sha256);
        int told_of = 0;
        struct cut_off {};
        const backup::pace at{0, {}, [&](std::string_view part, std::uint64_t) {
                                  // RocksDB takes no exception; between its parts is enough.
                                  if (part != "log" && told_of++ == parts) throw cut_off();
                              }};
        try {
            backup::create(o.source(), {to, {}, 0}, at, noon);
        } catch (const cut_off&) {
        }
        CHECK(proven(to).wrong.empty());
    }
    fs::remove_all(o.data / "blobs");
    CHECK(o.take(to).what.position == o.log->head());
    CHECK(proven(to).wrong.empty());
    // A full disk is the same, only later: what can't be written is said, and the rest stays.
    const auto count = backup::read_all(to).size();
    fs::remove_all(to / "identity");
    std::ofstream(to / "identity") << "no folder";
    CHECK_THROWS(o.take(to));
    CHECK(backup::read_all(to).size() == count);
}

TEST_CASE("backup: keys lie apart, those of elections nowhere, and it is said which backups hold an erased person's", "[sim][backup]") {
    const support::temp_folder home;
    const auto to = home / "root" / "weekly";
    office o(home / "data");
    o.r.join("ada", "AD", "technology");
    o.r.join("lin", "OM");
    o.r.join("wei", "SP");
    events::bytes::make_folder(o.data / "keys" / "elections");
    events::bytes::write_file(o.data / "keys" / "elections" / "secret.key", "ballots");
    backup::keeper keeper(o.source(), {home / "root", home / "apart", 0, 0}, [] { return noon; }, {});
    const auto wait = [](std::shared_ptr<const backup::job> j) {
        REQUIRE(j);
        while (!j->over) std::this_thread::sleep_for(1ms);
        REQUIRE_FALSE(j->failed);
        return j;
    };
    const auto first = wait(keeper.create(keeper.place("weekly")));
    CHECK(first->made->what.people.size() == 3);
    const auto keys = home / "apart" / "weekly";
    CHECK(fs::exists(keys / "people" / "0" / "3.key"));
    CHECK_FALSE(fs::exists(to / "keys"));
    for (const auto& file : files_of(home.path()))
        if (file.string().find("/data/") == std::string::npos) CHECK(events::bytes::read_file(file, 1u << 30)->find("ballots") == std::string::npos);
    CHECK(keeper.holders_of({3}).at(0).numbers == std::vector<std::uint64_t>{1});

    o.r.must<member>(1, member::leave{"moved", {}}, member_no(3));
    o.r.must<member>(1, member::erase{"asked for"}, member_no(3));
    o.r.settle();
    REQUIRE_FALSE(o.keys.has({3}));
    const auto held = keeper.holders_of({3});
    REQUIRE(held.size() == 1);
    CHECK(held[0].folder == to);
    CHECK(held[0].keys == keys);
    CHECK(held[0].numbers == std::vector<std::uint64_t>{1});
    // The next backup there destroys it.
    const auto second = wait(keeper.create(keeper.place("weekly")));
    CHECK(second->made->keys_destroyed == std::vector<events::member_id>{{3}});
    CHECK_FALSE(fs::exists(keys / "people" / "0" / "3.key"));
    CHECK(keeper.holders_of({3}).empty());
    CHECK(keeper.holders_of({2}).at(0).numbers == std::vector<std::uint64_t>{1, 2});
    // What can't be looked at may hold it.
    fs::rename(keys, home / "elsewhere");
    CHECK_FALSE(keeper.holders_of({3}).at(0).reachable);

    backup::wanted what;
    what.folder = to;
    what.data = home / "restored";
    CHECK_THROWS_AS(backup::restore(what, {}), backup::failure);  // without keys only where that is said
    what.keys = home / "elsewhere";
    CHECK(backup::restore(what, {}).people == 2);
    fs::remove_all(what.data);
    what.keys.clear();
    what.without_keys = true;
    CHECK(backup::restore(what, {}).people == 0);
    // A folder outside is refused, whatever way it is named.
    for (const auto* name : {"../elsewhere", "/tmp", "weekly/../../data", "a\nb"}) CHECK_THROWS_AS(keeper.place(name), backup::failure);
    fs::create_directory_symlink(home.path(), home / "root" / "link");
    CHECK_THROWS_AS(keeper.place("link/data"), backup::failure);
    CHECK(keeper.place((home / "root" / "monthly").string()) == home / "root" / "monthly");
}

TEST_CASE("backup: only the newest stay where that is asked for, with what they need", "[sim][backup]") {
    const support::temp_folder home;
    const auto to = home / "backups";
    office o(home / "data");
    o.r.join("lin", "OM");
    o.r.channel(1, "general");
    for (int i = 0; i < 5; ++i) {
        o.r.post(1, 1, "message " + std::to_string(i));
        o.take(to, {}, 2);
    }
    const auto all = backup::read_all(to);
    REQUIRE(all.size() == 2);
    CHECK(all[0].number == 4);
    CHECK(events::rocks::backups_in(to).size() == 2);
    for (const auto& m : all) CHECK(backup::verify(to, m, backup::known_roots(to, m), {}).wrong.empty());
    // Another's backups, and other people's files, are left alone.
    office other(home / "other");
    other.r.join("ada", "AD", "technology");
    CHECK_THROWS_AS(other.take(to), backup::failure);
    fs::create_directory(home / "mine");
    std::ofstream(home / "mine" / "letter.txt") << "mine";
    CHECK_THROWS_AS(o.take(home / "mine"), backup::failure);
}

}  // namespace sim::backup_tests
