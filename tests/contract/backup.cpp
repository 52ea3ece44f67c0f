// Backups of a log's databases: whole at any moment, what did not change copied once, cut off anywhere.
#include "events/rocksdb/backup.hpp"
#include "events/rocksdb/rocksdb_log.hpp"
#include "tests/support/log_batch.hpp"
#include "tests/support/log_damage.hpp"
#include "tests/support/log_folder.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <thread>

using namespace events;
using namespace testing;

namespace {

std::unique_ptr<rocksdb_log> opened(const std::filesystem::path& in) {
    auto log = rocksdb_log::open(in);
    if (!log) throw std::runtime_error(log.error().message(language::en));
    return std::move(*log);
}

std::size_t tables_in(const std::filesystem::path& folder) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) count += entry.path().extension() == ".sst";
    return count;
}

proof::hash root_of(const events::log& log) {
    log.wait_indexed(log.head(), std::chrono::seconds(10));
    return log.root(log.head().value);
}

}  // namespace

TEST_CASE("backup: each is the log as it was, and tables are copied once", "[events][rocksdb][backup]") {
    const folder in, to;
    auto log = opened(in.path());
    std::vector<rocks::backup_made> made;
    std::vector<proof::hash> roots;
    std::vector<seen> contents;
    std::vector<std::size_t> tables;
    for (int i = 0; i < 3; ++i) {
        fill(*log, channel_no(1), 700, static_cast<std::uint64_t>(i) * 700 + 1);
        made.push_back(log->back_up(to.path(), {}));
        CHECK(made.back().at == log->head());
        roots.push_back(root_of(*log));
        contents.push_back(all_of(*log));
        tables.push_back(tables_in(to.path() / "log"));
    }
    // One of the log each time, and none of those before again.
    CHECK(tables[1] == tables[0] + 1);
    CHECK(tables[2] == tables[0] + 2);
    CHECK(rocks::backups_in(to.path()) == std::vector<std::uint32_t>{1, 2, 3});
    for (std::size_t i = 0; i < made.size(); ++i) {
        rocks::check_files(to.path(), made[i].numbers);
        const rocks::backed_up_log there(to.path(), made[i].numbers.log);
        CHECK(there.head() == made[i].at);
        seen read;
        there.read({1}, made[i].at, into(read));
        CHECK(read == contents[i]);
        const folder back;
        rocks::restore_files(to.path(), made[i].numbers, back.path());
        auto again = opened(back.path());
        CHECK(again->head() == made[i].at);
        CHECK(root_of(*again) == roots[i]);
        CHECK(all_of(*again) == contents[i]);
        fill(*again, channel_no(1), 10, again->head().value + 1);
    }
    // What goes takes with it what is nobody else's.
    rocks::keep_only(to.path(), {made[2].numbers});
    CHECK(rocks::backups_in(to.path()) == std::vector<std::uint32_t>{made[2].numbers.log});
    rocks::check_files(to.path(), made[2].numbers);
}

TEST_CASE("backup: made while others append, it ends with a whole event, and its index is not ahead of it", "[events][rocksdb][backup]") {
    const folder in, to;
    auto log = opened(in.path());
    fill(*log, channel_no(1), 2000, 1);
    std::jthread appends([&](const std::stop_token& stop) {
        for (std::uint64_t n = 2001; !stop.stop_requested(); n += 50) fill(*log, channel_no(1 + n % 5), 50, n);
    });
    for (int i = 0; i < 5; ++i) {
        const auto before = log->head();
        const auto made = log->back_up(to.path(), {});
        CHECK(made.at >= before);
        CHECK(made.at <= log->head());
        const folder back;
        rocks::restore_files(to.path(), made.numbers, back.path());
        auto again = opened(back.path());
        CHECK(again->head() == made.at);
        CHECK(root_of(*again) == (log->wait_indexed(made.at, std::chrono::seconds(10)), log->root(made.at.value)));
    }
}

TEST_CASE("backup: a restored log is cut off wherever it is asked to be, and goes on from there", "[events][rocksdb][backup]") {
    const folder in, to;
    auto log = opened(in.path());
    fill(*log, channel_no(1), 1500, 1);
    const auto made = log->back_up(to.path(), {});
    for (const std::uint64_t last : {1, 255, 256, 700, 1499, 1500}) {
        const folder back;
        rocks::restore_files(to.path(), {made.numbers.log, 0}, back.path());
        rocks::cut_log(back.path(), {last});
        auto again = opened(back.path());
        REQUIRE(again->head() == position{last});
        CHECK(root_of(*again) == log->root(last));
        CHECK(again->version_of(channel_no(1)) == version{last});
        fill(*again, channel_no(2), 20, 9000);
        CHECK(again->head() == position{last + 20});
        again.reset();
        CHECK(all_of(*opened(back.path())).size() == last + 20);
    }
}

TEST_CASE("backup: commands that had nothing to change come along, those from beyond the end that is restored do not", "[events][rocksdb][backup]") {
    const folder in, to;
    auto log = opened(in.path());
    for (std::uint64_t n = 1; n <= 40; ++n) {
        fill(*log, channel_no(1), 10, n * 10);
        REQUIRE(log->append({}, std::vector{idle_command{{{9}, command_id(n)}, {n}, n}}).has_value());
    }
    const auto made = log->back_up(to.path(), {});
    REQUIRE(log->append({}, std::vector{idle_command{{{9}, command_id(41)}, {1}, 41}}).has_value());
    for (const std::uint64_t last : {5, 10, 11, 200, 399, 400}) {
        const folder back;
        rocks::restore_files(to.path(), {made.numbers.log, 0}, back.path());
        rocks::cut_log(back.path(), {last});
        const auto again = opened(back.path());
        for (std::uint64_t n = 1; n <= 41; ++n) {
            INFO(last << ' ' << n);
            const auto expected = n * 10 <= last && n <= 40 ? std::optional(outcome{{n}, 0, n}) : std::nullopt;
            CHECK(again->find_command({{9}, command_id(n)}) == expected);
        }
        REQUIRE(again->append({}, std::vector{idle_command{{{9}, command_id(50)}, {1}, 50}}).has_value());
        CHECK(again->find_command({{9}, command_id(50)}));
    }
}

TEST_CASE("backup: any damaged byte of a table is found, and nothing is restored from it", "[events][rocksdb][backup]") {
    const folder in, to;
    auto log = opened(in.path());
    fill(*log, channel_no(1), 1500, 1);
    const auto made = log->back_up(to.path(), {});
    const auto table = largest(to.path() / "log", ".sst");
    const auto size = std::filesystem::file_size(table);
    for (const std::uint64_t at : {std::uint64_t{0}, size / 3, size / 2, size - 1}) {
        flip_byte(table, at);
        CHECK_THROWS_AS(rocks::check_files(to.path(), made.numbers), std::runtime_error);
        const folder back;
        CHECK_THROWS_AS(rocks::restore_files(to.path(), made.numbers, back.path()), std::runtime_error);
        flip_byte(table, at);
    }
    rocks::check_files(to.path(), made.numbers);
    std::filesystem::resize_file(table, size - 1);
    CHECK_THROWS_AS(rocks::check_files(to.path(), made.numbers), std::runtime_error);
}

TEST_CASE("backup: one that was stopped half way leaves the one before, and the next tidies up", "[events][rocksdb][backup]") {
    const folder in, to;
    auto log = opened(in.path());
    fill(*log, channel_no(1), 1500, 1);
    const auto first = log->back_up(to.path(), {});
    fill(*log, channel_no(1), 1500, 1501);
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_AS(log->back_up(to.path(), {0, {}, stop.get_token()}), std::runtime_error);
    rocks::check_files(to.path(), first.numbers);
    rocks::keep_only(to.path(), {first.numbers});
    const auto second = log->back_up(to.path(), {});
    CHECK(second.at == position{3000});
    rocks::check_files(to.path(), first.numbers);
    rocks::check_files(to.path(), second.numbers);
}
