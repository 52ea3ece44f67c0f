#include "events/keys/file_keyring.hpp"

#include "events/bytes/durable_file.hpp"
#include "events/ending/ending.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <boost/system/system_error.hpp>

#include <algorithm>
#include <cerrno>
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

constexpr std::size_t file_bytes_max = 4096;

/// Nothing is the matter with the file: there is no descriptor or no memory to read it with.
bool passes_by_itself(int error) { return error == EMFILE || error == ENFILE || error == ENOMEM || error == EINTR; }

}  // namespace

file_keyring::file_keyring(std::filesystem::path folder, std::function<void(member_id, const std::string&, const std::string&)> damaged)
    : folder_(std::move(folder)), damaged_(std::move(damaged)) {
    bytes::make_folder(folder_);
    const bool is_in_use = !std::filesystem::is_empty(folder_);
    const bool is_gone = !std::filesystem::exists(file_of(the_installation));
    create(the_installation);
    if (is_in_use && is_gone && damaged_) damaged_(the_installation, file_of(the_installation).string(), "it was gone, and was made anew: retries of older commands are not known again");
    const std::lock_guard files(files_);
    installation_ = *load(the_installation);
}

file_keyring::~file_keyring() {
    forget(installation_);
    for (auto& [who, key] : known_)
        if (key) forget(*key);
}

std::filesystem::path file_keyring::file_of(member_id who) const {
    if (who == the_installation) return folder_ / "digests.key";
    return folder_ / std::to_string(who.value / keys_a_folder) / (std::to_string(who.value) + ".key");
}

void file_keyring::create(member_id who) {
    const std::lock_guard files(files_);
    if (load(who)) return;
    if (lost(who) && who == the_installation) {
        const auto file = file_of(who).string();
        throw cannot_go_on(ending::damaged, {"摘要密钥 " + file + " 已损坏：请从备份恢复；或移走它（此后较早命令的重试不再被识别）",
                                             "the key of digests " + file + " is damaged: bring it back from a backup, or move it away (retries of older commands "
                                             "are then not known again)"});
    }
    if (lost(who)) throw std::runtime_error("the key file " + file_of(who).string() + " of a member who has yet to join is damaged or can't be read: move it away");
    const auto key = make_secret_key();
    write(who, key);
    const std::unique_lock lock(guard_);
    known_[who] = key;
}

void file_keyring::write(member_id who, const secret_key& key) const {
    const auto file = file_of(who);
    bytes::make_folder(file.parent_path());
    std::string content(key.begin(), key.end());
    content += check_of(who, key);
    bytes::write_file(file, content);
    OPENSSL_cleanse(content.data(), content.size());
}

std::vector<member_id> file_keyring::write_again() {
    std::vector<member_id> gone;
    const std::lock_guard files(files_);
    {
        const std::shared_lock lock(guard_);
        for (const auto& [who, key] : known_)
            if (std::error_code unreadable; key && !std::filesystem::exists(file_of(who), unreadable) && !unreadable) gone.push_back(who);
    }
    for (const auto who : gone) write(who, *known_.at(who));
    return gone;
}

bool file_keyring::has(member_id who) const { return find(who).has_value(); }

bool file_keyring::destroy(member_id who) {
    const std::lock_guard files(files_);
    {
        // First here: also where the file can't be removed nobody reads with it any more.
        const std::unique_lock lock(guard_);
        auto& key = known_[who];
        if (key) forget(*key);
        key.reset();
        lost_.erase(who);
        forget_prepared();
    }
    return bytes::shred_file(file_of(who));
}

std::optional<secret_key> file_keyring::find(member_id who) const {
    if (who == the_installation) return std::nullopt;  // seals nobody's texts
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
    std::optional<std::string> content;
    try {
        content = bytes::read_file(file, file_bytes_max);
    } catch (const boost::system::system_error& e) {
        if (passes_by_itself(e.code().value())) throw;
        if (who == the_installation)
            throw cannot_go_on(ending::no_access, {"摘要密钥 " + file.string() + " 无法读取（" + e.code().message() + "）：请修正其权限（属于运行 opsroomd 的用户，0600）或磁盘后重新启动；文件本身未必损坏",
                                                   "the key of digests " + file.string() + " can't be read (" + e.code().message() + "): mend its permissions (owned by whoever runs opsroomd, "
                                                   "0600) or the disk, then start again; the file itself need not be damaged"});
        lose(who, "it can't be read (" + e.code().message() + "): mend its permissions or the disk, then start again");
    }
    std::optional<secret_key> key;
    if (content) {
        key.emplace();
        const bool right_size = content->size() == key->size() + check_size;
        if (right_size) std::copy_n(content->begin(), key->size(), key->begin());
        if (right_size && std::all_of(content->begin(), content->end(), [](char c) { return c == 0; })) {
            bytes::shred_file(file);  // the process ended in the middle of destroying it
            key.reset();
        } else if (!right_size || content->compare(key->size(), check_size, check_of(who, *key)) != 0) {
            key.reset();
            lose(who, "it is damaged: bring it back from a backup, then start again");
        }
        OPENSSL_cleanse(content->data(), content->size());
    }
    const std::unique_lock lock(guard_);
    known_.emplace(who, key);
    return key;
}

void file_keyring::lose(member_id who, const std::string& why) const {
    {
        const std::unique_lock lock(guard_);
        if (!lost_.insert(who).second) return;
    }
    if (damaged_ && who != the_installation) damaged_(who, file_of(who).string(), why);
}

bool file_keyring::lost(member_id who) const {
    const std::shared_lock lock(guard_);
    return lost_.contains(who);
}

bool file_keyring::miss(member_id who) {
    if (find(who)) return false;
    lose(who, "it is gone: bring it back from a backup, then start again");
    return true;
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
