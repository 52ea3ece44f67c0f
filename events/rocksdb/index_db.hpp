#pragma once
// The database of all that can be computed from the events again. It has no WAL: after a crash it is at an
// earlier position, the one that it says itself, and the rest is computed again.
//
// One key space, so that one write is one step for all of it. Keys, numbers big-endian:
//   m format | m reached                      -> decimal number
//   c actor:8 id:16                           -> position, count, and the digest unless 0 (packed)
//   s kind:1 number:8 version:8               -> count, first position, distances (packed): consecutive versions
//   t level:1 index:8                         -> a Merkle tile
//   v kind:1 page:8                           -> the versions of page_size streams (packed)

#include "events/log/log.hpp"
#include "events/log/stream_versions.hpp"
#include "events/proof/tree.hpp"
#include "events/rocksdb/generation.hpp"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <filesystem>
#include <memory>
#include <optional>

namespace events::rocks {

class index_db final : public proof::tile_store {
public:
    /// How far the index in `folder` had got; changes nothing there. 0 where that can't be told.
    static position peek(const std::filesystem::path& folder);

    /// Opens the index. Null where there is none that can be used: it has to be made anew.
    /// Throws std::runtime_error where the operating system refuses.
    static std::unique_ptr<index_db> open(const std::filesystem::path& folder, std::shared_ptr<rocksdb::Cache> cache);

    /// Deletes what there is and makes an empty one. Throws std::runtime_error.
    static std::unique_ptr<index_db> make(const std::filesystem::path& folder, std::shared_ptr<rocksdb::Cache> cache);

    /// Flushes.
    ~index_db() override;

    /// The last position that every index here has taken in, as it was opened.
    position reached() const { return reached_; }
    /// Reads every stream's version as of reached(); once, before anything is written. Nothing where they can't be read.
    std::optional<stream_versions> load_versions();

    // The indexing thread. Both end the process where they fail.

    /// All index entries of a generation and the tiles since the last one, in one step.
    void write(const generation& complete);
    /// Not readable before the next write().
    void write_tile(unsigned level, std::uint64_t index, const proof::tile& content) override;

    // Any thread. They throw std::runtime_error where the disk gives wrong bytes.

    std::optional<outcome> find(const command_key& key) const;
    /// The highest command id of a member; nil where there is none.
    uuid highest_command(member_id actor) const;
    /// As recent_index::positions.
    std::vector<position> positions(stream_id stream, version from, direction way) const;
    std::optional<proof::tile> read_tile(unsigned level, std::uint64_t index) const override;

private:
    explicit index_db(std::unique_ptr<rocksdb::DB> db) : db_(std::move(db)) {}
    void add_streams(rocksdb::WriteBatch& batch, const generation& complete);
    void add_commands(rocksdb::WriteBatch& batch, const generation& complete) const;
    void add_versions(rocksdb::WriteBatch& batch, const generation& complete);

    std::unique_ptr<rocksdb::DB> db_;
    position reached_;

    // The indexing thread's.
    stream_versions written_versions_;  ///< as of the last write, which is behind what the log is at
    rocksdb::WriteBatch batch_;         ///< tiles so far; then everything
    unsigned writes_since_flush_ = 0;
};

}  // namespace events::rocks
