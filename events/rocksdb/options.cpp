#include "events/rocksdb/options.hpp"

#include "events/ending/ending.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/listener.h>
#include <rocksdb/table.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>

namespace events::rocks {
/// A flush or a compaction of the log that fails is as final as a write that does, but for a full disk: what they would have
/// written is in the WAL still.
class starvation final : public rocksdb::EventListener {
public:
    explicit starvation(background_failure other) : other_(std::move(other)) {}

    void OnBackgroundError(rocksdb::BackgroundErrorReason, rocksdb::Status* status) override {
        if (is_no_room(*status)) met = true;
        else other_(*status);
    }
    std::atomic<bool> met{false};

private:
    background_failure other_;
};

bool is_no_room(const rocksdb::Status& status) { return status.IsNoSpace(); }

int shortage_in(const rocksdb::Status& status) {
    if (status.ok()) return 0;
    if (status.IsMemoryLimit()) return ENOMEM;
    // RocksDB keeps the system's words alone.
    const auto text = status.ToString();
    for (const int error : {EMFILE, ENFILE, ENOMEM, EAGAIN})
        if (text.find(std::strerror(error)) != std::string::npos) return error;
    return 0;
}

bool starved(const rocksdb::Options& of) { return static_cast<const starvation&>(*of.listeners.at(0)).met; }
void fed(const rocksdb::Options& of) { static_cast<starvation&>(*of.listeners.at(0)).met = false; }

namespace {

constexpr std::size_t MiB = 1u << 20;

class silent final : public rocksdb::Logger {
public:
    using rocksdb::Logger::Logv;
    void Logv(const char*, va_list) override {}
};

rocksdb::Options common(const surroundings& in, background_failure other) {
    rocksdb::Options o;
    if (in.env) o.env = in.env;
    o.max_open_files = in.open_files_max;
    o.max_background_jobs = 2;
    o.max_file_opening_threads = 2;  // of more than one beside its own, those that are running end the process where the next can't be had
    o.max_bgerror_resume_count = 0;
    o.listeners.push_back(std::make_shared<starvation>(std::move(other)));
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

void die(const char* what, const rocksdb::Status& why) {
    const auto says = std::string(what) + ": " + why.ToString();
    if (why.IsCorruption())
        end_process(ending::damaged, {says + "。日志文件损坏：请保留数据目录，从备份恢复",
                                      says + ". The log's files are damaged: keep the data folder as it is and restore a backup"});
    end_process(ending::not_durable, {says + "。进程到此结束，已确认的内容是安全的：请检查磁盘后重新启动",
                                      says + ". The process ends here; what was acknowledged is safe. Check the disk, then start again"});
}

std::shared_ptr<rocksdb::Cache> make_cache(std::size_t bytes) { return rocksdb::NewLRUCache(bytes); }

std::shared_ptr<rocksdb::Logger> silence() { return std::make_shared<silent>(); }

rocksdb::Options log_options(const surroundings& in) {
    auto o = common(in, [](const rocksdb::Status& why) { die("a background write of the log failed", why); });
    // What the WAL lost at its end was never acknowledged; what it lost elsewhere shows in `acknowledged`
    // (folder.hpp).
    o.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
    // Else a family that is seldom written would keep every WAL since then, and a flush could run ahead of one that is damaged.
    o.atomic_flush = true;
    o.compression = rocksdb::kLZ4Compression;
    rocksdb::BlockBasedTableOptions table;
    table.checksum = rocksdb::kXXH3;  // Debian's CRC32C is computed in software
    table.block_cache = in.cache;
    table.block_size = 16UL * 1024;
    table.format_version = 5;
    o.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    return o;
}

rocksdb::Options index_options(const surroundings& in, background_failure broken) {
    auto o = common(in, std::move(broken));
    o.compression = rocksdb::kNoCompression;  // hashes and packed numbers
    rocksdb::BlockBasedTableOptions table;
    table.checksum = rocksdb::kXXH3;
    table.block_cache = in.cache;
    table.format_version = 5;
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    o.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    return o;
}

}  // namespace events::rocks
