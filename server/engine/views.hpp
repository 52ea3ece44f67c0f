#pragma once
// The read models, shared between the projector that folds into them and everyone who reads.

#include "core/kernel/verify.hpp"
#include "core/views/views.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <shared_mutex>
#include <utility>

namespace server::engine {

/// Any thread. A reader holds up the projector, never the writer: nothing is acknowledged later because somebody reads. So
/// what is long is read in parts, and a projector that waits lets no further reader in before it.
class shared_views {
public:
    /// Calls f(const core::views::views&, position): every event up to that position is in, and none after it. For a
    /// millisecond or so. Not within another read, as a projector that waits for that one would be waited for by this.
    template <class F>
    decltype(auto) read(F&& f) const {
        core::verify(!std::exchange(reading_, true), "one reads the views once at a time");
        struct leave {
            ~leave() { reading_ = false; }
        } leaves;
        if (wanted_.load(std::memory_order_relaxed)) {
            std::lock_guard behind(turn_);
        }
        std::shared_lock hold(mutex_);
        return std::forward<F>(f)(static_cast<const core::views::views&>(views_), at_);
    }

    events::position position() const { return {seen_.load(std::memory_order_acquire)}; }

    /// Waits until `p` is in, for a reader that has been told of p already.
    void wait_for(events::position p, std::chrono::milliseconds at_most) const {
        if (position() >= p) return;
        std::unique_lock hold(moved_mutex_);
        moved_.wait_for(hold, at_most, [&] { return position() >= p; });
    }

    /// The projector only. Calls f(core::views::views&), after which everything up to `to` is in.
    template <class F>
    void change(events::position to, F&& f) {
        {
            // The lock itself prefers readers: as long as they follow each other closely enough it is never had.
            std::unique_lock turn(turn_);
            wanted_.store(true, std::memory_order_relaxed);
            std::unique_lock hold(mutex_);
            wanted_.store(false, std::memory_order_relaxed);
            turn.unlock();
            std::forward<F>(f)(views_);
            at_ = to;
        }
        {
            std::lock_guard hold(moved_mutex_);
            seen_.store(to.value, std::memory_order_release);
        }
        moved_.notify_all();
    }

private:
    static inline thread_local bool reading_ = false;
    mutable std::mutex turn_;           // held by a projector that waits
    std::atomic<bool> wanted_{false};   // that there is one: only then do readers go by turn_
    mutable std::shared_mutex mutex_;
    core::views::views views_;
    events::position at_;

    std::atomic<std::uint64_t> seen_{0};
    mutable std::mutex moved_mutex_;
    mutable std::condition_variable moved_;
};

}  // namespace server::engine
