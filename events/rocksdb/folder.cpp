#include "events/rocksdb/folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

namespace events::rocks {
namespace {

constexpr std::size_t mapped_bytes = 2 * sizeof(std::uint64_t);

open_failure no_access(const std::filesystem::path& folder, int error) {
    return {error == ENOSPC ? open_error::no_room : open_error::no_access, folder.string(), std::strerror(error)};
}

std::string content_of(int file) {
    char text[128];
    const auto n = ::pread(file, text, sizeof text, 0);
    return n <= 0 ? std::string() : std::string(text, static_cast<std::size_t>(n));
}

std::string holder(int file) {
    const auto text = content_of(file);
    return text.empty() ? text : "process " + text.substr(0, text.find(' '));
}

/// What no copy of the file has: its inode and when that was born. Nothing where the system can't tell.
std::string birth_of(int file) {
    struct statx about {};
    if (::statx(file, "", AT_EMPTY_PATH, STATX_INO | STATX_BTIME, &about) != 0) return {};
    std::string out = std::to_string(about.stx_ino);
    if (about.stx_mask & STATX_BTIME) out += ' ' + std::to_string(about.stx_btime.tv_sec) + '.' + std::to_string(about.stx_btime.tv_nsec);
    return out;
}

/// Whoever held it last did not give it back, and it was another file that they held: the folder was copied from under them.
bool is_copy(int file) {
    const auto text = content_of(file);
    const auto space = text.find(' ');
    if (space == text.npos) return false;  // given back, or by a version that did not say
    const auto here = birth_of(file);
    return !here.empty() && text.substr(space + 1) != here;
}

}  // namespace

boost::system::result<std::unique_ptr<folder_lock>, open_failure> folder_lock::take(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return no_access(folder, error.value());
    const int file = ::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0) return no_access(folder, errno);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        const int why = errno;
        const open_failure failure = why == EWOULDBLOCK ? open_failure{open_error::locked, folder.string(), holder(file)}
                                                        : no_access(folder, why);
        ::close(file);
        return failure;
    }
    if (is_copy(file)) {
        ::close(file);
        return open_failure{open_error::copied, folder.string(), {}};
    }
    return std::unique_ptr<folder_lock>(new folder_lock(file));
}

folder_lock::~folder_lock() {
    // Given back: from here on it may be copied. Where that fails a copy is refused that need not be.
    if (signed_) [[maybe_unused]] const auto emptied = ::ftruncate(file_, 0);
    ::close(file_);
}

void folder_lock::sign() {
    const auto id = std::to_string(::getpid()) + ' ' + birth_of(file_);
    if (::ftruncate(file_, 0) == 0) [[maybe_unused]] const auto written = ::pwrite(file_, id.data(), id.size(), 0);
    signed_ = true;
}

std::optional<position> acknowledged_mark::read(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return std::nullopt;
    std::uint64_t words[2] = {};
    const auto n = ::pread(file, words, sizeof words, 0);
    ::close(file);
    // One word alone is how it was first written.
    if (n == sizeof words[0] || (n == sizeof words && words[1] == ~words[0])) return position{words[0]};
    return std::nullopt;
}

acknowledged_mark::acknowledged_mark(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) throw std::system_error(errno, std::generic_category(), path.string());
    void* at = MAP_FAILED;
    int why = ::ftruncate(file, mapped_bytes) == 0 ? 0 : errno;
    // A hole that the disk has no room for would be a signal when it is first written to.
    if (why == 0) why = ::posix_fallocate(file, 0, mapped_bytes);
    if (why == 0) {
        at = ::mmap(nullptr, mapped_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (at == MAP_FAILED) why = errno;
    }
    ::close(file);
    if (at == MAP_FAILED) throw std::system_error(why, std::generic_category(), path.string());
    static_assert(std::atomic<std::uint64_t>::is_always_lock_free && sizeof(std::atomic<std::uint64_t>) == 8);
    mapped_ = static_cast<std::atomic<std::uint64_t>*>(at);
}

acknowledged_mark::~acknowledged_mark() { ::munmap(mapped_, mapped_bytes); }

void sync_path(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) throw std::system_error(errno, std::generic_category(), path.string());
    const int result = ::fsync(file);
    const int why = errno;
    ::close(file);
    if (result != 0) throw std::system_error(why, std::generic_category(), path.string());
}

}  // namespace events::rocks
