#pragma once
// What the store does to single files. Internal to blobs.

#include <cstdint>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>

namespace server::blobs {

/// A file that is closed when it goes.
class file {
public:
    /// `how` as open(2) takes it. All of it throws boost::system::system_error.
    file(const std::filesystem::path& path, int how);
    ~file();
    file(const file&) = delete;
    file& operator=(const file&) = delete;

    void write_at(std::string_view bytes, std::uint64_t offset);
    std::string read_at(std::uint64_t offset, std::size_t most) const;
    void sync();

private:
    std::filesystem::path path_;
    int fd_;
};

/// Of a file's content, as hex digits.
std::string sha256_of(const std::filesystem::path& path);
/// 64 lower-case hex digits.
bool is_name(std::string_view s);

inline constexpr std::string_view type_suffix = ".type";
/// The file beside a content that says its type.
std::filesystem::path type_of(const std::filesystem::path& content);

/// When it was last changed, in seconds and in nanoseconds since 1970; 0 where there is no such file.
std::int64_t changed(const std::filesystem::path& path);
std::int64_t changed_ns(const std::filesystem::path& path);

/// It failed for want of space.
bool is_full(const std::exception& e);

}  // namespace server::blobs
