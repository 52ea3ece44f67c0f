#include "events/rocksdb/options.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/listener.h>
#include <rocksdb/table.h>

#include <cstdio>
#include <cstdlib>

namespace events::rocks {
namespace {

constexpr std::size_t MiB = 1u << 20;

class silent final : public rocksdb::Logger {
public:
    using rocksdb::Logger::Logv;
    void Logv(const char*, va_list) override {}
};

/// A flush or a compaction that fails is as final as a write that does.
class ends_process final : public rocksdb::EventListener {
public:
    void OnBackgroundError(rocksdb::BackgroundErrorReason, rocksdb::Status* status) override {
        die("a background write of the log failed", status->ToString());
    }
};

rocksdb::Options common() {
    rocksdb::Options o;
    o.max_background_jobs = 2;
    o.max_bgerror_resume_count = 0;
    o.listeners.push_back(std::make_shared<ends_process>());
    o.allow_concurrent_memtable_write = false;  // there is one writer each
    o.write_buffer_size = 64 * MiB;
    o.max_write_buffer_number = 4;
    // Without it the kernel writes a whole table back at once, and the WAL's fsync waits behind it.
    o.bytes_per_sync = 1 * MiB;
    o.keep_log_file_num = 3;
    o.max_log_file_size = 4 * MiB;
    o.stats_dump_period_sec = 0;
    o.stats_persist_period_sec = 0;
    return o;
}

}  // namespace

void die(const char* what, const std::string& why) {
    std::fprintf(stderr, "opsroom: %s: %s. The process ends here; what was acknowledged is safe. Check the disk, then start again.\n",
                 what, why.c_str());
    std::abort();
}

std::shared_ptr<rocksdb::Cache> make_cache(std::size_t bytes) { return rocksdb::NewLRUCache(bytes); }

std::shared_ptr<rocksdb::Logger> silence() { return std::make_shared<silent>(); }

rocksdb::Options log_options(std::shared_ptr<rocksdb::Cache> cache) {
    auto o = common();
    // What the WAL lost at its end was never acknowledged; what it lost elsewhere shows in `acknowledged`
    // (folder.hpp).
    o.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
    o.compression = rocksdb::kLZ4Compression;
    rocksdb::BlockBasedTableOptions table;
    table.checksum = rocksdb::kXXH3;  // Debian's CRC32C is computed in software
    table.block_cache = std::move(cache);
    table.block_size = 16UL * 1024;
    table.format_version = 5;
    o.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    return o;
}

rocksdb::Options index_options(std::shared_ptr<rocksdb::Cache> cache) {
    auto o = common();
    o.compression = rocksdb::kNoCompression;  // hashes and packed numbers
    rocksdb::BlockBasedTableOptions table;
    table.checksum = rocksdb::kXXH3;
    table.block_cache = std::move(cache);
    table.format_version = 5;
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    o.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    return o;
}

}  // namespace events::rocks
