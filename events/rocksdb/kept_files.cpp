#include "events/rocksdb/kept_files.hpp"

#include "events/bytes/durable_file.hpp"
#include "events/log/blob_name.hpp"
#include "events/proof/tree.hpp"
#include "events/rocksdb/folder.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace events::rocks {
namespace {

// A file is the blob and its leaf hash.
constexpr std::size_t seal_size = std::tuple_size_v<proof::hash>;
constexpr std::string_view unfinished = ".new";
constexpr std::string_view aside = ".aside";  // what was in the place of a file
constexpr std::uintmax_t small_bytes = 64u << 10;
constexpr std::size_t blob_bytes_max = std::size_t{1} << 40;
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

kept_files::kept_files(std::filesystem::path folder, std::function<void(std::string_view, std::string_view)> damaged)
    : folder_(std::move(folder)), damaged_(std::move(damaged)) {
    std::filesystem::create_directories(folder_);
    std::vector<std::filesystem::path> left_over, in_the_way;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
        if (entry.path().extension() == aside) continue;
        if (entry.path().extension() == unfinished) left_over.push_back(entry.path());
        else if (!entry.is_regular_file()) in_the_way.push_back(entry.path());
        else if (entry.file_size() <= small_bytes) (void)kept(blob_name(entry.path().filename().string()));
    }
    for (const auto& file : left_over) std::filesystem::remove_all(file);
    // What is kept there next has to have its place.
    for (const auto& path : in_the_way) {
        auto to = path;
        to += aside;
        std::filesystem::remove_all(to);
        std::filesystem::rename(path, to);
        if (damaged_) damaged_("kept/" + path.filename().string(), "it is no file: put aside as " + to.filename().string());
    }
}

void kept_files::keep(std::string_view name, std::string_view blob) const {
    check_blob_name(name);
    const auto path = folder_ / file_name(name);
    auto fresh = path;
    fresh += unfinished;
    try {
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
        std::filesystem::rename(fresh, path);
    } catch (...) {  // half of it would take room that there may not be
        std::error_code ignored;
        std::filesystem::remove(fresh, ignored);
        throw;
    }
    sync_path(folder_);
}

std::optional<std::string> kept_files::kept(std::string_view name) const {
    if (name.empty() || name.size() > blob_name_max) return std::nullopt;
    const auto file = "kept/" + file_name(name);
    std::optional<std::string> blob;
    try {
        blob = bytes::read_file(folder_ / file_name(name), blob_bytes_max);
    } catch (const std::exception& e) {
        if (damaged_) damaged_(file, e.what());
        return std::nullopt;
    }
    if (!blob) return std::nullopt;
    const auto size = blob->size() < seal_size ? 0 : blob->size() - seal_size;
    const auto seal = proof::leaf_hash(std::string_view(*blob).substr(0, size));
    if (blob->size() < seal_size || std::memcmp(seal.data(), blob->data() + size, seal_size) != 0) {
        if (damaged_) damaged_(file, "it is not what was written, and is not used");
        return std::nullopt;
    }
    blob->resize(size);
    return blob;
}

std::vector<std::string> kept_files::names(std::string_view prefix) const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
        if (entry.path().extension() == unfinished || entry.path().extension() == aside) continue;
        auto name = blob_name(entry.path().filename().string());
        if (name.starts_with(prefix)) names.push_back(std::move(name));
    }
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace events::rocks
