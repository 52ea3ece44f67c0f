#include "server/backup/copying.hpp"

#include "events/bytes/durable_file.hpp"

#include <boost/system/system_error.hpp>

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <memory>
#include <optional>
#include <thread>

namespace server::backup {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t piece = 1u << 20;

[[noreturn]] void fail(const fs::path& file) { throw boost::system::system_error(errno, boost::system::system_category(), file.string()); }

struct descriptor {
    descriptor(const fs::path& path, int how) : name(path), number(::open(path.c_str(), how | O_CLOEXEC, 0600)) {
        if (number < 0) fail(path);
    }
    ~descriptor() { ::close(number); }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;

    /// 0 at the end.
    std::size_t read(std::string& into) const {
        for (;;) {
            const auto n = ::read(number, into.data(), into.size());
            if (n >= 0) return static_cast<std::size_t>(n);
            if (errno != EINTR) fail(name);
        }
    }
    void write(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto n = ::write(number, bytes.data(), bytes.size());
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) fail(name);
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
    }
    fs::path name;
    int number;
};

class summing {
public:
    summing() : sum_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) { EVP_DigestInit_ex(sum_.get(), EVP_sha256(), nullptr); }
    void add(std::string_view bytes) { EVP_DigestUpdate(sum_.get(), bytes.data(), bytes.size()); }
    std::string hex() {
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned size = 0;
        EVP_DigestFinal_ex(sum_.get(), digest, &size);
        constexpr char digits[] = "0123456789abcdef";
        std::string out;
        for (unsigned i = 0; i < size; ++i) out += {digits[digest[i] >> 4], digits[digest[i] & 15]};
        return out;
    }

private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> sum_;
};

/// Reads all of `from`, piece by piece.
template <class Take>
listed_file read_all_of(const descriptor& from, std::string path, Take&& take) {
    listed_file about{{}, 0, std::move(path)};
    summing sum;
    std::string bytes(piece, '\0');
    while (const auto n = from.read(bytes)) {
        const auto part = std::string_view(bytes).substr(0, n);
        sum.add(part);
        about.bytes += n;
        take(part);
    }
    about.sha256 = sum.hex();
    return about;
}

}  // namespace

void go_on_or_throw(const pace& at) {
    if (at.stop.stop_requested())
        throw failure("备份被中止：服务器正在停止。之前的备份不受影响，下次会接着做", "the backup was given up, as the server is stopping: earlier ones are whole, and the next one goes on from them");
}

listed_file copy_file(const fs::path& from, const fs::path& to, std::string path, const pace& at) {
    events::bytes::make_folder(to.parent_path());
    auto beside = to;
    beside += ".new";
    const descriptor in(from, O_RDONLY);
    listed_file about;
    {
        const descriptor out(beside, O_WRONLY | O_CREAT | O_TRUNC);
        about = read_all_of(in, std::move(path), [&](std::string_view part) {
            go_on_or_throw(at);
            out.write(part);
            // A little at a time, so that an append which is synced meanwhile does not wait for all of it.
            if (at.syncs && ::fdatasync(out.number) != 0) fail(beside);
            if (at.bytes_per_second > 0) std::this_thread::sleep_for(std::chrono::microseconds(part.size() * 1'000'000 / at.bytes_per_second));
        });
        if (at.syncs && ::fsync(out.number) != 0) fail(beside);
    }
    if (::rename(beside.c_str(), to.c_str()) != 0) fail(to);
    if (at.syncs) events::bytes::sync_folder_of(to);
    return about;
}

void sync_all(const fs::path& folder) {
    const descriptor it(folder, O_RDONLY | O_DIRECTORY);
    if (::syncfs(it.number) != 0) fail(folder);
}

listed_file copy_over(const fs::path& from, const fs::path& to, std::string path, const pace& at) {
    std::optional<descriptor> before;
    if (fs::exists(to)) before.emplace(to, O_WRONLY);
    auto about = copy_file(from, to, std::move(path), at);
    if (before) events::bytes::overwrite(before->number, to);
    return about;
}

listed_file look_at(const fs::path& file, std::string path) {
    try {
        return read_all_of(descriptor(file, O_RDONLY), std::move(path), [](std::string_view) {});
    } catch (const boost::system::system_error& e) {
        throw failure(file.string() + " 无法读取：" + e.code().message(), file.string() + " can't be read: " + e.code().message());
    }
}

writing::writing(const fs::path& folder) : file_(::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (file_ < 0) fail(folder / "lock");
    if (::flock(file_, LOCK_EX | LOCK_NB) == 0) return;
    ::close(file_);
    throw failure(folder.string() + " 正在写入另一个备份：请等它完成", "another backup is being written to " + folder.string() + ": wait until it is done");
}

writing::~writing() { ::close(file_); }

}  // namespace server::backup
