#include "server/blobs/files.hpp"

#include "events/bytes/durable_file.hpp"

#include <boost/system/system_error.hpp>

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace server::blobs {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& file) {
    throw boost::system::system_error(errno, boost::system::system_category(), file.string());
}

constexpr std::string_view check_word = "check ";
constexpr std::size_t check_digits = 16;

std::string check_line_of(std::string_view text) {
    sum all;
    all.add(text);
    return std::string(check_word) + all.hex().substr(0, check_digits) + '\n';
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

std::uint64_t file::size() const {
    struct stat about{};
    if (::fstat(fd_, &about) != 0) fail(path_);
    return static_cast<std::uint64_t>(about.st_size);
}

void file::resize(std::uint64_t bytes) {
    if (::ftruncate(fd_, static_cast<off_t>(bytes)) != 0) fail(path_);
}

void file::overwrite() { events::bytes::overwrite(fd_, path_); }

struct sum::state {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> of{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

sum::sum() : in_(std::make_unique<state>()) { EVP_DigestInit_ex(in_->of.get(), EVP_sha256(), nullptr); }
sum::~sum() = default;
sum::sum(sum&&) noexcept = default;
sum& sum::operator=(sum&&) noexcept = default;

void sum::add(std::string_view bytes) { EVP_DigestUpdate(in_->of.get(), bytes.data(), bytes.size()); }

std::string sum::hex() {
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_DigestFinal_ex(in_->of.get(), bytes, &size);
    return to_hex({reinterpret_cast<const char*>(bytes), size});
}

std::string sha256_of(const content_reader& from) {
    constexpr std::size_t at_once = 1u << 20;
    sum all;
    for (std::uint64_t at = 0;;) {
        const auto part = from(at, at_once);
        if (part.empty()) return all.hex();
        all.add(part);
        at += part.size();
    }
}

std::string sha256_of(const fs::path& path) {
    const file in(path, O_RDONLY);
    return sha256_of([&](std::uint64_t offset, std::size_t most) { return in.read_at(offset, most); });
}

std::string with_check(std::string text) {
    text += check_line_of(text);
    return text;
}

std::optional<std::string_view> checked(std::string_view text) {
    const auto line = text.rfind(check_word);
    if (line == text.npos || text.substr(line) != check_line_of(text.substr(0, line))) return std::nullopt;
    return text.substr(0, line);
}

std::string to_hex(std::string_view bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string hex;
    hex.reserve(2 * bytes.size());
    for (const char c : bytes) {
        hex += digits[static_cast<unsigned char>(c) >> 4];
        hex += digits[static_cast<unsigned char>(c) & 15];
    }
    return hex;
}

std::optional<std::string> from_hex(std::string_view digits) {
    const auto value = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
    if (digits.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        const int high = value(digits[i]), low = value(digits[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes += static_cast<char>(high * 16 + low);
    }
    return bytes;
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
fs::path senders_of(const fs::path& content) { return content.string() + std::string(senders_suffix); }

bool is_type(std::string_view s) {
    return !s.empty() && std::all_of(s.begin(), s.end(), [](unsigned char c) { return c > 0x1f && c < 0x7f; });
}

bool is_full(const std::exception& e) {
    const auto* ours = dynamic_cast<const boost::system::system_error*>(&e);
    const auto* files = dynamic_cast<const std::system_error*>(&e);
    const int error = ours ? ours->code().value() : files ? files->code().value() : 0;
    return error == ENOSPC || error == EDQUOT;
}

}  // namespace server::blobs
