#include "server/blobs/files.hpp"

#include <boost/system/system_error.hpp>

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>

namespace server::blobs {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& file) {
    throw boost::system::system_error(errno, boost::system::system_category(), file.string());
}

}  // namespace

file::file(const fs::path& path, int how) : path_(path), fd_(::open(path.c_str(), how | O_CLOEXEC, 0600)) {
    if (fd_ < 0) fail(path);
}

file::~file() { ::close(fd_); }

void file::write_at(std::string_view bytes, std::uint64_t offset) {
    while (!bytes.empty()) {
        const auto n = ::pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) fail(path_);
        bytes.remove_prefix(static_cast<std::size_t>(n));
        offset += static_cast<std::uint64_t>(n);
    }
}

std::string file::read_at(std::uint64_t offset, std::size_t most) const {
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

void file::sync() {
    if (::fdatasync(fd_) != 0) fail(path_);
}

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

std::int64_t changed(const fs::path& path) {
    struct stat about{};
    return ::stat(path.c_str(), &about) == 0 ? about.st_mtime : 0;
}

std::int64_t changed_ns(const fs::path& path) {
    struct stat about{};
    return ::stat(path.c_str(), &about) == 0 ? about.st_mtim.tv_sec * 1'000'000'000 + about.st_mtim.tv_nsec : 0;
}

fs::path type_of(const fs::path& content) { return content.string() + std::string(type_suffix); }

bool is_full(const std::exception& e) {
    const auto* ours = dynamic_cast<const boost::system::system_error*>(&e);
    const auto* files = dynamic_cast<const std::system_error*>(&e);
    const int error = ours ? ours->code().value() : files ? files->code().value() : 0;
    return error == ENOSPC || error == EDQUOT;
}

}  // namespace server::blobs
