#pragma once
// The log on RocksDB. See folder.hpp for what it keeps where.
//
// An append waits for one fsync: that of the events themselves (event_store). Then the batch is visible to every
// reader, through recent_index, and goes to the indexer, which is what indexed() and the proofs follow.
// An index that is found damaged is made anew from the events beside all that (indexer.hpp); what needs it throws index_broken
// meanwhile.
// Destroying it finishes the indexing and writes everything out, so that the next opening reads no events.

#include "events/log/expectations.hpp"
#include "events/log/log.hpp"
#include "events/log/open_error.hpp"
#include "events/log/position_signal.hpp"
#include "events/rocksdb/backup.hpp"
#include "events/rocksdb/event_store.hpp"
#include "events/rocksdb/folder.hpp"
#include "events/rocksdb/index_db.hpp"
#include "events/rocksdb/indexer.hpp"
#include "events/rocksdb/kept_files.hpp"
#include "events/rocksdb/recent_index.hpp"

#include <filesystem>
#include <functional>
#include <memory>

namespace events {

struct rocksdb_options {
    /// Called while events are indexed that the index lacks, now and then: how many are done, of how many.
    std::function<void(std::uint64_t done, std::uint64_t of)> indexing;
    /// For uncompressed blocks of both databases, in bytes.
    std::size_t cache_bytes = 256u << 20;
    /// File descriptors for each of the two databases; -1: as many as they have files.
    int open_files_max = -1;
    /// Told of each thing that was damaged, gone or of another log, and was put right by itself: in English, which file and
    /// what was done. While it is opened, and on any thread afterwards.
    std::function<void(std::string_view what, std::string_view why)> mended = {};
    /// Commands that had nothing to change: so many are remembered.
    std::size_t idle_commands_max = events::idle_commands_max;
    /// What the databases are kept on; null: the operating system. Outlives the log.
    rocksdb::Env* env = nullptr;
};

class rocksdb_log final : public log {
public:
    /// Opens the log in `folder`, or makes an empty one where there is none; at most one at a time a folder.
    /// Its end is verified. Where the index is behind, missing or damaged, it is computed first.
    static boost::system::result<std::unique_ptr<rocksdb_log>, open_failure> open(const std::filesystem::path& folder,
                                                                                  const rocksdb_options& options = {});
    ~rocksdb_log() override;

    using log::append;
    boost::system::result<position, append_refusal> append(std::span<const entry> batch, std::span<const idle_command> idle) override;
    position head() const override { return head_.get(); }
    position indexed() const override { return indexer_->reached().get(); }
    bool wait_indexed(position p, std::chrono::milliseconds at_most) const override;
    bool wait_beyond(position p, std::chrono::milliseconds at_most) const override;
    version version_of(stream_id stream) const override { return recent_->version_of(stream); }
    std::uint64_t highest(category kind) const override { return recent_->highest(kind); }
    std::optional<outcome> find_command(const command_key& key) const override;
    void read_all(position from, direction way, const visitor& visit) const override;
    void read_stream(stream_id stream, version from, direction way, const visitor& visit) const override;
    bool read_one(position p, const visitor& visit) const override;
    std::uint64_t tree_size() const override { return tree_->size(); }
    proof::hash root(std::uint64_t size) const override { return tree_->root(size); }
    std::vector<proof::hash> inclusion(position p, std::uint64_t size) const override;
    std::vector<proof::hash> consistency(std::uint64_t old_size, std::uint64_t new_size) const override;
    void keep(std::string_view name, std::string_view blob) override { kept_->keep(name, blob); }
    std::optional<std::string> kept(std::string_view name) const override { return kept_->kept(name); }
    std::vector<std::string> kept_names(std::string_view prefix) const override { return kept_->names(prefix); }

    /// Adds a backup of events and index to the folder `into` (backup.hpp), while the log goes on. Any thread, one at a time
    /// a folder.
    rocks::backup_made back_up(const std::filesystem::path& into, const rocks::backup_pace& pace) const;

private:
    rocksdb_log() = default;
    std::optional<open_failure> open_parts(const std::filesystem::path& folder, const rocksdb_options& options);
    bool start_from_index(std::string& why);
    void open_index(const std::filesystem::path& folder, const rocks::surroundings& in);
    std::optional<std::string> catch_up(position reached, const rocks::surroundings& in);
    void hand_over(rocksdb::WriteBatch events, position last);

    // In the order in which they depend on each other.
    std::unique_ptr<rocks::folder_lock> lock_;
    std::unique_ptr<rocks::acknowledged_mark> acknowledged_;
    std::unique_ptr<rocks::kept_files> kept_;
    std::unique_ptr<rocks::event_store> store_;
    std::unique_ptr<rocks::index_db> index_;
    std::unique_ptr<proof::tree> tree_;
    std::unique_ptr<rocks::recent_index> recent_;
    std::unique_ptr<rocks::indexer> indexer_;
    position_signal head_;
    expectations expectations_;  // the appending thread's
};

}  // namespace events
