#pragma once
// By which keys one content can be read. Each content is sealed with a key of its own, at random, and that key lies in a small
// file apart from it, KEYS/ab/cdef….key (the data folder's keys/files): as it is, where something open carries the content or
// nothing does yet; and sealed with a person's key, for each person whose sealed form carries it. So where only sealed forms
// carry it, it goes when their keys go.
//
// The file is text: `id`, `bytes`, `open`, an `of` for each person, and a line with its hash, so that damage is noticed.
// The functions may be called from any thread.

#include "events/keys/cipher.hpp"
#include "events/keys/keyring.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace server::blobs {

/// What gives a content in the clear: at most `most` bytes from `offset` on; nothing at its end.
using content_reader = std::function<std::string(std::uint64_t offset, std::size_t most)>;

/// At random, in the content's file and in that of its keys: they are of each other.
using content_id = std::array<char, 16>;

struct content_keys {
    content_id id{};
    std::uint64_t bytes = 0;                          ///< of the content in the clear
    std::optional<events::secret_key> open{};         ///< the key itself: whoever serves here reads it
    std::map<events::member_id, std::string> people{};  ///< the same, sealed with each one's
    bool operator==(const content_keys&) const = default;
};

/// Another key and another id.
content_keys make_keys(std::uint64_t bytes);

std::string to_text(const content_keys& k);
/// Nothing where it is not what was written.
std::optional<content_keys> parse_keys(std::string_view text);

inline constexpr std::size_t keys_bytes_max = 1u << 20;
/// `folder`/ab/cdef….key
std::filesystem::path keys_file(const std::filesystem::path& folder, const std::string& sha256);

/// The content's key, by whatever way there is; nothing where there is none.
std::optional<events::secret_key> key_of(const content_keys& k, const std::string& sha256, const events::keyring& people);

/// Whether `who`'s key opens it.
bool opens_for(const content_keys& k, const std::string& sha256, events::member_id who, const events::keyring& people);

/// For `who` as well, from here on. False where they have no key.
bool seal_for(content_keys& k, const std::string& sha256, events::member_id who, const events::secret_key& key, const events::keyring& people);

/// Everybody whom it was sealed for was erased: it can't be read any more, and that is as it should be.
bool is_erased(const content_keys& k, const events::keyring& people);

}  // namespace server::blobs
