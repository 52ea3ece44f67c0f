#include "events/keys/memory_keyring.hpp"

#include <mutex>

namespace events {

void memory_keyring::create(member_id who) {
    const std::unique_lock lock(guard_);
    if (!keys_.contains(who)) keys_.emplace(who, make_secret_key());
}

bool memory_keyring::has(member_id who) const { return find(who).has_value(); }

bool memory_keyring::lost(member_id who) const {
    const std::shared_lock lock(guard_);
    return lost_.contains(who);
}

bool memory_keyring::miss(member_id who) {
    const std::unique_lock lock(guard_);
    return !keys_.contains(who) && (lost_.insert(who), true);
}

bool memory_keyring::destroy(member_id who) {
    const std::unique_lock lock(guard_);
    const auto found = keys_.find(who);
    if (found == keys_.end()) return false;
    forget(found->second);
    keys_.erase(found);
    forget_prepared();
    return true;
}

std::optional<secret_key> memory_keyring::find(member_id who) const {
    const std::shared_lock lock(guard_);
    const auto found = keys_.find(who);
    if (found == keys_.end()) return std::nullopt;
    return found->second;
}

std::optional<std::string> memory_keyring::seal(member_id who, std::string_view text, std::string_view bound_to) const {
    const auto key = find(who);
    if (!key) return std::nullopt;
    return seal_with(*key, text, bound_to);
}

std::optional<std::string> memory_keyring::open(member_id who, std::string_view sealed, std::string_view bound_to) const {
    const auto key = find(who);
    if (!key) return std::nullopt;
    return open_with(*key, sealed, bound_to);
}

}  // namespace events
