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

open_failure no_access(const std::filesystem::path& folder, int error) {
    return {open_error::no_access, folder.string(), std::strerror(error)};
}

std::string holder(int file) {
    char text[32];
    const auto n = ::pread(file, text, sizeof text, 0);
    if (n <= 0) return {};
    return "process " + std::string(text, static_cast<std::size_t>(n));
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
    return std::unique_ptr<folder_lock>(new folder_lock(file));
}

folder_lock::~folder_lock() { ::close(file_); }

void folder_lock::sign() const {
    const auto id = std::to_string(::getpid());
    // Only a help to people: nothing depends on it.
    if (::ftruncate(file_, 0) == 0) [[maybe_unused]] const auto written = ::pwrite(file_, id.data(), id.size(), 0);
}

position acknowledged_mark::read(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return {};
    std::uint64_t value = 0;
    const auto n = ::pread(file, &value, sizeof value, 0);
    ::close(file);
    return {n == sizeof value ? value : 0};
}

acknowledged_mark::acknowledged_mark(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0) throw std::system_error(errno, std::generic_category(), path.string());
    void* at = MAP_FAILED;
    if (::ftruncate(file, sizeof(std::uint64_t)) == 0)
        at = ::mmap(nullptr, sizeof(std::uint64_t), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    const int why = errno;
    ::close(file);
    if (at == MAP_FAILED) throw std::system_error(why, std::generic_category(), path.string());
    static_assert(std::atomic<std::uint64_t>::is_always_lock_free && sizeof(std::atomic<std::uint64_t>) == 8);
    mapped_ = static_cast<std::atomic<std::uint64_t>*>(at);
}

acknowledged_mark::~acknowledged_mark() { ::munmap(mapped_, sizeof(std::uint64_t)); }

void sync_path(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) throw std::system_error(errno, std::generic_category(), path.string());
    const int result = ::fsync(file);
    const int why = errno;
    ::close(file);
    if (result != 0) throw std::system_error(why, std::generic_category(), path.string());
}

}  // namespace events::rocks
