#include "server/blobs/stored.hpp"

#include "events/bytes/durable_file.hpp"
#include "server/blobs/sealed_content.hpp"

#include <fcntl.h>

#include <algorithm>

namespace server::blobs {
namespace {

namespace fs = std::filesystem;

std::optional<content_keys> keys_in(const fs::path& folder, const std::string& sha256) {
    const auto text = events::bytes::read_file(keys_file(folder, sha256), keys_bytes_max);
    return text ? parse_keys(*text) : std::nullopt;
}

std::string hash_of(const fs::path& content, const content_keys& keys, const events::secret_key& key) {
    const sealed_content in(content, O_RDONLY, key);
    return sha256_of([&](std::uint64_t offset, std::size_t most) {
        return offset < keys.bytes ? in.read(offset, static_cast<std::size_t>(std::min<std::uint64_t>(most, keys.bytes - offset))) : std::string();
    });
}

}  // namespace

lies look_at_content(const fs::path& content, const std::string& sha256, const fs::path& folder, const events::keyring* people) {
    const auto id = sealed_content::id_of(content);
    if (!id) return sha256_of(content) == sha256 ? lies::whole : lies::damaged;
    const auto keys = keys_in(folder, sha256);
    if (!keys || keys->id != *id) return sha256_of(content) == sha256 ? lies::whole : lies::without_keys;
    if (fs::file_size(content) != sealed_content::bytes_on_disk(keys->bytes)) return lies::damaged;
    const auto key = people ? key_of(*keys, sha256, *people) : keys->open;
    if (!key) return lies::locked;
    try {
        return hash_of(content, *keys, *key) == sha256 ? lies::whole : lies::damaged;
    } catch (const sealed_content::damaged&) {
        return lies::damaged;
    }
}

bool is_sealed(const fs::path& content) { return sealed_content::id_of(content).has_value(); }

bool has_keys(const fs::path& content, const std::string& sha256, const fs::path& folder) {
    const auto keys = keys_in(folder, sha256);
    return keys && keys->id == sealed_content::id_of(content);
}

bool are_alike(const fs::path& one, const fs::path& other) {
    std::error_code unknown;
    const auto size = fs::file_size(one, unknown);
    if (unknown || fs::file_size(other, unknown) != size || unknown) return false;
    return sealed_content::id_of(one) == sealed_content::id_of(other);
}

std::optional<std::string> content_of(const fs::path& relative) {
    const auto sub = relative.begin()->string(), name = relative.filename().string();
    const auto rest = name.substr(0, name.find('.'));
    if (sub.size() != 2 || relative.parent_path() != sub || !is_name(sub + rest)) return std::nullopt;
    return sub + rest;
}

}  // namespace server::blobs
