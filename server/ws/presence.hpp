#pragma once
// Who has a live connection now. Not in the log: it is gone with the process.

#include "events/catalog/id.hpp"

#include <atomic>
#include <map>
#include <mutex>
#include <vector>

namespace server::ws {

/// Any thread.
class presence {
public:
    void enter(events::member_id who) {
        std::lock_guard hold(mutex_);
        if (++connections_[who] == 1) version_.fetch_add(1, std::memory_order_release);
    }

    void leave(events::member_id who) {
        std::lock_guard hold(mutex_);
        const auto at = connections_.find(who);
        if (at == connections_.end() || --at->second > 0) return;
        connections_.erase(at);
        version_.fetch_add(1, std::memory_order_release);
    }

    std::vector<events::member_id> online() const {
        std::lock_guard hold(mutex_);
        std::vector<events::member_id> list;
        list.reserve(connections_.size());
        for (const auto& [who, count] : connections_) list.push_back(who);
        return list;
    }

    /// Changes whenever the list does.
    std::uint64_t version() const { return version_.load(std::memory_order_acquire); }

private:
    mutable std::mutex mutex_;
    std::map<events::member_id, unsigned> connections_;
    std::atomic<std::uint64_t> version_{0};
};

}  // namespace server::ws
