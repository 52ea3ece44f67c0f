#pragma once
// The database of all that can be computed from the events again. It has no WAL: after a crash it is at an
// earlier position, the one that it says itself, and the rest is computed again.
//
// What is found damaged while it is in use, by who reads it, by who writes it or by RocksDB's own threads, is marked as broken: from
// then on nobody reads it, until the indexing thread has made it anew (indexer.hpp) or the next opening has.
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

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <stop_token>

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

    /// Flushes, unless it is broken.
    ~index_db() override;
    index_db(const index_db&) = delete;
    index_db& operator=(const index_db&) = delete;

    /// The last position that every index here has taken in, as it was opened or last written by the indexing thread.
    position reached() const { return reached_; }
    /// The root over the events up to there, of the log that it is of.
    const proof::hash& root() const { return root_; }
    /// Reads every stream's version as of reached(); once, before anything is written. Nothing where they can't be read.
    std::optional<stream_versions> load_versions();

    /// For a backup. Any thread. Calls `f` with the open database, which stays open meanwhile; once the token is asked to stop, the
    /// indexing thread waits for it. False, and `f` is not called, where it is broken.
    bool with_database(const std::function<void(rocksdb::DB&, const std::stop_token&)>& f) const;

    // The indexing thread.

    /// Who is woken when it is found broken, on whatever thread finds it; null: nobody any more.
    void on_broken(std::function<void()> wake);

    /// All index entries of a generation and the tiles since the last one, for write(). `root`: over the events
    /// up to its last.
    void add(const generation& complete, const proof::hash& root);
    /// Writes what was added, in one step. Without room: to be called again. Broken: what was added is gone.
    enum class written { yes, no_room, broken };
    written write();
    /// Deletes all there is and begins with nothing: what is added is written as before, and nobody else reads it until readable().
    /// Throws cannot_go_on where the disk does not let it, of ending::disk_full where there is no room.
    void begin_anew();
    void readable();
    /// Not readable before the next write() that succeeds.
    void write_tile(unsigned level, std::uint64_t index, const proof::tile& content) override;

    /// Any thread. Since when nobody reads it: what was found, or nothing.
    std::optional<std::string> is_broken() const;

    // Any thread. They throw index_broken where the disk gives wrong bytes, or it is being made anew; std::system_error where the system
    // gives too little to read it.

    /// Marks it as broken.
    [[noreturn]] void broken(const std::string& what) const;

    std::optional<outcome> find(const command_key& key) const;
    /// The highest command id of a member; nil where there is none.
    uuid highest_command(member_id actor) const;
    /// As recent_index::positions.
    std::vector<position> positions(stream_id stream, version from, direction way) const;
    std::optional<proof::tile> read_tile(unsigned level, std::uint64_t index) const override;

private:
    /// What was found, and who is to know; RocksDB's threads have it too.
    struct damage;

    index_db(const std::filesystem::path& folder, const surroundings& in);
    rocksdb::Status open_database(bool anew);
    rocksdb::DB& in_use() const;
    [[noreturn]] void refuse(const rocksdb::Status& why) const;
    void add_streams(rocksdb::WriteBatch& batch, const generation& complete);
    void add_commands(rocksdb::WriteBatch& batch, const generation& complete) const;
    void add_versions(rocksdb::WriteBatch& batch, const generation& complete);

    std::filesystem::path path_;
    std::filesystem::path mark_;  ///< a file: that it was found damaged
    std::shared_ptr<damage> damage_;
    rocksdb::Options options_;
    mutable std::shared_mutex guard_;  ///< over db_, which is another one once it was made anew
    std::stop_source wanted_;          ///< whoever has it now is to let go; exchanged with db_
    std::unique_ptr<rocksdb::DB> db_;

    // The indexing thread's.
    position reached_;
    proof::hash root_{};
    position added_;                    ///< in batch_: what they become
    proof::hash added_root_{};
    stream_versions written_versions_;  ///< as of the last write, which is behind what the log is at
    rocksdb::WriteBatch batch_;         ///< tiles so far; then everything
    unsigned writes_since_flush_ = 0;
};

}  // namespace events::rocks
