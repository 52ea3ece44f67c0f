#pragma once
// The database of all that can be computed from the events again. It has no WAL: after a crash it is at an
// earlier position, the one that it says itself, and the rest is computed again.
//
// One key space, so that one write is one step for all of it. Keys, numbers big-endian:
//   m format | m reached                      -> decimal number
//   m root                                    -> the Merkle root over the events up to `reached`: which log it is of
//   c actor:8 id:16                           -> position, count, and the digest unless 0 (packed)
//   s kind:1 number:8 version:8               -> count, first position, distances (packed): consecutive versions
//   t level:1 index:8                         -> a Merkle tile
//   v kind:1 page:8                           -> the versions of page_size streams (packed)

#include "events/log/log.hpp"
#include "events/log/stream_versions.hpp"
#include "events/proof/tree.hpp"
#include "events/rocksdb/generation.hpp"
#include "events/rocksdb/options.hpp"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <filesystem>
#include <memory>
#include <optional>

namespace events::rocks {

class index_db final : public proof::tile_store {
public:
    /// How far the index in `folder` had got; changes nothing there. 0 where that can't be told.
    static position peek(const std::filesystem::path& folder, const surroundings& in);

    /// Opens the index. Null where there is none that can be used, and `why` says why: it has to be made anew. Throws
    /// cannot_go_on where there is no room for it.
    static std::unique_ptr<index_db> open(const std::filesystem::path& folder, const surroundings& in, std::string& why);

    /// Deletes what there is and makes an empty one. Throws std::runtime_error.
    static std::unique_ptr<index_db> make(const std::filesystem::path& folder, const surroundings& in);

    /// Flushes.
    ~index_db() override;

    /// The last position that every index here has taken in, as it was opened.
    position reached() const { return reached_; }
    /// The root over the events up to there, of the log that it is of.
    const proof::hash& root() const { return root_; }
    /// Reads every stream's version as of reached(); once, before anything is written. Nothing where they can't be read.
    std::optional<stream_versions> load_versions();

    /// For a backup. Any thread.
    rocksdb::DB& database() const { return *db_; }

    // The indexing thread. They end the process where they fail for anything but want of space.

    /// All index entries of a generation and the tiles since the last one, for write(). `root`: over the events
    /// up to its last.
    void add(const generation& complete, const proof::hash& root);
    /// Writes what was added, in one step. False where the disk is full: to be called again.
    bool write();
    /// Not readable before the next write() that succeeds.
    void write_tile(unsigned level, std::uint64_t index, const proof::tile& content) override;

    // Any thread. They throw index_broken where the disk gives wrong bytes.

    /// It is made anew at the next opening.
    [[noreturn]] void broken(const std::string& what) const;

    std::optional<outcome> find(const command_key& key) const;
    /// The highest command id of a member; nil where there is none.
    uuid highest_command(member_id actor) const;
    /// As recent_index::positions.
    std::vector<position> positions(stream_id stream, version from, direction way) const;
    std::optional<proof::tile> read_tile(unsigned level, std::uint64_t index) const override;

private:
    index_db(std::unique_ptr<rocksdb::DB> db, rocksdb::Options options, std::filesystem::path mark)
        : options_(std::move(options)), mark_(std::move(mark)), db_(std::move(db)) {}
    void add_streams(rocksdb::WriteBatch& batch, const generation& complete);
    void add_commands(rocksdb::WriteBatch& batch, const generation& complete) const;
    void add_versions(rocksdb::WriteBatch& batch, const generation& complete);

    rocksdb::Options options_;
    std::filesystem::path mark_;  ///< a file: that it was found damaged
    std::unique_ptr<rocksdb::DB> db_;
    position reached_;
    proof::hash root_{};

    // The indexing thread's.
    stream_versions written_versions_;  ///< as of the last write, which is behind what the log is at
    rocksdb::WriteBatch batch_;         ///< tiles so far; then everything
    unsigned writes_since_flush_ = 0;
};

}  // namespace events::rocks
