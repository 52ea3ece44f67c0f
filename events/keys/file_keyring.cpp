#include "events/keys/file_keyring.hpp"

#include "events/bytes/durable_file.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <stdexcept>

namespace events {
namespace {

constexpr std::size_t check_size = 8;
constexpr std::uint64_t keys_a_folder = 256;

/// The start of SHA-256(label ‖ id ‖ key): of a random 256-bit key it gives nothing away.
std::string check_of(member_id who, const secret_key& key) {
    std::string all = "opsroom member key " + std::to_string(who.value) + '\n';
    all.append(key.begin(), key.end());
    unsigned char digest[32];
    if (!EVP_Digest(all.data(), all.size(), digest, nullptr, EVP_sha256(), nullptr)) throw std::runtime_error("OpenSSL refuses SHA-256");
    OPENSSL_cleanse(all.data(), all.size());
    return {reinterpret_cast<const char*>(digest), check_size};
}

}  // namespace

file_keyring::file_keyring(std::filesystem::path folder) : folder_(std::move(folder)) { bytes::make_folder(folder_); }

file_keyring::~file_keyring() {
    for (auto& [who, key] : known_)
        if (key) forget(*key);
}

std::filesystem::path file_keyring::file_of(member_id who) const {
    return folder_ / std::to_string(who.value / keys_a_folder) / (std::to_string(who.value) + ".key");
}

void file_keyring::create(member_id who) {
    const std::lock_guard files(files_);
    if (load(who)) return;
    const auto key = make_secret_key();
    const auto file = file_of(who);
    bytes::make_folder(file.parent_path());
    std::string content(key.begin(), key.end());
    content += check_of(who, key);
    bytes::write_file(file, content);
    OPENSSL_cleanse(content.data(), content.size());
    const std::unique_lock lock(guard_);
    known_[who] = key;
}

bool file_keyring::has(member_id who) const { return find(who).has_value(); }

bool file_keyring::destroy(member_id who) {
    const std::lock_guard files(files_);
    const bool was_there = bytes::shred_file(file_of(who));
    const std::unique_lock lock(guard_);
    auto& key = known_[who];
    if (key) forget(*key);
    key.reset();
    forget_prepared();
    return was_there;
}

std::optional<secret_key> file_keyring::find(member_id who) const {
    {
        const std::shared_lock lock(guard_);
        if (const auto found = known_.find(who); found != known_.end()) return found->second;
    }
    const std::lock_guard files(files_);
    return load(who);
}

/// With files_ held, so that a key can't come back from its file while it is being destroyed.
std::optional<secret_key> file_keyring::load(member_id who) const {
    {
        const std::shared_lock lock(guard_);
        if (const auto found = known_.find(who); found != known_.end()) return found->second;
    }
    const auto file = file_of(who);
    std::optional<secret_key> key;
    if (auto content = bytes::read_file(file, 4096)) {
        key.emplace();
        const bool right_size = content->size() == key->size() + check_size;
        if (right_size) std::copy_n(content->begin(), key->size(), key->begin());
        if (std::all_of(content->begin(), content->end(), [](char c) { return c == 0; })) {
            bytes::shred_file(file);  // the process ended in the middle of destroying it
            key.reset();
        } else if (!right_size || content->compare(key->size(), check_size, check_of(who, *key)) != 0) {
            throw std::runtime_error("the key file " + file.string() + " of member " + std::to_string(who.value) +
                                     " is damaged: bring it back from a backup; without it nobody can read this person's "
                                     "data again (to give them up, remove the file: they then read as erased)");
        }
        OPENSSL_cleanse(content->data(), content->size());
    }
    const std::unique_lock lock(guard_);
    known_.emplace(who, key);
    return key;
}

std::optional<std::string> file_keyring::seal(member_id who, std::string_view text, std::string_view bound_to) const {
    const auto key = find(who);
    if (!key) return std::nullopt;
    return seal_with(*key, text, bound_to);
}

std::optional<std::string> file_keyring::open(member_id who, std::string_view sealed, std::string_view bound_to) const {
    const auto key = find(who);
    if (!key) return std::nullopt;
    return open_with(*key, sealed, bound_to);
}

}  // namespace events
