// What the log on RocksDB promises beyond the contract: it comes back whole, or says why it can't.
#include "events/codec/format.hpp"
#include "tests/support/log_batch.hpp"
#include "tests/support/log_damage.hpp"
#include "tests/support/log_kinds.hpp"
#include "tests/support/log_model.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace events;
using namespace testing;
using namespace std::chrono_literals;

namespace {

open_failure failure(const std::filesystem::path& folder) {
    const auto before = contents(folder);
    auto log = rocksdb_log::open(folder);
    REQUIRE_FALSE(log.has_value());
    auto why = log.error();
    auto after = contents(folder);
    if (!before.contains("lock")) after.erase("lock");  // held while it was looked at
    CHECK(after == before);  // nothing was changed
    CHECK(why.folder == folder.string());
    CHECK(why.message(language::en).find(folder.string()) != std::string::npos);
    CHECK(why.message(language::zh) != why.message(language::en));
    return why;
}

}  // namespace

TEST_CASE("rocksdb log: long histories, across memory and index, reopened and rebuilt", "[events][log][rocksdb]") {
    folder in;
    model m;
    proof::hash root;
    {
        auto log = open_log(in);
        m.grow(*log, 75'000);
        m.check(*log);
    }
    {
        auto log = open_log(in);
        m.check(*log);
        m.grow(*log, 40'000);
        m.check(*log);
        root = log->root(m.count());
    }
    SECTION("the index is lost") { std::filesystem::remove_all(in.path() / "index"); }
    SECTION("the index lost its manifest") { std::filesystem::remove(in.path() / "index" / "CURRENT"); }
    SECTION("the index is garbage") { flip_byte(largest(in.path() / "index", "MANIFEST-"), 9); }
    SECTION("the index lost a table") { std::filesystem::remove(largest(in.path() / "index", ".sst")); }
    std::uint64_t last_done = 0, last_of = 0;
    rocksdb_options options;
    options.indexing = [&](std::uint64_t done, std::uint64_t of) {
        CHECK(done >= last_done);
        last_done = done;
        last_of = of;
    };
    auto log = open_log(in, options);
    CHECK(last_done == m.count());
    CHECK(last_of == m.count());
    m.check(*log);
    CHECK(log->root(m.count()) == root);
}

TEST_CASE("rocksdb log: a killed process's log comes back with all that was acknowledged", "[events][log][rocksdb]") {
    folder in;
    auto log = open_log(in);
    model m;
    for (const std::uint64_t events : {0, 1, 700, 33'000, 40'000}) {
        m.grow(*log, events);
        const folder copy;
        copy_as_if_killed(in.path(), copy.path());
        auto again = open_log(copy);
        if (m.count() > 6) m.check(*again);
        CHECK(again->head() == log->head());
        CHECK(again->root(m.count()) == (log->wait_indexed({m.count()}, 10s), log->root(m.count())));
        fill(*again, channel_no(6), 3, 1);
    }
}

TEST_CASE("rocksdb log: only one process has it", "[events][log][rocksdb]") {
    folder in;
    auto log = open_log(in);
    const auto why = failure(in.path());
    CHECK(why.code == open_error::locked);
    CHECK(why.detail == "process " + std::to_string(::getpid()));
    log.reset();
    open_log(in);
}

TEST_CASE("rocksdb log: a copy of a folder that is in use is refused, with what to do instead", "[events][log][rocksdb]") {
    folder in;
    folder copy;
    auto log = open_log(in);
    fill(*log, channel_no(1), 100, 1);
    const auto copy_it = [&] {
        std::filesystem::remove_all(copy.path());
        std::filesystem::copy(in.path(), copy.path(), std::filesystem::copy_options::recursive);
    };
    copy_it();
    const auto why = failure(copy.path());
    CHECK(why.code == open_error::copied);
    CHECK(why.message(language::en).find("opsroom backup create") != std::string::npos);
    CHECK(why.message(language::zh).find("opsroom backup create") != std::string::npos);
    // Whoever knows that nobody was writing says so.
    std::filesystem::remove(copy.path() / "lock");
    CHECK(open_log(copy)->head() == position{100});
    // Given back, it may be copied; moved, it stays what it was.
    log.reset();
    copy_it();
    CHECK(open_log(copy)->head() == position{100});
    copy_it();
    const folder moved;
    std::filesystem::remove_all(moved.path());
    std::filesystem::rename(copy.path(), moved.path());
    CHECK(open_log(moved)->head() == position{100});
}

TEST_CASE("rocksdb log: a newer version's log is left alone", "[events][log][rocksdb]") {
    folder in;
    fill(*open_log(in), task_no(1), 5, 1);
    tamper(in.path(), [](auto& db, auto*, auto* meta) { db.Put({}, meta, "format", std::to_string(log_format + 1)); });
    CHECK(failure(in.path()).code == open_error::newer_version);
    CHECK(failure(in.path()).ended().code() == ending::newer_version);
}

TEST_CASE("rocksdb log: one of an older format says this one's once it is opened for writing", "[events][log][rocksdb]") {
    folder in;
    fill(*open_log(in), task_no(1), 5, 1);
    tamper(in.path(), [](auto& db, auto*, auto* meta) { db.Put({}, meta, "format", "1"); });
    CHECK(open_log(in)->head() == position{5});
    std::string said;
    tamper(in.path(), [&](auto& db, auto*, auto* meta) { db.Get({}, meta, "format", &said); });
    CHECK(said == std::to_string(log_format));
}

TEST_CASE("rocksdb log: what is no folder can't be opened", "[events][log][rocksdb]") {
    folder in;
    std::ofstream(in.path()) << "a file";
    auto log = rocksdb_log::open(in.path());
    REQUIRE_FALSE(log.has_value());
    CHECK(log.error().code == open_error::no_access);
}

TEST_CASE("rocksdb log: a damaged log is left alone", "[events][log][rocksdb]") {
    folder in;
    auto log = open_log(in);
    fill(*log, channel_no(1), 2000, 1);
    folder copy;
    copy_as_if_killed(in.path(), copy.path());  // all of it is in the WAL
    const auto damaged = [&] {
        const auto why = failure(copy.path());
        CHECK(why.code == open_error::damaged);
        return why.detail;
    };
    const auto wal = largest(copy.path() / "log", ".log");
    SECTION("in the middle of its WAL") {
        flip_byte(wal, std::filesystem::file_size(wal) / 2);
        CHECK(damaged().find("but 2000 had been acknowledged") != std::string::npos);
    }
    SECTION("at the end of its WAL") {
        std::filesystem::resize_file(wal, std::filesystem::file_size(wal) - 10);
        CHECK(damaged() == "the log ends at position 1900, but 2000 had been acknowledged");
    }
    SECTION("the WAL is gone") {
        std::filesystem::remove(wal);
        CHECK(damaged() == "the log ends at position 0, but 2000 had been acknowledged");
    }
    SECTION("the log is gone") {
        std::filesystem::remove_all(copy.path() / "log");
        CHECK(damaged() == "there is no log, but 2000 events had been acknowledged");
    }
    SECTION("its manifest is gone") {
        std::filesystem::remove(copy.path() / "log" / "CURRENT");
        damaged();
    }
    SECTION("an event near the end is gone") {
        tamper(copy.path(), [](auto& db, auto* events, auto*) { db.Delete({}, events, key_of(1990)); });
        CHECK(damaged() == "position 1990 is missing");
    }
    SECTION("the first event is gone") {
        tamper(copy.path(), [](auto& db, auto* events, auto*) { db.Delete({}, events, key_of(1)); });
        CHECK(damaged() == "the first event is not at position 1");
    }
    SECTION("an event near the end is no event") {
        tamper(copy.path(), [](auto& db, auto* events, auto*) { db.Put({}, events, key_of(1995), "{}"); });
        CHECK(damaged().starts_with("the event at position 1995"));
    }
    SECTION("an event near the end is another one") {
        tamper(copy.path(), [](auto& db, auto* events, auto*) {
            std::string bytes;
            db.Get({}, events, key_of(1900), &bytes);
            db.Put({}, events, key_of(1995), bytes);
        });
        CHECK(damaged() == "position 1995 holds the event of 1900");
    }
    SECTION("a table of it is damaged") {
        tamper(copy.path(), [](auto&, auto*, auto*) {});  // writes the WAL out into one
        const auto table = largest(copy.path() / "log", ".sst");
        for (std::uint64_t at = 100; at < std::filesystem::file_size(table); at += 1000) flip_byte(table, at);
        damaged();
    }
    SECTION("it ends before its index") {
        log->wait_indexed({2000}, 10s);
        log.reset();
        std::filesystem::remove_all(copy.path());
        std::filesystem::copy(in.path(), copy.path(), std::filesystem::copy_options::recursive);
        std::filesystem::remove(copy.path() / "acknowledged");
        tamper(copy.path(), [](auto& db, auto* events, auto*) {
            for (std::uint64_t p = 1801; p <= 2000; ++p) db.Delete({}, events, key_of(p));
        });
        CHECK(damaged() == "the log ends at position 1800, but 2000 had been acknowledged");
    }
}

TEST_CASE("rocksdb log: what the machine's end cut off was never acknowledged", "[events][log][rocksdb]") {
    folder in;
    auto log = open_log(in);
    fill(*log, channel_no(1), 2000, 1);
    folder copy;
    copy_as_if_killed(in.path(), copy.path());
    std::filesystem::remove(copy.path() / "acknowledged");  // as a page that was not written back
    const auto wal = largest(copy.path() / "log", ".log");
    std::filesystem::resize_file(wal, std::filesystem::file_size(wal) - 10);
    auto again = open_log(copy);
    CHECK(again->head() == position{1900});
    CHECK(again->version_of(channel_no(1)) == version{1900});
    fill(*again, channel_no(1), 100, 1901);
    again.reset();
    CHECK(open_log(copy)->head() == position{2000});
}

TEST_CASE("rocksdb log: a blob that is not what was kept is not given", "[events][log][rocksdb]") {
    folder in;
    auto log = open_log(in);
    log->keep("views/board", "the board");
    flip_byte(in.path() / "kept" / "views%2Fboard", 3);
    CHECK_FALSE(log->kept("views/board"));
    std::filesystem::resize_file(in.path() / "kept" / "views%2Fboard", 5);
    CHECK_FALSE(log->kept("views/board"));
    log->keep("views/board", "again");
    CHECK(log->kept("views/board") == "again");
}

namespace {

/// What was put right by itself, by file.
struct mended {
    std::map<std::string, std::string> what;
    rocksdb_options options() {
        rocksdb_options o;
        o.mended = [this](std::string_view file, std::string_view why) { what.emplace(file, why); };
        return o;
    }
};

}  // namespace

TEST_CASE("rocksdb log: an index that is of another log is made anew, however small", "[events][log][rocksdb]") {
    const auto size = GENERATE(3, 200, 255, 256, 257, 700);
    folder one, other;
    fill(*open_log(one), task_no(1), size, 1);
    fill(*open_log(other), channel_no(4), size, 1);
    std::filesystem::remove_all(one.path() / "index");
    std::filesystem::copy(other.path() / "index", one.path() / "index", std::filesystem::copy_options::recursive);
    mended said;
    auto log = rocksdb_log::open(one.path(), said.options());
    REQUIRE(log.has_value());
    CHECK(said.what["index"].find("of another log") != std::string::npos);
    CHECK((*log)->version_of(task_no(1)) == version{static_cast<std::uint64_t>(size)});
    CHECK((*log)->version_of(channel_no(4)) == version{0});
}

TEST_CASE("rocksdb log: a bit that flipped anywhere in the index has it made anew", "[events][log][rocksdb]") {
    folder in;
    fill(*open_log(in), task_no(1), 3000, 1);
    const auto table = largest(in.path() / "index", ".sst");
    const auto at = GENERATE(0.01, 0.2, 0.5, 0.8, 0.99);
    flip_byte(table, static_cast<std::uint64_t>(static_cast<double>(std::filesystem::file_size(table)) * at));
    mended said;
    auto log = rocksdb_log::open(in.path(), said.options());
    REQUIRE(log.has_value());
    CHECK(said.what.contains("index"));
    CHECK(positions(**log, task_no(1)).size() == 3000);
}

TEST_CASE("rocksdb log: a damaged mark of what was acknowledged is made anew, and an old one is read", "[events][log][rocksdb]") {
    folder in;
    fill(*open_log(in), task_no(1), 7, 1);
    const auto file = in.path() / "acknowledged";
    REQUIRE(std::filesystem::file_size(file) == 16);
    const auto how = GENERATE(0, 1, 2, 3);
    if (how == 0) flip_byte(file, 3);
    if (how == 1) std::filesystem::resize_file(file, 3);
    if (how == 2) std::filesystem::remove(file);
    if (how == 3) std::filesystem::resize_file(file, 8);  // as it was first written
    INFO(how);
    mended said;
    auto log = rocksdb_log::open(in.path(), said.options());
    REQUIRE(log.has_value());
    CHECK(said.what.contains("acknowledged") == (how != 3));
    CHECK((*log)->head() == position{7});
}

TEST_CASE("rocksdb log: damaged blobs are named when it is opened", "[events][log][rocksdb]") {
    folder in;
    open_log(in)->keep("checkpoint-3", "signed");
    const auto how = GENERATE(0, 1, 2);
    const auto file = in.path() / "kept" / "checkpoint-3";
    if (how == 0) flip_byte(file, 3);
    if (how == 1) std::filesystem::resize_file(file, 0);
    if (how == 2) {
        std::filesystem::remove(file);
        std::filesystem::create_directory(file);
    }
    mended said;
    auto log = rocksdb_log::open(in.path(), said.options());
    REQUIRE(log.has_value());
    CHECK(said.what.contains("kept/checkpoint-3"));
    CHECK_FALSE((*log)->kept("checkpoint-3"));
}
