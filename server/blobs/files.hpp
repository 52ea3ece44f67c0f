#pragma once
// What the store does to single files. Internal to blobs.

#include "server/blobs/content_keys.hpp"

#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
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
    std::uint64_t size() const;
    void resize(std::uint64_t bytes);
    void sync();
    /// All of it becomes zeros, durably, whatever it is called now.
    void overwrite();

private:
    std::filesystem::path path_;
    int fd_;
};

/// SHA-256 of what is added, one after the other.
class sum {
public:
    sum();
    ~sum();
    sum(sum&&) noexcept;
    sum& operator=(sum&&) noexcept;
    void add(std::string_view bytes);
    /// In hex digits. The last thing that is asked of it.
    std::string hex();

private:
    struct state;
    std::unique_ptr<state> in_;
};

/// Of all of it, as hex digits.
std::string sha256_of(const content_reader& from);
/// Of a file as it lies there.
std::string sha256_of(const std::filesystem::path& path);
/// A small file's text with a line of its hash at its end, so that damage is noticed; and what was written, without that line:
/// nothing where the two do not agree.
std::string with_check(std::string text);
std::optional<std::string_view> checked(std::string_view text);
/// The bytes as hex digits.
std::string to_hex(std::string_view bytes);
/// Nothing where they are no pairs of lower-case hex digits.
std::optional<std::string> from_hex(std::string_view digits);
/// 64 lower-case hex digits.
bool is_name(std::string_view s);

inline constexpr std::string_view type_suffix = ".type";
inline constexpr std::string_view senders_suffix = ".by";
inline constexpr std::string_view sealing_suffix = ".sealing";  ///< a content from before they were sealed, half done
inline constexpr std::size_t type_bytes_max = 256;
/// The file beside a content that says its type, and the one that says who sent it.
std::filesystem::path type_of(const std::filesystem::path& content);
std::filesystem::path senders_of(const std::filesystem::path& content);
/// As a type is written: one line, none of it invisible.
bool is_type(std::string_view s);

/// When it was last changed, in seconds and in nanoseconds since 1970; 0 where there is no such file.
std::int64_t changed(const std::filesystem::path& path);
std::int64_t changed_ns(const std::filesystem::path& path);

/// It failed for want of space.
bool is_full(const std::exception& e);

}  // namespace server::blobs
