#pragma once
// Places of which there are only so many, such as connections: whoever takes them gets a share and no more, so that nobody
// has them all.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

namespace server::shares {

/// Any thread. Outlives what it has given out.
class places {
public:
    explicit places(std::size_t each_max) : each_max_(each_max) {}
    places(const places&) = delete;
    places& operator=(const places&) = delete;

    /// One that is taken until this goes.
    class place {
    public:
        place(place&& from) noexcept : of_(std::exchange(from.of_, nullptr)), whose_(from.whose_) {}
        place& operator=(place&& from) noexcept {
            std::swap(of_, from.of_);
            std::swap(whose_, from.whose_);
            return *this;
        }
        ~place() {
            if (of_) of_->give_back(whose_);
        }

    private:
        friend places;
        place(places& of, std::uint64_t whose) : of_(&of), whose_(whose) {}
        places* of_;
        std::uint64_t whose_;
    };

    /// Nothing where `whose` share is taken.
    std::optional<place> take(std::uint64_t whose) {
        const std::lock_guard hold(mutex_);
        auto& count = taken_[whose];
        if (count >= each_max_) {
            refused_.fetch_add(1, std::memory_order_relaxed);
            return std::nullopt;
        }
        ++count;
        return place(*this, whose);
    }

    /// How many times somebody had as many as they may.
    std::uint64_t refused() const { return refused_.load(std::memory_order_relaxed); }

private:
    void give_back(std::uint64_t whose) {
        const std::lock_guard hold(mutex_);
        const auto at = taken_.find(whose);
        if (--at->second == 0) taken_.erase(at);
    }

    const std::size_t each_max_;
    std::mutex mutex_;
    std::unordered_map<std::uint64_t, std::size_t> taken_;  // none is 0
    std::atomic<std::uint64_t> refused_{0};
};

}  // namespace server::shares
