#pragma once
// The database of the events: 8-byte big-endian position -> stored bytes, in the column family `log`; the
// version of the format in `meta`. What an append's fsync waits for is a write here and nothing else.

#include "events/log/log.hpp"
#include "events/log/open_error.hpp"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <filesystem>
#include <memory>

namespace events::rocks {

class event_store {
public:
    /// Opens the database in `folder`/log, or makes one where nothing says that there ever was a log. It is first
    /// read without being opened for writing, so that nothing is changed where it turns out damaged or too new:
    /// its end has to decode without gaps, and has to reach `at_least`.
    static boost::system::result<std::unique_ptr<event_store>, open_failure> open(
        const std::filesystem::path& folder, position at_least, std::shared_ptr<rocksdb::Cache> cache);

    /// Writes out what is in memory, so that the next opening has nothing to replay.
    ~event_store();
    event_store(const event_store&) = delete;
    event_store& operator=(const event_store&) = delete;

    /// The last position there was when it was opened.
    position head_at_open() const { return head_; }

    // Writing: one thread.

    void add(rocksdb::WriteBatch& batch, position p, std::string_view bytes) const;
    /// Durable when it returns. Ends the process where that fails.
    void write(rocksdb::WriteBatch& batch);

    // Reading: any thread. They throw std::runtime_error where the disk gives none or wrong bytes.

    /// Everything from `first` to `last`, in either direction.
    void read_range(position first, position last, direction way, const visitor& visit) const;

    /// Those at `positions`, in their order. False if the visitor stopped.
    bool read_these(std::span<const position> positions, const visitor& visit) const;

private:
    /// An open database; the handles go before it.
    struct database {
        std::unique_ptr<rocksdb::DB> db;
        std::unique_ptr<rocksdb::ColumnFamilyHandle> unused, log, meta;
    };

    event_store() = default;
    static rocksdb::Status open_database(const std::string& path, const rocksdb::Options& options, bool writing, database& out);
    static rocksdb::Status create(const std::filesystem::path& folder, const rocksdb::Options& options);
    static boost::system::result<position, open_failure> inspect(const std::filesystem::path& folder, position at_least,
                                                                 rocksdb::Options options);

    database in_;
    position head_;
};

}  // namespace events::rocks
