#pragma once
// The database of the events: 8-byte big-endian position -> stored bytes, in the column family `log`; the
// version of the format in `meta`; and the commands that had nothing to change in the default one:
//   c actor:8 id:16  -> the position that the answer rests on:8 digest:8
//   o number:8       -> the log's head:8 actor:8 id:16, when it was the number-th of them: the oldest goes first
// They are all written out together, so that no family keeps the WAL of another one from going. What an append's fsync waits
// for is a write here and nothing else.
//
// After a write that met a full disk nobody knows what the end of the WAL looks like. So the database is closed and opened
// again for reading alone, which goes by the records that are whole; once there is room it is opened for writing, which
// begins another WAL. Nothing is ever appended behind a torn record.

#include "events/log/log.hpp"
#include "events/log/open_error.hpp"
#include "events/rocksdb/options.hpp"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <shared_mutex>

namespace events::rocks {

class event_store {
public:
    /// Opens the database in `folder`/log, or makes one where nothing says that there ever was a log. It is first
    /// read without being opened for writing, so that nothing is changed where it turns out damaged or too new:
    /// its end has to decode without gaps, and has to reach `at_least`.
    static boost::system::result<std::unique_ptr<event_store>, open_failure> open(
        const std::filesystem::path& folder, position at_least, const surroundings& in);

    /// Writes out what is in memory, so that the next opening has nothing to replay.
    ~event_store();
    event_store(const event_store&) = delete;
    event_store& operator=(const event_store&) = delete;

    /// The last position there was when it was opened.
    position head_at_open() const { return head_at_open_; }

    // Writing: one thread.

    void add(rocksdb::WriteBatch& batch, position p, std::string_view bytes) const;
    /// Once a batch, with the position that the log ends at then. The oldest that are too many are forgotten.
    void add(rocksdb::WriteBatch& batch, std::span<const idle_command> idle, position head);
    /// Durable up to `last` when it returns true; false where there is no room on the disk, and nothing of it is there.
    /// Ends the process where that can't be said.
    bool write(rocksdb::WriteBatch& batch, position last);

    /// For a backup. Any thread. Calls `f` with the open database, which stays open meanwhile: once the token is asked to
    /// stop, the writer waits for it, as the disk is full.
    void with_database(const std::function<void(rocksdb::DB&, const std::stop_token&)>& f) const;

    // Reading: any thread. They throw std::runtime_error where the disk gives none or wrong bytes.

    std::optional<outcome> find_idle(const command_key& key) const;
    /// The highest id of a member's commands that had nothing to change; nil where there is none.
    uuid highest_idle(member_id actor) const;

    /// Everything from `first` to `last`, in either direction.
    void read_range(position first, position last, direction way, const visitor& visit) const;

    /// Those at `positions`, in their order. False if the visitor stopped.
    bool read_these(std::span<const position> positions, const visitor& visit) const;

    /// An open database; the handles go before it.
    struct database {
        std::unique_ptr<rocksdb::DB> db;
        std::unique_ptr<rocksdb::ColumnFamilyHandle> idle, log, meta;
    };
    static rocksdb::Status open_database(const std::string& path, const rocksdb::Options& options, bool writing, database& out);

    /// The number of the column family that has the events.
    std::uint32_t family() const { return family_; }

    /// Forgets the commands that had nothing to change when the log was beyond `last`.
    static rocksdb::Status forget_idle(database& in, position last);

private:
    event_store() = default;
    static rocksdb::Status create(const std::filesystem::path& folder, const rocksdb::Options& options);
    static void close(database& one);
    void read_only_from_here();
    bool writable_again();
    position end() const;
    rocksdb::Status raise_format();
    void count_idle();

    static boost::system::result<position, open_failure> inspect(const std::filesystem::path& folder, position at_least,
                                                                 rocksdb::Options options);

    std::string path_;
    rocksdb::Options options_;
    mutable std::shared_mutex guard_;  ///< over in_, which is another one after the disk was full
    std::stop_source wanted_;          ///< whoever has it now is to let go; exchanged with in_
    database in_;
    position head_at_open_;
    std::uint32_t family_ = 0;

    // The writing thread's.
    position head_;         ///< the last that is durable
    bool writable_ = true;
    struct numbers {
        std::uint64_t oldest = 1, next = 1;
    };
    numbers idle_;          ///< of those that are remembered,
    numbers idle_then_;     ///< and once the batch that is being built is written
    std::size_t idle_max_ = 0;
};

}  // namespace events::rocks
