#pragma once
// The keyring on disk: one small file a person, FOLDER/(id / 256)/(id).key, readable by the owner only. It
// holds the key and a check of key and id, so that a damaged or mixed-up file is noticed. FOLDER/digests.key, of the same
// form, is the installation's own: without it a retry of an older command is taken for another one.
//
// A key is read when first asked for and kept in memory, also that there is none. One process at a time
// uses a folder: whoever holds the log's lock. Any thread.
//
// Every function may throw boost::system::system_error where the system has no descriptor or memory to read a file with, or a
// file can't be written. A file that is damaged, or can't be read, is that person's alone: their key is lost, and `damaged` is
// told which file it is.

#include "events/keys/cipher.hpp"
#include "events/keys/keyring.hpp"

#include <filesystem>
#include <functional>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace events {

/// Whose key is for digests.
inline constexpr member_id the_installation{};

class file_keyring final : public keyring {
public:
    /// Makes the folder where there is none.
    explicit file_keyring(std::filesystem::path folder, std::function<void(member_id, const std::string& file, const std::string& why)> damaged = {});
    ~file_keyring() override;

    void create(member_id who) override;
    bool has(member_id who) const override;
    bool lost(member_id who) const override;
    bool miss(member_id who) override;
    bool destroy(member_id who) override;
    /// Keys whose files have gone while they were in use are written again, from memory. Whose they are; SLOW where there are any.
    std::vector<member_id> write_again();
    std::optional<std::string> seal(member_id who, std::string_view text, std::string_view bound_to) const override;
    std::optional<std::string> open(member_id who, std::string_view sealed, std::string_view bound_to) const override;
    std::uint64_t mac(member_id actor, const uuid& command, std::uint64_t digest) const override {
        return mac_with(installation_, actor, command, digest);
    }

private:
    std::filesystem::path file_of(member_id who) const;
    std::optional<secret_key> find(member_id who) const;
    std::optional<secret_key> load(member_id who) const;
    void write(member_id who, const secret_key& key) const;
    void lose(member_id who, const std::string& why) const;

    std::filesystem::path folder_;
    secret_key installation_;
    mutable std::mutex files_;          ///< over every touch of the folder; taken before guard_
    mutable std::shared_mutex guard_;   ///< over known_
    mutable std::unordered_map<member_id, std::optional<secret_key>> known_;
    mutable std::unordered_set<member_id> lost_;  ///< as known_
    std::function<void(member_id, const std::string&, const std::string&)> damaged_;
};

}  // namespace events
