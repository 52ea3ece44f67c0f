// A log whose disk is full, at every write in turn: what was acknowledged stays and is read, nothing that was refused comes
// back, and once there is room it goes on.
#include "events/log/verify.hpp"
#include "tests/support/log_batch.hpp"
#include "tests/support/log_damage.hpp"
#include "tests/support/log_kinds.hpp"

#include <catch2/catch.hpp>
#include <rocksdb/file_system.h>

#include <atomic>

using namespace events;
using namespace testing;
using namespace std::chrono_literals;

namespace {

/// The operating system's files, on a disk that has room for so many more writes.
class small_disk final : public rocksdb::FileSystemWrapper {
public:
    small_disk() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
    const char* Name() const override { return "small disk"; }

    std::atomic<std::int64_t> writes_left{INT64_MAX};
    std::atomic<bool> torn{true};  ///< the write that does not fit leaves half of itself

    rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& how, std::unique_ptr<rocksdb::FSWritableFile>* out,
                                      rocksdb::IODebugContext* context) override {
        if (!room()) return no_space();
        std::unique_ptr<rocksdb::FSWritableFile> under;
        auto status = FileSystemWrapper::NewWritableFile(name, how, &under, context);
        if (status.ok()) *out = std::make_unique<file>(std::move(under), *this);
        return status;
    }

    bool room() { return writes_left.load() == INT64_MAX || writes_left.fetch_sub(1) > 0; }
    static rocksdb::IOStatus no_space() { return rocksdb::IOStatus::NoSpace("for this test"); }

private:
    class file final : public rocksdb::FSWritableFileOwnerWrapper {
    public:
        file(std::unique_ptr<rocksdb::FSWritableFile>&& under, small_disk& on) : FSWritableFileOwnerWrapper(std::move(under)), on_(on) {}

        rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& how, rocksdb::IODebugContext* context) override {
            if (on_.room()) return FSWritableFileOwnerWrapper::Append(data, how, context);
            if (on_.torn && data.size() > 1) (void)FSWritableFileOwnerWrapper::Append(rocksdb::Slice(data.data(), data.size() / 2), how, context);
            return no_space();
        }
        rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& how, const rocksdb::DataVerificationInfo&,
                                 rocksdb::IODebugContext* context) override {
            return Append(data, how, context);
        }

    private:
        small_disk& on_;
    };
};

class small_room {
public:
    std::shared_ptr<small_disk> disk = std::make_shared<small_disk>();
    std::unique_ptr<rocksdb::Env> env = rocksdb::NewCompositeEnv(disk);

    std::unique_ptr<rocksdb_log> open(const folder& in) const {
        rocksdb_options how;
        how.env = env.get();
        auto log = rocksdb_log::open(in.path(), how);
        if (!log) throw std::runtime_error(log.error().message(language::en));
        return std::move(*log);
    }
};

/// One batch of ten; whether it was taken.
bool add_ten(events::log& log, stream_id stream) {
    const auto from = log.head().value;
    batch b(log);
    for (std::uint64_t i = 1; i <= 10; ++i) b.add(stream, from + i, {1}, from + i);
    const auto done = log.append(b.entries);
    if (done) return true;
    REQUIRE(std::holds_alternative<no_room>(done.error()));
    CHECK(log.head().value == from);
    return false;
}

}  // namespace

TEST_CASE("full disk: refused at any write, read meanwhile, and going on afterwards", "[events][log][rocksdb][full]") {
    const auto writes = GENERATE(0, 1, 2, 3, 5, 8);
    const auto torn = GENERATE(true, false);
    INFO(writes << (torn ? ", torn" : ""));
    folder in;
    small_room room;
    room.disk->torn = torn;
    {
        auto log = room.open(in);
        for (int i = 0; i < 5; ++i) REQUIRE(add_ten(*log, channel_no(1)));
        room.disk->writes_left = writes;
        std::uint64_t taken = 5;
        for (int i = 0; i < 20; ++i) taken += add_ten(*log, channel_no(1));
        CHECK(taken < 25);  // it is full at last
        CHECK(log->head() == position{taken * 10});
        CHECK(positions(*log, channel_no(1)).size() == taken * 10);
        CHECK(verify(*log, {}, {}).fault == std::nullopt);
        room.disk->writes_left = INT64_MAX;
        REQUIRE(add_ten(*log, channel_no(1)));
        REQUIRE(add_ten(*log, task_no(1)));
        taken += 2;
        CHECK(log->head() == position{taken * 10});
        // Killed now: what is on the disk is all that was acknowledged, and no more.
        folder copy;
        copy_as_if_killed(in.path(), copy.path());
        auto again = open_log(copy);
        CHECK(again->head() == log->head());
        CHECK(verify(*again, {}, {}).fault == std::nullopt);
        CHECK(again->root(again->tree_size()) == log->root(log->tree_size()));
    }
    CHECK(verify(*open_log(in), {}, {}).fault == std::nullopt);
}

TEST_CASE("full disk: closed while it is full, and killed while it is full, nothing is missing", "[events][log][rocksdb][full]") {
    folder in;
    small_room room;
    std::uint64_t taken = 0;
    {
        auto log = room.open(in);
        for (int i = 0; i < 5; ++i) taken += add_ten(*log, channel_no(1));
        room.disk->writes_left = 1;
        for (int i = 0; i < 5; ++i) taken += add_ten(*log, channel_no(1));
        folder copy;
        copy_as_if_killed(in.path(), copy.path());
        CHECK(open_log(copy)->head() == position{taken * 10});
    }
    CHECK(open_log(in)->head() == position{taken * 10});
}

TEST_CASE("full disk: an index that can't be written holds nobody up, and closing does not wait for room", "[events][log][rocksdb][full]") {
    folder in;
    small_room room;
    std::uint64_t count = 0;
    {
        auto log = room.open(in);
        const auto fill_up = [&](std::uint64_t events) {
            for (const auto end = count + events; count < end;) {
                batch b(*log);
                for (int i = 0; i < 1000; ++i) {
                    ++count;
                    b.add(channel_no(1 + count % 3), count, {1}, count);
                }
                REQUIRE(log->append(b.entries).has_value());
            }
        };
        fill_up(40'000);  // more than the index is given at once
        REQUIRE(log->wait_indexed({count}, 10s));
        CHECK(positions(*log, channel_no(1)).size() + positions(*log, channel_no(2)).size() + positions(*log, channel_no(3)).size() == count);
        room.disk->writes_left = 0;
    }
    auto again = open_log(in);
    CHECK(again->head() == position{count});
    CHECK(verify(*again, {}, {}).fault == std::nullopt);
}
