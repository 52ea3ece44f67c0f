#pragma once
// A position that only grows, and that can be waited for. Any thread.

#include "events/catalog/id.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace events {

class position_signal {
public:
    position get() const { return {value_.load(std::memory_order_acquire)}; }

    void set(position p) {
        {
            const std::lock_guard lock(guard_);
            value_.store(p.value, std::memory_order_release);
        }
        moved_.notify_all();
    }

    /// Blocks until the position is at least `p` or the time is over; says whether it is.
    bool wait(position p, std::chrono::milliseconds at_most) const {
        if (get() >= p) return true;
        std::unique_lock lock(guard_);
        return moved_.wait_for(lock, at_most, [&] { return get() >= p; });
    }

private:
    std::atomic<std::uint64_t> value_{0};
    mutable std::mutex guard_;
    mutable std::condition_variable moved_;
};

}  // namespace events
