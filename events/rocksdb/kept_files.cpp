#include "events/rocksdb/kept_files.hpp"

#include "events/log/blob_name.hpp"
#include "events/proof/tree.hpp"
#include "events/rocksdb/folder.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>

namespace events::rocks {
namespace {

// A file is the blob and its leaf hash.
constexpr std::size_t seal_size = std::tuple_size_v<proof::hash>;
constexpr std::string_view unfinished = ".new";
// Synced as it is written: an append that is synced meanwhile would wait for all that is not yet on the disk.
constexpr std::size_t piece_bytes = 1u << 20;

constexpr bool plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/// Percent-encodes all that is not plain: no dot, so nothing clashes with `unfinished`.
std::string file_name(std::string_view name) {
    constexpr char hex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : name) {
        if (plain(c)) out += c;
        else out += {'%', hex[static_cast<unsigned char>(c) >> 4], hex[c & 15]};
    }
    return out;
}

int hex_digit(char c) { return c <= '9' ? c - '0' : c - 'A' + 10; }

std::string blob_name(std::string_view file) {
    std::string out;
    for (std::size_t i = 0; i < file.size(); ++i) {
        if (file[i] == '%' && i + 2 < file.size()) {
            out += static_cast<char>(hex_digit(file[i + 1]) << 4 | hex_digit(file[i + 2]));
            i += 2;
        } else {
            out += file[i];
        }
    }
    return out;
}

void write_all(int file, std::string_view bytes, const std::filesystem::path& path) {
    while (!bytes.empty()) {
        const auto n = ::write(file, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) throw std::system_error(errno, std::generic_category(), path.string());
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
}

struct closing {
    int file;
    ~closing() { ::close(file); }
};

}  // namespace

kept_files::kept_files(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
    for (const auto& entry : std::filesystem::directory_iterator(folder_))
        if (entry.path().extension() == unfinished) std::filesystem::remove(entry.path());
}

void kept_files::keep(std::string_view name, std::string_view blob) const {
    check_blob_name(name);
    const auto path = folder_ / file_name(name);
    auto fresh = path;
    fresh += unfinished;
    {
        const closing file{::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
        if (file.file < 0) throw std::system_error(errno, std::generic_category(), fresh.string());
        const auto seal = proof::leaf_hash(blob);
        for (std::string_view rest = blob; !rest.empty();) {
            write_all(file.file, rest.substr(0, piece_bytes), fresh);
            rest.remove_prefix(std::min(rest.size(), piece_bytes));
            if (!rest.empty() && ::fdatasync(file.file) != 0) throw std::system_error(errno, std::generic_category(), fresh.string());
        }
        write_all(file.file, {reinterpret_cast<const char*>(seal.data()), seal.size()}, fresh);
        if (::fsync(file.file) != 0) throw std::system_error(errno, std::generic_category(), fresh.string());
    }
    std::filesystem::rename(fresh, path);
    sync_path(folder_);
}

std::optional<std::string> kept_files::kept(std::string_view name) const {
    if (name.empty() || name.size() > blob_name_max) return std::nullopt;
    std::ifstream file(folder_ / file_name(name), std::ios::binary | std::ios::ate);
    if (!file) return std::nullopt;
    std::string blob(static_cast<std::size_t>(file.tellg()), '\0');
    file.seekg(0);
    file.read(blob.data(), static_cast<std::streamsize>(blob.size()));
    if (!file || blob.size() < seal_size) return std::nullopt;
    const auto size = blob.size() - seal_size;
    const auto seal = proof::leaf_hash(std::string_view(blob).substr(0, size));
    if (std::memcmp(seal.data(), blob.data() + size, seal_size) != 0) return std::nullopt;
    blob.resize(size);
    return blob;
}

std::vector<std::string> kept_files::names(std::string_view prefix) const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
        if (entry.path().extension() == unfinished) continue;
        auto name = blob_name(entry.path().filename().string());
        if (name.starts_with(prefix)) names.push_back(std::move(name));
    }
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace events::rocks
