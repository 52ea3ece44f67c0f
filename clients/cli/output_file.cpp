#include "clients/cli/output_file.hpp"

#include "clients/cli/client.hpp"
#include "clients/cli/failure.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace cli {
namespace {

constexpr int links_max = 40;

/// Where a path leads in the end, also where nothing is there yet.
std::string behind_links(std::string path) {
    namespace fs = std::filesystem;
    std::error_code none;
    for (int i = 0; i < links_max && fs::is_symlink(fs::symlink_status(path, none)); ++i) {
        const auto to = fs::read_symlink(path, none);
        if (none) break;
        path = to.is_absolute() ? to.string() : (fs::path(path).parent_path() / to).string();
    }
    return path;
}

}  // namespace

output_file::output_file(std::string path, std::ostream& stdout_stream) : path_(std::move(path)) {
    if (path_ == "-") stdout_ = &stdout_stream;
    else open(false);
}

output_file::output_file(std::string path, secret) : path_(std::move(path)) { open(true); }

output_file::~output_file() {
    if (fd_ >= 0) ::close(fd_);
    if (!beside_.empty()) ::unlink(beside_.c_str());
}

void output_file::fail() const {
    const int why = errno;
    throw failure(exit_code::invalid, fmt::format("无法写入 {}：{}", path_, in_words(why, language::zh)), fmt::format("cannot write {}: {}", path_, in_words(why, language::en)));
}

void output_file::open(bool secret) {
    constexpr mode_t permissions = 07777, usual = 0666, own = 0600;
    target_ = behind_links(path_);
    std::error_code none;
    if (std::filesystem::is_symlink(std::filesystem::symlink_status(target_, none))) {
        errno = ELOOP;
        fail();
    }
    struct stat there {};
    const bool exists = ::stat(target_.c_str(), &there) == 0;
    if (exists && S_ISDIR(there.st_mode)) {
        errno = EISDIR;
        fail();
    }
    if (exists && !S_ISREG(there.st_mode)) {
        fd_ = ::open(target_.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
        if (fd_ < 0) fail();
        return;
    }
    const auto beside = target_ + ".part";
    // Made unreadable for others before anything is in it.
    const auto first_mode = secret || exists ? own : usual;
    fd_ = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, first_mode);
    if (fd_ < 0) fail();
    beside_ = beside;
    if (exists && ::fchown(fd_, there.st_uid, there.st_gid) != 0) errno = 0;  // only root can give a file away
    if ((secret || exists) && ::fchmod(fd_, secret ? own : there.st_mode & permissions) != 0) fail();
}

void output_file::write(std::string_view bytes) {
    if (stdout_) {
        *stdout_ << bytes;
        return;
    }
    while (!bytes.empty()) {
        const auto n = ::write(fd_, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) fail();
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
}

void output_file::finish() {
    if (stdout_) {
        *stdout_ << std::flush;
        return;
    }
    // Pipes and terminals have nothing to sync.
    if (!beside_.empty() && ::fsync(fd_) != 0) fail();
    const int closed = ::close(fd_);
    fd_ = -1;
    if (closed != 0) fail();
    if (!beside_.empty() && ::rename(beside_.c_str(), target_.c_str()) != 0) fail();
    beside_.clear();
}

}  // namespace cli
