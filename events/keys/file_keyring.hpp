#pragma once
// The keyring on disk: one small file a person, FOLDER/(id / 256)/(id).key, readable by the owner only. It
// holds the key and a check of key and id, so that a damaged or mixed-up file is noticed.
//
// A key is read when first asked for and kept in memory, also that there is none. One process at a time
// uses a folder: whoever holds the log's lock. Any thread.
//
// Every function may throw boost::system::system_error where a file can't be read or written, and
// std::runtime_error, saying what to do, where a key file is damaged.

#include "events/keys/cipher.hpp"
#include "events/keys/keyring.hpp"

#include <filesystem>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

namespace events {

class file_keyring final : public keyring {
public:
    /// Makes the folder where there is none.
    explicit file_keyring(std::filesystem::path folder);
    ~file_keyring() override;

    void create(member_id who) override;
    bool has(member_id who) const override;
    bool destroy(member_id who) override;
    std::optional<std::string> seal(member_id who, std::string_view text, std::string_view bound_to) const override;
    std::optional<std::string> open(member_id who, std::string_view sealed, std::string_view bound_to) const override;

private:
    std::filesystem::path file_of(member_id who) const;
    std::optional<secret_key> find(member_id who) const;
    std::optional<secret_key> load(member_id who) const;

    std::filesystem::path folder_;
    mutable std::mutex files_;          ///< over every touch of the folder; taken before guard_
    mutable std::shared_mutex guard_;   ///< over known_
    mutable std::unordered_map<member_id, std::optional<secret_key>> known_;
};

}  // namespace events
