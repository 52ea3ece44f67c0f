#pragma once
// A log's data folder:
//   lock          held (flock) by the one process that has the log open; says which, and which file this is, until it is
//                 given back: so a copy that was made meanwhile is known as one
//   log/          RocksDB: the events
//   index/        RocksDB: all that can be computed from them again
//   acknowledged  the last position that was durable: see acknowledged_mark
//   kept/         one file a blob

#include "events/catalog/id.hpp"
#include "events/log/open_error.hpp"

#include <boost/system/result.hpp>

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>

namespace events::rocks {

/// Holds the folder for this process until destroyed.
class folder_lock {
public:
    /// Makes the folder if there is none. open_error::copied where this is a copy of a folder that was in use.
    static boost::system::result<std::unique_ptr<folder_lock>, open_failure> take(const std::filesystem::path& folder);
    ~folder_lock();
    folder_lock(const folder_lock&) = delete;
    folder_lock& operator=(const folder_lock&) = delete;

    /// Tells others who has it. Not done by take(), so that a folder that can't be opened stays as it is.
    void sign();

private:
    explicit folder_lock(int file) : file_(file) {}
    int file_;
    bool signed_ = false;
};

/// The last position whose fsync was over, in a shared mapping: no system call, and it survives the process
/// though not always the machine. So it is never above what must be on the disk: a log that ends before it has
/// lost something. RocksDB alone can't tell a WAL that was damaged from one that the machine's end cut off.
class acknowledged_mark {
public:
    /// Nothing where there is none, or where the file is not what was written.
    static std::optional<position> read(const std::filesystem::path& file);

    /// Maps the file, made if need be. Throws std::system_error.
    explicit acknowledged_mark(const std::filesystem::path& file);
    ~acknowledged_mark();
    acknowledged_mark(const acknowledged_mark&) = delete;
    acknowledged_mark& operator=(const acknowledged_mark&) = delete;

    void set(position p) {
        mapped_[0].store(p.value, std::memory_order_relaxed);
        mapped_[1].store(~p.value, std::memory_order_relaxed);
    }

private:
    std::atomic<std::uint64_t>* mapped_;  ///< the position, and its complement: to know it from damage
};

/// fsync of a file or folder. Throws std::system_error.
void sync_path(const std::filesystem::path& path);

}  // namespace events::rocks
