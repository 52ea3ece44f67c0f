#pragma once
// How the two databases are set, for 2 cores and some 24 GB. Debian's RocksDB 7.8.3 has known faults, so:
// no manual_wal_flush, no compressed WAL, no unordered_write, and no resuming after a write error.

#include "events/log/log.hpp"

#include <rocksdb/options.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace events::rocks {

/// What both databases share.
struct surroundings {
    std::shared_ptr<rocksdb::Cache> cache;
    rocksdb::Env* env = nullptr;  ///< null: the operating system's. Outlives the databases
    int open_files_max = -1;      ///< of each database; -1: all of them stay open
    /// Told of what was put right by itself, in English: "index", "made anew: …". Any thread; may be empty.
    std::function<void(std::string_view what, std::string_view why)> mended;
    std::size_t idle_commands_max = events::idle_commands_max;
    /// Called while events are indexed that the index lacks, now and then. Any thread; may be empty.
    std::function<void(std::uint64_t done, std::uint64_t of)> indexing = {};
};

/// Shared by both databases.
std::shared_ptr<rocksdb::Cache> make_cache(std::size_t bytes);

/// The events: sequential keys, written with a WAL and read mostly in long runs.
rocksdb::Options log_options(const surroundings& in);

/// What became of a flush or a compaction that failed for anything but want of space: told on one of RocksDB's own threads.
using background_failure = std::function<void(const rocksdb::Status&)>;

/// The indexes: no WAL, sorted chunks, many look-ups of what is not there.
rocksdb::Options index_options(const surroundings& in, background_failure broken);

/// For looking at a database without leaving a trace, not even RocksDB's own LOG file.
std::shared_ptr<rocksdb::Logger> silence();

/// Set in a database's options: what a flush or a compaction that failed for want of space leaves behind, until it is
/// opened or resumed anew. Any other background failure of the log ends the process.
class starvation;
/// Whether the database that was opened with these options has met a full disk since the last call of fed().
bool starved(const rocksdb::Options& of);
void fed(const rocksdb::Options& of);

/// Whether it failed for want of space.
bool is_no_room(const rocksdb::Status& status);

/// What the system did not give (descriptors, memory), which says nothing of the files: errno, or 0.
int shortage_in(const rocksdb::Status& status);

/// Says why in one line on stderr and ends the process: what is durable is not known any more.
[[noreturn]] void die(const char* what, const rocksdb::Status& why);

inline void put_big_endian(char* out, std::uint64_t v) {
    for (int i = 7; i >= 0; --i, v >>= 8) out[i] = static_cast<char>(v);
}

inline std::uint64_t get_big_endian(const char* in) {
    std::uint64_t v = 0;
    for (int i = 0; i < 8; ++i) v = v << 8 | static_cast<unsigned char>(in[i]);
    return v;
}

}  // namespace events::rocks
