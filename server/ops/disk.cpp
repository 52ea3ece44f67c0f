#include "server/ops/disk.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <limits>

namespace server::ops {
namespace {

constexpr std::int64_t look_every_ms = 10;
constexpr std::uint64_t share_of_disk = 20;
constexpr char reserve_name[] = "reserve";

std::int64_t now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::uint64_t size_of(const std::filesystem::path& file) {
    struct stat about {};
    return ::stat(file.c_str(), &about) == 0 && S_ISREG(about.st_mode) ? static_cast<std::uint64_t>(about.st_size) : 0;
}

/// A folder that has yet to be made will be on the disk of the one that it is in.
bool ask(std::filesystem::path folder, struct statvfs& about) {
    while (::statvfs(folder.c_str(), &about) != 0) {
        if (!folder.has_relative_path()) return false;
        folder = folder.parent_path();
    }
    return true;
}

}  // namespace

disk::disk(std::filesystem::path folder, std::uint64_t bytes) : folder_(std::move(folder)) {
    folder_ = std::filesystem::absolute(folder_);
    struct statvfs about {};
    aside_ = bytes;
    if (ask(folder_, about)) aside_ = std::min(bytes, static_cast<std::uint64_t>(about.f_blocks) * about.f_frsize / share_of_disk);
    look();
    if (free_bytes() < aside_ / 8) ::unlink((folder_ / reserve_name).c_str());
    look();
}

void disk::look() {
    struct statvfs about {};
    // Where it can't be asked, writing will tell.
    const auto free = ask(folder_, about) ? static_cast<std::uint64_t>(about.f_bavail) * about.f_frsize
                                                              : std::numeric_limits<std::uint64_t>::max();
    free_.store(free, std::memory_order_relaxed);
    if (free < aside_ / 2) full_.store(true, std::memory_order_relaxed);
    else if (free >= aside_ / 4 * 3) full_.store(false, std::memory_order_relaxed);
}

bool disk::has_room() {
    const auto now = now_ms();
    auto last = looked_.load(std::memory_order_relaxed);
    if (now - last >= look_every_ms && looked_.compare_exchange_strong(last, now, std::memory_order_relaxed)) look();
    return !full();
}

bool disk::has_room_for(std::uint64_t bytes) { return has_room() && bytes < free_bytes() && free_bytes() - bytes >= aside_ / 2; }

void disk::look_after() {
    const std::lock_guard hold(reserve_);
    look();
    const auto file = folder_ / reserve_name;
    const auto wanted = aside_ / 2;
    const auto there = size_of(file);
    if (there > 0 && free_bytes() < aside_ / 8) {
        ::unlink(file.c_str());
    } else if (there < wanted && free_bytes() > 2 * aside_) {
        const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        if (made < 0) return;
        if (::posix_fallocate(made, 0, static_cast<off_t>(wanted)) != 0) ::unlink(file.c_str());
        ::close(made);
    } else {
        return;
    }
    look();
}

}  // namespace server::ops
