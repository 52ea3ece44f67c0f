#pragma once
// Contents and their keys as they lie in folders, without a store: for what backs them up and proves backups.

#include "server/blobs/content_keys.hpp"

namespace server::blobs {

enum class lies {
    whole,       ///< it is the content that it is named after
    damaged,
    locked,      ///< sealed, and nobody's key opens it here
    without_keys,  ///< sealed, and its keys are gone, damaged, or another content's
};

/// Reads all of it. `keys`: the folder of keys; `people` may be null. Throws boost::system::system_error where it can't be read.
lies look_at_content(const std::filesystem::path& content, const std::string& sha256, const std::filesystem::path& keys, const events::keyring* people);

/// The same without reading it: whether it is sealed, and has its keys.
bool is_sealed(const std::filesystem::path& content);
bool has_keys(const std::filesystem::path& content, const std::string& sha256, const std::filesystem::path& keys);

/// By their sizes and beginnings: a sealed content never changes, and another one has another beginning.
bool are_alike(const std::filesystem::path& one, const std::filesystem::path& other);

/// "ab/cdef…" or "ab/cdef….type", ".key", beneath the folder that they lie in: of which content; nothing where it is no such file.
std::optional<std::string> content_of(const std::filesystem::path& relative);

}  // namespace server::blobs
