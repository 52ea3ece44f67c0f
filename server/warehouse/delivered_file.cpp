#include "server/warehouse/delivered_file.hpp"

#include <openssl/evp.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

namespace server::warehouse {
namespace {

constexpr std::size_t piece_bytes = 512 * 1024;

}  // namespace

local_file::local_file(const std::filesystem::path& at) : fd_(::open(at.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)) {}

local_file::~local_file() {
    if (fd_ >= 0) ::close(fd_);
}

struct stat local_file::about() const {
    struct stat s {};
    ::fstat(fd_, &s);
    return s;
}

bool local_file::each_part(const std::function<bool(std::string_view, std::uint64_t)>& f) const {
    std::string part(piece_bytes, '\0');
    for (std::uint64_t at = 0;;) {
        const auto n = ::pread(fd_, part.data(), part.size(), static_cast<off_t>(at));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        if (n == 0) return true;
        if (!f(std::string_view(part.data(), static_cast<std::size_t>(n)), at)) return false;
        at += static_cast<std::uint64_t>(n);
    }
}

std::string local_file::sha256() const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> made(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_DigestInit_ex(made.get(), EVP_sha256(), nullptr);
    if (!each_part([&](std::string_view part, std::uint64_t) { return EVP_DigestUpdate(made.get(), part.data(), part.size()) == 1; })) return {};
    std::array<unsigned char, 32> digest{};
    EVP_DigestFinal_ex(made.get(), digest.data(), nullptr);
    std::string hex;
    for (const auto b : digest) {
        hex += "0123456789abcdef"[b >> 4];
        hex += "0123456789abcdef"[b & 15];
    }
    return hex;
}

std::string media_type_of(const std::filesystem::path& file) {
    auto extension = file.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return extension == ".xlsx" ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv";
}

bool keep_content(blobs::store& in, const local_file& from, const events::attachment& what, std::uint64_t bytes_max) {
    auto sent = in.begin(events::the_system, what.sha256, what.bytes, what.media_type, bytes_max);
    if (!sent.complete && sent.error == blobs::blob_error::none)
        from.each_part([&](std::string_view part, std::uint64_t offset) {
            if (offset + part.size() <= sent.have) return true;
            sent = in.append(events::the_system, what.sha256, offset, part);
            return sent.error == blobs::blob_error::none;
        });
    return sent.complete;
}

events::uuid fill_id(const char* way, std::uint64_t which, const std::string& sha256) {
    // Version 8 (RFC 9562): what is in it is ours to say.
    events::uuid id{};
    std::memcpy(id.bytes.data(), way, 6);
    id.bytes[6] = 0x80;
    id.bytes[7] = static_cast<unsigned char>(sha256[0]);
    id.bytes[8] = 0x80;
    for (std::size_t i = 0; i < 4; ++i) id.bytes[9 + i] = static_cast<unsigned char>(sha256[1 + i]);
    for (std::size_t i = 0; i < 3; ++i) id.bytes[15 - i] = static_cast<unsigned char>(which >> 8 * i);
    return id;
}

}  // namespace server::warehouse
