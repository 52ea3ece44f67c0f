#include "events/rocksdb/backup.hpp"

#include "events/rocksdb/event_store.hpp"
#include "events/rocksdb/folder.hpp"
#include "events/rocksdb/options.hpp"
#include "events/rocksdb/rocksdb_log.hpp"

#include <rocksdb/convenience.h>
#include <rocksdb/file_system.h>
#include <rocksdb/rate_limiter.h>
#include <rocksdb/utilities/backup_engine.h>

#include <algorithm>
#include <stdexcept>
#include <thread>

namespace events {
namespace rocks {
namespace {

namespace fs = std::filesystem;

constexpr const char* log_part = "log";
constexpr const char* index_part = "index";
constexpr std::int64_t refill_microseconds = 100'000;
constexpr std::size_t cache_bytes = 16u << 20;

/// Synced as it is written: an append that is synced meanwhile would wait for all that is not yet on the disk.
class synced_file final : public rocksdb::FSWritableFileOwnerWrapper {
public:
    using FSWritableFileOwnerWrapper::FSWritableFileOwnerWrapper;

    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& how, rocksdb::IODebugContext* about) override {
        return then_sync(target()->Append(data, how, about), data.size(), how, about);
    }
    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& how, const rocksdb::DataVerificationInfo& sum,
                             rocksdb::IODebugContext* about) override {
        return then_sync(target()->Append(data, how, sum, about), data.size(), how, about);
    }

private:
    rocksdb::IOStatus then_sync(rocksdb::IOStatus written, std::size_t bytes, const rocksdb::IOOptions& how, rocksdb::IODebugContext* about) {
        constexpr std::size_t at_once = 1u << 20;
        unsynced_ += bytes;
        if (!written.ok() || unsynced_ < at_once) return written;
        unsynced_ = 0;
        return target()->Sync(how, about);
    }
    std::size_t unsynced_ = 0;
};

class synced_files final : public rocksdb::FileSystemWrapper {
public:
    using FileSystemWrapper::FileSystemWrapper;
    const char* Name() const override { return "opsroom.synced_files"; }
    rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& how, std::unique_ptr<rocksdb::FSWritableFile>* made,
                                      rocksdb::IODebugContext* about) override {
        auto status = target()->NewWritableFile(name, how, made, about);
        if (status.ok()) *made = std::make_unique<synced_file>(std::move(*made));
        return status;
    }
};

void check(const rocksdb::Status& status, const std::string& what) {
    if (!status.ok()) throw std::runtime_error(what + ": " + status.ToString());
}

rocksdb::BackupEngineOptions options_for(const fs::path& folder) {
    rocksdb::BackupEngineOptions o(folder.string());
    o.share_table_files = true;
    o.sync = true;
    // The log is written out first: all that is in it is in tables then, and a backup ends with a whole event.
    o.backup_log_files = false;
    o.max_background_operations = 1;
    return o;
}

std::unique_ptr<rocksdb::BackupEngine> open_engine(const fs::path& folder, const rocksdb::BackupEngineOptions& how) {
    fs::create_directories(folder);
    fs::permissions(folder, fs::perms::owner_all);
    rocksdb::BackupEngine* opened = nullptr;
    check(rocksdb::BackupEngine::Open(how, rocksdb::Env::Default(), &opened), folder.string());
    return std::unique_ptr<rocksdb::BackupEngine>(opened);
}

std::unique_ptr<rocksdb::BackupEngineReadOnly> read_engine(const fs::path& folder, int files_at_once = 1) {
    rocksdb::BackupEngineReadOnly* opened = nullptr;
    auto how = options_for(folder);
    how.max_background_operations = files_at_once;
    how.sync = false;  // nothing is written but by restore_files
    check(rocksdb::BackupEngineReadOnly::Open(how, rocksdb::Env::Default(), &opened), folder.string());
    return std::unique_ptr<rocksdb::BackupEngineReadOnly>(opened);
}

std::uint32_t take_part(rocksdb::DB& of, const fs::path& into, const backup_pace& pace, std::uint64_t& bytes) {
    auto how = options_for(into);
    const auto gently = rocksdb::NewCompositeEnv(std::make_shared<synced_files>(rocksdb::FileSystem::Default()));
    how.backup_env = gently.get();
    if (pace.bytes_per_second > 0)
        how.backup_rate_limiter.reset(rocksdb::NewGenericRateLimiter(static_cast<std::int64_t>(pace.bytes_per_second), refill_microseconds));
    const auto engine = open_engine(into, how);
    rocksdb::CreateBackupOptions what;
    what.flush_before_backup = true;
    what.decrease_background_thread_cpu_priority = true;
    what.background_thread_cpu_priority = rocksdb::CpuPriority::kLow;
    std::uint64_t so_far = 0;
    if (pace.progress)
        what.progress_callback = [&] { pace.progress(so_far += how.callback_trigger_interval_size); };
    const std::stop_callback stopping(pace.stop, [&] { engine->StopBackup(); });
    rocksdb::BackupID number = 0;
    check(engine->CreateNewBackup(what, &of, &number), into.string());
    rocksdb::BackupInfo about;
    check(engine->GetBackupInfo(number, &about), into.string());
    bytes += about.size;
    return number;
}

void keep_only_in(const fs::path& folder, const std::vector<std::uint32_t>& wanted) {
    if (!fs::exists(folder)) return;
    const auto engine = open_engine(folder, options_for(folder));
    std::vector<rocksdb::BackupInfo> there;
    engine->GetBackupInfo(&there);
    for (const auto& one : there)
        if (std::find(wanted.begin(), wanted.end(), one.backup_id) == wanted.end()) check(engine->DeleteBackup(one.backup_id), folder.string());
    check(engine->GarbageCollect(), folder.string());
}

}  // namespace

std::vector<std::uint32_t> backups_in(const fs::path& folder) {
    std::vector<std::uint32_t> numbers;
    if (!fs::exists(folder / log_part)) return numbers;
    std::vector<rocksdb::BackupInfo> there;
    read_engine(folder / log_part)->GetBackupInfo(&there);
    for (const auto& one : there) numbers.push_back(one.backup_id);
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

void keep_only(const fs::path& folder, const std::vector<backup_numbers>& wanted) {
    std::vector<std::uint32_t> logs, indexes;
    for (const auto& w : wanted) {
        logs.push_back(w.log);
        indexes.push_back(w.index);
    }
    keep_only_in(folder / log_part, logs);
    keep_only_in(folder / index_part, indexes);
}

void check_files(const fs::path& folder, backup_numbers which) {
    check(read_engine(folder / log_part)->VerifyBackup(which.log, true), (folder / log_part).string());
    if (which.index) check(read_engine(folder / index_part)->VerifyBackup(which.index, true), (folder / index_part).string());
}

void restore_files(const fs::path& folder, backup_numbers which, const fs::path& to) {
    // Checksums are what takes long, and nobody else needs the cores: the server does not run.
    const int at_once = std::max(2, static_cast<int>(std::thread::hardware_concurrency()));
    const auto restore = [&](const char* part, std::uint32_t number) {
        const auto place = (to / part).string();
        fs::create_directories(to / part);
        check(read_engine(folder / part, at_once)->RestoreDBFromBackup(number, place, place), (folder / part).string());
    };
    restore(log_part, which.log);
    if (which.index) restore(index_part, which.index);
}

void cut_log(const fs::path& folder, position last) {
    event_store::database in;
    const auto path = (folder / log_part).string();
    check(event_store::open_database(path, log_options({.cache = make_cache(cache_bytes)}), true, in), path);
    char first[8], end[8];
    put_big_endian(first, last.value + 1);
    put_big_endian(end, UINT64_MAX);
    const rocksdb::Slice from(first, sizeof first), to(end, sizeof end);
    check(rocksdb::DeleteFilesInRange(in.db.get(), in.log.get(), &from, &to), path);
    check(in.db->DeleteRange({}, in.log.get(), from, to), path);
    check(event_store::forget_idle(in, last), path);
    check(in.db->Flush({}, {in.log.get(), in.idle.get()}), path);
    // What was removed is not to lie in the tables either.
    rocksdb::CompactRangeOptions how;
    how.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
    check(in.db->CompactRange(how, in.log.get(), &from, nullptr), path);
}

struct backed_up_log::impl {
    std::shared_ptr<rocksdb::Env> where;
    event_store::database in;
    position head;
};

backed_up_log::backed_up_log(const fs::path& folder, std::uint32_t number) : impl_(std::make_unique<impl>()) {
    const auto place = folder / log_part;
    rocksdb::BackupInfo about;
    check(read_engine(place)->GetBackupInfo(number, &about, true), place.string());
    impl_->where = about.env_for_open;
    auto options = log_options({.cache = make_cache(cache_bytes)});
    options.env = impl_->where.get();
    options.info_log = silence();
    check(event_store::open_database(about.name_for_open, options, false, impl_->in), place.string());
    const std::unique_ptr<rocksdb::Iterator> at(impl_->in.db->NewIterator({}, impl_->in.log.get()));
    at->SeekToLast();
    check(at->status(), place.string());
    if (at->Valid() && at->key().size() == 8) impl_->head = {get_big_endian(at->key().data())};
}

backed_up_log::~backed_up_log() = default;

position backed_up_log::head() const { return impl_->head; }

void backed_up_log::read(position from, position to, const visitor& visit) const {
    rocksdb::ReadOptions how;
    how.readahead_size = to.value - from.value > 64 ? 2u << 20 : 0;
    how.fill_cache = false;
    const std::unique_ptr<rocksdb::Iterator> at(impl_->in.db->NewIterator(how, impl_->in.log.get()));
    char first[8];
    put_big_endian(first, from.value);
    for (at->Seek({first, sizeof first}); at->Valid(); at->Next()) {
        const position p{at->key().size() == 8 ? get_big_endian(at->key().data()) : 0};
        if (p > to || !visit(p, {at->value().data(), at->value().size()})) return;
    }
    check(at->status(), "the backup can't be read");
}

}  // namespace rocks

rocks::backup_made rocksdb_log::back_up(const std::filesystem::path& into, const rocks::backup_pace& pace) const {
    rocks::backup_made made;
    const auto take = [&](rocksdb::DB& db, const char* part, const std::stop_token& wanted) {
        std::stop_source either;
        const std::stop_callback one(wanted, [&] { either.request_stop(); });
        const std::stop_callback other(pace.stop, [&] { either.request_stop(); });
        auto stoppable = pace;
        stoppable.stop = either.get_token();
        return rocks::take_part(db, into / part, stoppable, made.bytes);
    };
    // The index first: what it has taken in was in the log before. Where it is damaged it is left out: a restore makes it anew.
    try {
        index_->with_database([&](rocksdb::DB& db, const std::stop_token& wanted) { made.numbers.index = take(db, rocks::index_part, wanted); });
    } catch (const std::runtime_error&) {
        if (pace.stop.stop_requested()) throw;
    }
    store_->with_database([&](rocksdb::DB& db, const std::stop_token& wanted) { made.numbers.log = take(db, rocks::log_part, wanted); });
    made.at = rocks::backed_up_log(into, made.numbers.log).head();
    return made;
}

}  // namespace events
