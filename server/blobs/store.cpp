#include "server/blobs/store.hpp"

#include "events/bytes/durable_file.hpp"

#include <boost/system/system_error.hpp>

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <vector>

namespace server::blobs {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& file) {
    throw boost::system::system_error(errno, boost::system::system_category(), file.string());
}

/// A file that is closed when it goes.
class file {
public:
    file(const fs::path& path, int how) : path_(path), fd_(::open(path.c_str(), how | O_CLOEXEC, 0600)) {
        if (fd_ < 0) fail(path);
    }
    ~file() { ::close(fd_); }
    file(const file&) = delete;
    file& operator=(const file&) = delete;

    void write_at(std::string_view bytes, std::uint64_t offset) {
        while (!bytes.empty()) {
            const auto n = ::pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) fail(path_);
            bytes.remove_prefix(static_cast<std::size_t>(n));
            offset += static_cast<std::uint64_t>(n);
        }
    }
    std::string read_at(std::uint64_t offset, std::size_t most) const {
        std::string out(most, '\0');
        std::size_t have = 0;
        while (have < most) {
            const auto n = ::pread(fd_, out.data() + have, most - have, static_cast<off_t>(offset + have));
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) fail(path_);
            if (n == 0) break;
            have += static_cast<std::size_t>(n);
        }
        out.resize(have);
        return out;
    }
    void sync() {
        if (::fdatasync(fd_) != 0) fail(path_);
    }

private:
    fs::path path_;
    int fd_;
};

std::string sha256_of(const fs::path& path) {
    constexpr std::size_t at_once = 1u << 20;
    const file in(path, O_RDONLY);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> sum(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_DigestInit_ex(sum.get(), EVP_sha256(), nullptr);
    for (std::uint64_t at = 0;;) {
        const auto part = in.read_at(at, at_once);
        if (part.empty()) break;
        EVP_DigestUpdate(sum.get(), part.data(), part.size());
        at += part.size();
    }
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_DigestFinal_ex(sum.get(), bytes, &size);
    constexpr char digits[] = "0123456789abcdef";
    std::string hex;
    for (unsigned i = 0; i < size; ++i) {
        hex += digits[bytes[i] >> 4];
        hex += digits[bytes[i] & 15];
    }
    return hex;
}

bool is_name(std::string_view s) {
    return s.size() == 64 && std::all_of(s.begin(), s.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

constexpr std::string_view type_suffix = ".type";
constexpr std::size_t type_bytes_max = 256;

std::int64_t now_seconds() { return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count(); }

/// 0 where there is no such file.
std::int64_t changed(const fs::path& path) {
    struct stat about{};
    return ::stat(path.c_str(), &about) == 0 ? about.st_mtime : 0;
}

fs::path type_of(const fs::path& content) { return content.string() + std::string(type_suffix); }

/// A content without its type was cut off before it was acknowledged, or while it was removed; the same the other way round.
void remove_halves(const fs::path& folder) {
    std::vector<fs::path> halves;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const auto& path = entry.path();
        const bool about_one = path.extension() == type_suffix;
        if (!fs::exists(about_one ? folder / path.stem() : type_of(path))) halves.push_back(path);
    }
    for (const auto& half : halves) fs::remove(half);
}

}  // namespace

store::store(fs::path folder, limits at_most) : folder_(std::move(folder)), at_most_(at_most) {
    events::bytes::make_folder(folder_ / "incoming");
    scan();
}

fs::path store::path_of(const std::string& sha256) const { return folder_ / sha256.substr(0, 2) / sha256.substr(2); }
fs::path store::incoming(const std::string& sha256) const { return folder_ / "incoming" / sha256; }

void store::scan() {
    for (const auto& sub : fs::directory_iterator(folder_)) {
        const auto prefix = sub.path().filename().string();
        if (!sub.is_directory() || prefix.size() != 2) continue;
        remove_halves(sub.path());
        for (const auto& entry : fs::directory_iterator(sub.path())) {
            const auto name = prefix + entry.path().filename().string();
            if (!is_name(name)) continue;
            const auto type = events::bytes::read_file(type_of(entry.path()), type_bytes_max);
            if (type) blobs_.emplace(name, kept{{entry.file_size(), *type}, changed(entry.path())});
        }
    }
    remove_halves(folder_ / "incoming");
    for (const auto& entry : fs::directory_iterator(folder_ / "incoming")) {
        const auto name = entry.path().filename().string();
        if (!is_name(name)) continue;
        const auto about = events::bytes::read_file(type_of(entry.path()), type_bytes_max);
        const auto space = about ? about->find(' ') : std::string::npos;
        if (space == std::string::npos) continue;
        unfinished_.emplace(name, unfinished{std::stoull(about->substr(0, space)), entry.file_size(), about->substr(space + 1)});
    }
}

upload store::begin(const std::string& sha256, std::uint64_t bytes, std::string_view media_type, std::uint64_t bytes_max) {
    if (!is_name(sha256)) return {blob_error::bad_name};
    if (bytes > std::min(bytes_max, at_most_.blob_bytes_max) || bytes == 0) return {blob_error::too_large};
    std::lock_guard hold(mutex_);
    if (const auto there = blobs_.find(sha256); there != blobs_.end()) {
        there->second.wanted = now_seconds();
        ::utimensat(AT_FDCWD, path_of(sha256).c_str(), nullptr, 0);  // after a restart, too; lost, it is only swept earlier
        return {blob_error::none, there->second.bytes, true};
    }
    const auto going = unfinished_.find(sha256);
    if (going != unfinished_.end() && going->second.bytes == bytes && going->second.media_type == media_type)
        return {blob_error::none, going->second.have, false};
    // It begins anew as something else, but not beneath a part that is being written.
    if (going != unfinished_.end() && going->second.busy) return {blob_error::busy, going->second.have};
    if (going == unfinished_.end() && unfinished_.size() >= at_most_.unfinished_max) return {blob_error::too_many};
    const auto path = incoming(sha256);
    events::bytes::write_file(type_of(path), std::to_string(bytes) + ' ' + std::string(media_type));
    const file fresh(path, O_WRONLY | O_CREAT | O_TRUNC);
    unfinished_[sha256] = {bytes, 0, std::string(media_type), false};
    return {};
}

upload store::append(const std::string& sha256, std::uint64_t offset, std::string_view part) {
    unfinished now;
    {
        std::lock_guard hold(mutex_);
        if (const auto there = blobs_.find(sha256); there != blobs_.end()) return {blob_error::none, there->second.bytes, true};
        const auto going = unfinished_.find(sha256);
        if (going == unfinished_.end()) return {blob_error::wrong_offset, 0};
        if (going->second.busy) return {blob_error::busy, going->second.have};
        if (offset != going->second.have) return {blob_error::wrong_offset, going->second.have};
        if (part.size() > going->second.bytes - offset) return {blob_error::too_large, going->second.have};
        going->second.busy = true;
        now = going->second;
    }
    // The disk is waited for without the lock; nobody else touches what is busy.
    upload done{blob_error::none, offset + part.size()};
    try {
        file(incoming(sha256), O_WRONLY).write_at(part, offset);
        now.have = done.have;
        if (now.have == now.bytes) done = finish(sha256, now);
    } catch (...) {
        std::lock_guard hold(mutex_);
        unfinished_[sha256].busy = false;
        throw;
    }
    std::lock_guard hold(mutex_);
    if (done.complete || done.error != blob_error::none) unfinished_.erase(sha256);
    else unfinished_[sha256] = {now.bytes, done.have, now.media_type, false};
    if (done.complete) blobs_.emplace(sha256, kept{{now.bytes, now.media_type}, now_seconds()});
    return done;
}

upload store::finish(const std::string& sha256, const unfinished& u) {
    const auto from = incoming(sha256);
    const auto forget = [&](blob_error why) {
        fs::remove(from);
        fs::remove(type_of(from));
        return upload{why, 0, false};
    };
    if (sha256_of(from) != sha256) return forget(blob_error::wrong_content);
    if (!is_taken(u.media_type, sniff(from))) return forget(blob_error::wrong_type);
    file(from, O_WRONLY).sync();
    const auto to = path_of(sha256);
    events::bytes::make_folder(to.parent_path());
    fs::rename(from, to);
    // Last: a content counts once it has its type.
    events::bytes::write_file(type_of(to), u.media_type);
    fs::remove(type_of(from));
    return {blob_error::none, u.bytes, true};
}

std::optional<blob> store::find(const std::string& sha256) const {
    std::lock_guard hold(mutex_);
    const auto found = blobs_.find(sha256);
    return found == blobs_.end() ? std::nullopt : std::optional<blob>(found->second);
}

std::string store::read(const std::string& sha256, std::uint64_t offset, std::size_t most) const {
    return file(path_of(sha256), O_RDONLY).read_at(offset, most);
}

bool store::has(const events::attachment& a) const {
    std::lock_guard hold(mutex_);
    const auto found = blobs_.find(a.sha256);
    if (found == blobs_.end() || found->second.bytes != a.bytes || found->second.media_type != a.media_type) return false;
    found->second.wanted = now_seconds();
    return true;
}

std::size_t store::sweep(std::int64_t then, const std::function<bool(const std::string&)>& is_carried) {
    auto count = sweep_unfinished(then);
    std::vector<std::string> old;
    {
        std::lock_guard hold(mutex_);
        for (const auto& [sha256, b] : blobs_)
            if (b.wanted < then) old.push_back(sha256);
    }
    // Asked without the lock, as others wait for it. What is wanted meanwhile stays.
    std::erase_if(old, is_carried);
    for (const auto& sha256 : old) {
        std::lock_guard hold(mutex_);
        const auto found = blobs_.find(sha256);
        if (found == blobs_.end() || found->second.wanted >= then) continue;
        fs::remove(path_of(sha256));
        fs::remove(type_of(path_of(sha256)));
        blobs_.erase(found);
        ++count;
    }
    return count;
}

std::size_t store::sweep_unfinished(std::int64_t then) {
    std::lock_guard hold(mutex_);
    return std::erase_if(unfinished_, [&](const auto& one) {
        const auto path = incoming(one.first);
        const auto at = changed(path);
        if (one.second.busy || at == 0 || at >= then) return false;
        fs::remove(path);
        fs::remove(type_of(path));
        return true;
    });
}

}  // namespace server::blobs
