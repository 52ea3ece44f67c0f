// An index that is found damaged while the log is in use, wherever it is found: it is made anew beside everything else, and nobody who
// does not need it meanwhile is held up.
#include "events/log/verify.hpp"
#include "tests/support/log_damage.hpp"
#include "tests/support/log_kinds.hpp"
#include "tests/support/log_model.hpp"

#include <catch2/catch.hpp>
#include <rocksdb/file_system.h>

#include <atomic>
#include <mutex>
#include <thread>

using namespace events;
using namespace testing;
using namespace std::chrono_literals;

namespace {

/// The operating system's files, of which those of the index can't be made or written any more.
class failing_files final : public rocksdb::FileSystemWrapper {
public:
    failing_files() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
    const char* Name() const override { return "failing files"; }
    std::atomic<int> fail_next{0};

    rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& how, std::unique_ptr<rocksdb::FSWritableFile>* out,
                                      rocksdb::IODebugContext* context) override {
        const bool table_of_index = name.find("/index/") != name.npos && name.ends_with(".sst");
        if (table_of_index && fail_next.fetch_sub(1) > 0) return rocksdb::IOStatus::IOError("for this test");
        return FileSystemWrapper::NewWritableFile(name, how, out, context);
    }
};

class watched_log {
public:
    std::shared_ptr<failing_files> files = std::make_shared<failing_files>();
    std::unique_ptr<rocksdb::Env> env = rocksdb::NewCompositeEnv(files);

    std::unique_ptr<rocksdb_log> open(const folder& in) {
        rocksdb_options how;
        how.cache_bytes = 1;  // so that what is on the disk is read
        how.env = env.get();
        how.mended = [this](std::string_view what, std::string_view why) {
            const std::lock_guard hold(mutex_);
            said_.emplace(what, why);
        };
        how.indexing = [this](std::uint64_t, std::uint64_t) {
            const std::lock_guard hold(mutex_);
            if (while_it_is_made) while_it_is_made();
        };
        return open_log(in, how);
    }
    std::string said(const std::string& of) const {
        const std::lock_guard hold(mutex_);
        const auto found = said_.find(of);
        return found == said_.end() ? "" : found->second;
    }
    std::function<void()> while_it_is_made;

private:
    mutable std::mutex mutex_;
    std::map<std::string, std::string> said_;
};

void spoil_tables(const std::filesystem::path& folder) {
    for (const auto& entry : std::filesystem::directory_iterator(folder / "index"))
        if (entry.path().extension() == ".sst")
            for (std::uint64_t at = 100; at < entry.file_size(); at += 1000) flip_byte(entry.path(), at);
}

/// Asks until it is answered.
template <class F>
bool comes_back(F&& ask) {
    const auto until = std::chrono::steady_clock::now() + 30s;
    while (std::chrono::steady_clock::now() < until) {
        try {
            ask();
            return true;
        } catch (const index_broken&) {
            std::this_thread::sleep_for(1ms);
        }
    }
    return false;
}

/// Written out and opened again: all of the index is in tables.
void grown(const folder& in, model& m, std::uint64_t events) {
    auto log = open_log(in);
    m.grow(*log, events);
}

}  // namespace

TEST_CASE("index: damage that is met while it is in use is mended while it is in use", "[events][log][rocksdb][index]") {
    folder in;
    model m;
    grown(in, m, 100'000);
    watched_log w;
    auto log = w.open(in);
    const auto root = log->root(m.count());
    spoil_tables(in.path());
    SECTION("by a stream") { CHECK_THROWS_AS(positions(*log, channel_no(1)), index_broken); }
    SECTION("by a command") {
        const auto looked_up = [&] {
            for (std::uint64_t n = 1; n <= 1000; ++n) (void)log->find_command({{1 + n % 7}, command_id(n)});
        };
        CHECK_THROWS_AS(looked_up(), index_broken);
    }
    SECTION("by a proof") {
        const auto proven = [&] {
            for (std::uint64_t p = 1; p <= 90'000; p += 256) (void)log->inclusion({p}, 99'000);
        };
        CHECK_THROWS_AS(proven(), index_broken);
    }
    m.grow(*log, 10'000);  // goes on meanwhile
    REQUIRE(comes_back([&] { (void)positions(*log, channel_no(1)); }));
    CHECK(w.said("index").find("made anew") != std::string::npos);
    m.check(*log);
    CHECK(log->root(100'000) == root);
    CHECK(verify(*log, {}, {}).fault == std::nullopt);
    m.grow(*log, 60'000);
    m.check(*log);
    log.reset();
    m.check(*open_log(in));  // what was made is whole
}

TEST_CASE("index: damage that RocksDB's own threads meet ends nobody's process", "[events][log][rocksdb][index]") {
    folder in;
    model m;
    grown(in, m, 70'000);
    watched_log w;
    auto log = w.open(in);
    w.files->fail_next = 1;
    // More than is written out at once, so that a table is made in the background.
    for (int i = 0; i < 40 && w.said("index").empty(); ++i) {
        m.grow(*log, 33'000);
        REQUIRE(log->wait_indexed({m.count()}, 20s));
    }
    CHECK(w.said("index").find("for this test") != std::string::npos);
    REQUIRE(comes_back([&] { (void)positions(*log, channel_no(1)); }));
    m.check(*log);
    CHECK_FALSE(std::filesystem::exists(in.path() / "index.broken"));
}

TEST_CASE("index: who does not need it is not held up while it is made anew, and a backup does without it", "[events][log][rocksdb][index]") {
    folder in, into, to;
    model m;
    grown(in, m, 100'000);
    watched_log w;
    auto log = w.open(in);
    std::atomic<bool> held{false}, go_on{false};
    w.while_it_is_made = [&] {
        held = true;
        while (!go_on) std::this_thread::sleep_for(1ms);
    };
    spoil_tables(in.path());
    CHECK_THROWS_AS(positions(*log, channel_no(1)), index_broken);
    while (!held) std::this_thread::sleep_for(1ms);
    CHECK_THROWS_AS(positions(*log, channel_no(1)), index_broken);
    CHECK(log->version_of(channel_no(1)).value > 0);
    m.grow(*log, 1'000);
    CHECK(log->head() == position{m.count()});
    CHECK(all_of(*log).size() == m.count());
    CHECK(positions(*log, channel_no(1), log->version_of(channel_no(1)).value).size() == 1);  // of what is in memory
    const auto made = log->back_up(into.path() / "b", {});
    CHECK(made.numbers.index == 0);
    CHECK(made.at == position{m.count()});
    go_on = true;
    REQUIRE(comes_back([&] { (void)positions(*log, channel_no(1)); }));
    m.check(*log);
    log.reset();
    rocks::restore_files(into.path() / "b", made.numbers, to.path());
    m.check(*open_log(to));
}

TEST_CASE("index: closed while it is made anew, the next opening has it whole", "[events][log][rocksdb][index]") {
    folder in;
    model m;
    grown(in, m, 100'000);
    {
        watched_log w;
        auto log = w.open(in);
        std::atomic<int> pieces{0};
        w.while_it_is_made = [&] { ++pieces; };
        spoil_tables(in.path());
        CHECK_THROWS_AS(positions(*log, channel_no(1)), index_broken);
        while (pieces == 0) std::this_thread::sleep_for(1ms);
    }
    m.check(*open_log(in));
}
