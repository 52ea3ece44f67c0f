#include "server/identity/throttle.hpp"

#include "server/identity/secret.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

namespace server::identity {

std::chrono::seconds throttle::wait(std::string_view key, events::instant now) const {
    const auto found = index_.find(keyed_hash(key));
    if (found == index_.end() || now >= found->second->not_before) return std::chrono::seconds{0};
    // A clock that was set back must not lock anybody out for longer than ever intended, nor again and again.
    if (found->second->last > now + std::chrono::hours(24)) return std::chrono::seconds{0};
    return std::min(std::chrono::ceil<std::chrono::seconds>(found->second->not_before - now), rule_.longest);
}

unsigned throttle::failures(std::string_view key, events::instant now) const {
    const auto found = index_.find(keyed_hash(key));
    return found == index_.end() || now - found->second->last > rule_.forget_after ? 0 : found->second->failures;
}

void throttle::failed(std::string_view key, events::instant now) {
    const auto hash = keyed_hash(key);
    auto found = index_.find(hash);
    if (found == index_.end()) {
        if (entries_.size() >= rule_.keys_max) {
            index_.erase(entries_.back().key);
            entries_.pop_back();
        }
        entries_.push_front({hash, 0, now, {}});
        found = index_.emplace(hash, entries_.begin()).first;
    } else {
        entries_.splice(entries_.begin(), entries_, found->second);
    }
    entry& e = *found->second;
    if (now - e.last > rule_.forget_after) e.failures = 0;
    e.last = now;
    ++e.failures;
    if (e.failures <= rule_.free) return;
    auto pause = rule_.first;
    for (unsigned i = rule_.free + 1; i < e.failures && pause < rule_.longest; ++i) pause *= 2;
    e.not_before = now + std::min(pause, rule_.longest);
}

void throttle::forgive(std::string_view key) {
    const auto found = index_.find(keyed_hash(key));
    if (found == index_.end()) return;
    entry& e = *found->second;
    // The attempt was let through, so there was no pause to be kept before it.
    e.not_before = {};
    if (--e.failures == 0) {
        entries_.erase(found->second);
        index_.erase(found);
    }
}

void throttle::clear(std::string_view key) {
    const auto found = index_.find(keyed_hash(key));
    if (found == index_.end()) return;
    entries_.erase(found->second);
    index_.erase(found);
}

std::string throttle_key(std::string_view address) {
    std::string text(address);
    unsigned char v6[16];
    if (inet_pton(AF_INET6, text.c_str(), v6) != 1) return text;
    static constexpr unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (std::memcmp(v6, mapped, sizeof mapped) == 0) {
        char v4[INET_ADDRSTRLEN];
        inet_ntop(AF_INET, v6 + 12, v4, sizeof v4);
        return v4;
    }
    return std::string(reinterpret_cast<const char*>(v6), 8);
}

}  // namespace server::identity
