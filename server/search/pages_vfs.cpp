#include "server/search/pages_vfs.hpp"

#include <sqlite3.h>

#include <array>
#include <atomic>
#include <cstring>
#include <stdexcept>

namespace server::search {

/// What SQLite calls: nothing may be thrown through it.
struct pages_file {
    sqlite3_file base;
    pages_vfs* of;

    static constexpr auto page_bytes = static_cast<sqlite3_int64>(sealed_pages::page_bytes);

    template <class F>
    static int guarded(sqlite3_file* file, int code, F f) {
        auto& of = *reinterpret_cast<pages_file*>(file)->of;
        try {
            return f(of.on_);
        } catch (...) {
            of.failed_ = std::current_exception();
            return code;
        }
    }

    static int close(sqlite3_file*) { return SQLITE_OK; }

    /// A page, or the beginning of the first one, before it is known how large they are.
    static int read(sqlite3_file* file, void* into, int size, sqlite3_int64 at) {
        return guarded(file, SQLITE_IOERR_READ, [&](sealed_pages& on) {
            const auto page = at / page_bytes, within = at % page_bytes;
            if (page >= on.count() || within + size > page_bytes) {
                std::memset(into, 0, static_cast<std::size_t>(size));
                return SQLITE_IOERR_SHORT_READ;
            }
            if (size == page_bytes) {
                on.read(static_cast<std::uint32_t>(page), static_cast<char*>(into));
                return SQLITE_OK;
            }
            std::array<char, sealed_pages::page_bytes> whole;
            on.read(static_cast<std::uint32_t>(page), whole.data());
            std::memcpy(into, whole.data() + within, static_cast<std::size_t>(size));
            return SQLITE_OK;
        });
    }

    static int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
        return guarded(file, SQLITE_IOERR_WRITE, [&](sealed_pages& on) {
            if (size != page_bytes || at % page_bytes != 0) throw std::logic_error("SQLite writes less than a page");
            on.write(static_cast<std::uint32_t>(at / page_bytes), static_cast<const char*>(from));
            return SQLITE_OK;
        });
    }

    static int truncate(sqlite3_file* file, sqlite3_int64 size) {
        return guarded(file, SQLITE_IOERR_TRUNCATE, [&](sealed_pages& on) {
            on.cut(static_cast<std::uint32_t>(size / page_bytes));
            return SQLITE_OK;
        });
    }

    static int size(sqlite3_file* file, sqlite3_int64* bytes) {
        *bytes = reinterpret_cast<pages_file*>(file)->of->on_.count() * page_bytes;
        return SQLITE_OK;
    }

    static int sync(sqlite3_file*, int) { return SQLITE_OK; }
    static int lock(sqlite3_file*, int) { return SQLITE_OK; }
    static int is_reserved(sqlite3_file*, int* held) {
        *held = 0;
        return SQLITE_OK;
    }
    static int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
    static int sector(sqlite3_file*) { return static_cast<int>(page_bytes); }
    static int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

    static int open(sqlite3_vfs* vfs, const char*, sqlite3_file* file, int flags, int* given) {
        static const sqlite3_io_methods methods{1,    close, read, write, truncate, sync, size, lock, lock, is_reserved, control, sector, characteristics,
                                                nullptr, nullptr, nullptr, nullptr, nullptr, nullptr};
        file->pMethods = nullptr;
        if (!(flags & SQLITE_OPEN_MAIN_DB)) return SQLITE_CANTOPEN;  // nothing else lies on a disk
        file->pMethods = &methods;
        reinterpret_cast<pages_file*>(file)->of = static_cast<pages_vfs*>(vfs->pAppData);
        if (given) *given = flags;
        return SQLITE_OK;
    }
    static int remove(sqlite3_vfs*, const char*, int) { return SQLITE_OK; }
    static int access(sqlite3_vfs*, const char*, int, int* there) {
        *there = 0;
        return SQLITE_OK;
    }
    static int full_name(sqlite3_vfs*, const char* name, int size, char* out) {
        sqlite3_snprintf(size, out, "%s", name);
        return SQLITE_OK;
    }
};

pages_vfs::pages_vfs(sealed_pages& on) : on_(on) {
    static std::atomic<std::uint64_t> made{0};
    name_ = "opsroom-search-" + std::to_string(++made);
    // Time and chance are the system's.
    vfs_ = std::make_unique<sqlite3_vfs>(*sqlite3_vfs_find(nullptr));
    vfs_->iVersion = 1;
    vfs_->szOsFile = sizeof(pages_file);
    vfs_->pNext = nullptr;
    vfs_->zName = name_.c_str();
    vfs_->pAppData = this;
    vfs_->xOpen = pages_file::open;
    vfs_->xDelete = pages_file::remove;
    vfs_->xAccess = pages_file::access;
    vfs_->xFullPathname = pages_file::full_name;
    if (sqlite3_vfs_register(vfs_.get(), 0) != SQLITE_OK) throw std::runtime_error("SQLite takes no file system");
}

pages_vfs::~pages_vfs() { sqlite3_vfs_unregister(vfs_.get()); }

}  // namespace server::search
