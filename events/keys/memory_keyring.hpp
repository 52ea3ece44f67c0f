#pragma once
// Keys that end with the process: for tests, and for logs that do too.

#include "events/keys/cipher.hpp"
#include "events/keys/keyring.hpp"

#include <shared_mutex>
#include <unordered_map>
#include <unordered_set>

namespace events {

class memory_keyring final : public keyring {
public:
    void create(member_id who) override;
    bool has(member_id who) const override;
    bool lost(member_id who) const override;
    bool miss(member_id who) override;
    bool destroy(member_id who) override;
    std::optional<std::string> seal(member_id who, std::string_view text, std::string_view bound_to) const override;
    std::optional<std::string> open(member_id who, std::string_view sealed, std::string_view bound_to) const override;
    std::uint64_t mac(member_id actor, const uuid& command, std::uint64_t digest) const override {
        return mac_with(installation_, actor, command, digest);
    }

private:
    std::optional<secret_key> find(member_id who) const;

    const secret_key installation_ = make_secret_key();
    mutable std::shared_mutex guard_;
    std::unordered_map<member_id, secret_key> keys_;
    std::unordered_set<member_id> lost_;
};

}  // namespace events
