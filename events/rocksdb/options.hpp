#pragma once
// How the two databases are set, for 2 cores and some 24 GB. Debian's RocksDB 7.8.3 has known faults, so:
// no manual_wal_flush, no compressed WAL, no unordered_write, and no resuming after a write error.

#include <rocksdb/options.h>

#include <cstdint>
#include <memory>
#include <string>

namespace events::rocks {

/// Shared by both databases.
std::shared_ptr<rocksdb::Cache> make_cache(std::size_t bytes);

/// The events: sequential keys, written with a WAL and read mostly in long runs.
rocksdb::Options log_options(std::shared_ptr<rocksdb::Cache> cache);

/// The indexes: no WAL, sorted chunks, many look-ups of what is not there.
rocksdb::Options index_options(std::shared_ptr<rocksdb::Cache> cache);

/// For looking at a database without leaving a trace, not even RocksDB's own LOG file.
std::shared_ptr<rocksdb::Logger> silence();

/// Says why in one line on stderr and ends the process: what is durable is not known any more.
[[noreturn]] void die(const char* what, const std::string& why);

inline void put_big_endian(char* out, std::uint64_t v) {
    for (int i = 7; i >= 0; --i, v >>= 8) out[i] = static_cast<char>(v);
}

inline std::uint64_t get_big_endian(const char* in) {
    std::uint64_t v = 0;
    for (int i = 0; i < 8; ++i) v = v << 8 | static_cast<unsigned char>(in[i]);
    return v;
}

}  // namespace events::rocks
