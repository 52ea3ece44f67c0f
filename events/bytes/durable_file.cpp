#include "events/bytes/durable_file.hpp"

#include <boost/system/system_error.hpp>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace events::bytes {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void fail(int error, const char* doing, const fs::path& file) {
    throw boost::system::system_error(error, boost::system::system_category(), std::string("cannot ") + doing + ' ' + file.string());
}

/// An open file or folder; closed at the end of its scope.
class descriptor {
public:
    descriptor(const fs::path& file, int flags, mode_t mode = 0) : number_(::open(file.c_str(), flags | O_CLOEXEC, mode)) {}
    ~descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;

    explicit operator bool() const { return number_ >= 0; }
    int number() const { return number_; }

private:
    int number_;
};

fs::path folder_of(const fs::path& file) { return file.has_parent_path() ? file.parent_path() : fs::path("."); }

void sync(const descriptor& open, const fs::path& name) {
    if (::fsync(open.number()) != 0) fail(errno, "sync", name);
}

void sync_folder(const fs::path& folder) {
    const descriptor open(folder, O_RDONLY | O_DIRECTORY);
    if (!open) fail(errno, "open the folder", folder);
    sync(open, folder);
}

void write_all(const descriptor& to, std::string_view bytes, const fs::path& name) {
    while (!bytes.empty()) {
        const auto written = ::write(to.number(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail(errno, "write", name);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace

void make_folder(const fs::path& folder) {
    std::error_code unknown;  // whatever is the matter, mkdir says it better
    if (fs::is_directory(folder, unknown)) return;
    if (folder.has_parent_path() && folder.has_filename()) make_folder(folder.parent_path());
    if (::mkdir(folder.c_str(), 0700) != 0) {
        const int error = errno;
        if (error == EEXIST && fs::is_directory(folder, unknown)) return;
        fail(error, "make the folder", folder);
    }
    sync_folder(folder_of(folder));
}

void write_file(const fs::path& file, std::string_view bytes) {
    auto beside = file;
    beside += ".new";
    try {
        const descriptor open(beside, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (!open) fail(errno, "make", beside);
        write_all(open, bytes, beside);
        sync(open, beside);
        if (::rename(beside.c_str(), file.c_str()) != 0) fail(errno, "put in place", file);
    } catch (...) {  // half of it would take room that there may not be
        ::unlink(beside.c_str());
        throw;
    }
    sync_folder(folder_of(file));
}

void replace_file(const fs::path& file, std::string_view bytes) {
    const descriptor before(file, O_WRONLY);
    if (!before && errno != ENOENT) fail(errno, "open", file);
    write_file(file, bytes);
    if (before) overwrite(before.number(), file);
}

void sync_folder_of(const fs::path& file) { sync_folder(folder_of(file)); }

std::optional<std::string> read_file(const fs::path& file, std::size_t most) {
    const descriptor open(file, O_RDONLY | O_NONBLOCK);  // a pipe would keep whoever opens it waiting
    if (!open && errno == ENOENT) return std::nullopt;
    if (!open) fail(errno, "open", file);
    struct stat about {};
    if (::fstat(open.number(), &about) != 0) fail(errno, "look at", file);
    if (S_ISDIR(about.st_mode)) fail(EISDIR, "read", file);
    if (!S_ISREG(about.st_mode)) fail(EINVAL, "read as a file", file);
    // One more than there should be, to see its end.
    std::string bytes(std::min(most, static_cast<std::size_t>(about.st_size)) + 1, '\0');
    std::size_t have = 0;
    for (;;) {
        if (have == bytes.size() && have <= most) bytes.resize(std::min(most + 1, 2 * have));
        if (have == bytes.size()) break;
        const auto got = ::read(open.number(), bytes.data() + have, bytes.size() - have);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail(errno, "read", file);
        if (got == 0) break;
        have += static_cast<std::size_t>(got);
    }
    if (have > most) fail(EFBIG, "take in", file);
    bytes.resize(have);
    return bytes;
}

void overwrite(int descriptor, const fs::path& name) {
    constexpr std::size_t at_once = 1u << 20;
    struct stat about {};
    if (::fstat(descriptor, &about) != 0) fail(errno, "look at", name);
    const std::string nothing(std::min(at_once, static_cast<std::size_t>(about.st_size)), '\0');
    for (off_t at = 0; at < about.st_size;) {
        const auto most = std::min(nothing.size(), static_cast<std::size_t>(about.st_size - at));
        const auto written = ::pwrite(descriptor, nothing.data(), most, at);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail(errno, "write", name);
        at += written;
    }
    if (::fsync(descriptor) != 0) fail(errno, "sync", name);
}

bool shred_file(const fs::path& file) {
    {
        const descriptor open(file, O_WRONLY);
        if (!open && errno == ENOENT) return false;
        if (!open) fail(errno, "open", file);
        overwrite(open.number(), file);
    }
    if (::unlink(file.c_str()) != 0) fail(errno, "remove", file);
    sync_folder(folder_of(file));
    return true;
}

}  // namespace events::bytes
