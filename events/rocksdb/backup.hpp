#pragma once
// Backups of a log's two databases, in folders of RocksDB's own backup engine: FOLDER/log and FOLDER/index. Tables of the
// log never change once they are written, so each is copied once, however many backups hold it; only what is new since the
// last backup is written. A backup is there when its list of files is, which is written last: whatever ends the process or
// the disk's space in the middle leaves the ones before whole, and the next one tidies up.
//
// Why tables and not the events one by one: a restore is then a copy, index and all; written anew, the index of some
// million events takes a minute. What the bytes are is proven by the log's own tree (backed_up_log, and `verify` on what
// was restored), which needs no trust in any of this. A point in time is a backup from after it, cut off there.
//
// All throw std::runtime_error, in English, where the disk or RocksDB refuses; std::filesystem's own errors are among them.

#include "events/log/log.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace events {

class rocksdb_log;

namespace rocks {

/// One backup's numbers in the two folders; 0: it has none there.
struct backup_numbers {
    std::uint32_t log = 0;
    std::uint32_t index = 0;
    bool operator==(const backup_numbers&) const = default;
};

struct backup_pace {
    std::uint64_t bytes_per_second = 0;  ///< written; 0: as fast as it goes
    std::function<void(std::uint64_t bytes)> progress = {};  ///< about every 4 MiB, on any thread; must not throw
    std::stop_token stop = {};           ///< it then throws
};

struct backup_made {
    backup_numbers numbers;
    position at;              ///< the last event in it
    std::uint64_t bytes = 0;  ///< of all of its files, those of earlier backups that it shares among them
};

/// Those that are whole, by number.
std::vector<std::uint32_t> backups_in(const std::filesystem::path& folder);

/// Removes all but these, and what a backup that did not come to its end has left.
void keep_only(const std::filesystem::path& folder, const std::vector<backup_numbers>& wanted);

/// Compares every file of it with its checksum.
void check_files(const std::filesystem::path& folder, backup_numbers which);

/// Copies it to `to`/log and `to`/index, each file compared with its checksum. Without an index (0) none is made there. Not synced: all of the folder is, by who restores, before it counts.
void restore_files(const std::filesystem::path& folder, backup_numbers which, const std::filesystem::path& to);

/// Removes every event after `last` from the log in `folder`, which nobody has open, for good; and forgets the commands that
/// had nothing to change later than that. Its index must not reach
/// beyond `last`: remove it, and it is computed again.
void cut_log(const std::filesystem::path& folder, position last);

/// The events of one backup, as they lie there. Any thread.
class backed_up_log {
public:
    backed_up_log(const std::filesystem::path& folder, std::uint32_t number);
    ~backed_up_log();

    position head() const;
    /// Forwards. Throws std::runtime_error where the disk gives none or wrong bytes.
    void read(position from, position to, const visitor& visit) const;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace rocks
}  // namespace events
