#pragma once
// Bytes that were made for somebody and not yet taken by them: counted for each person and in all, whichever way they go.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace server::shares {

struct backlog_limits {
    std::size_t person_bytes_max = 32UL << 20;
    std::size_t all_bytes_max = 256UL << 20;
};

/// Any thread. Outlives what it has given out.
class backlog {
public:
    explicit backlog(backlog_limits how = {}) : how_(how) {}
    backlog(const backlog&) = delete;
    backlog& operator=(const backlog&) = delete;

    struct person {
        std::atomic<std::size_t> bytes{0};
    };

    /// The account of one person: the same one as long as anybody holds it.
    std::shared_ptr<person> of(std::uint64_t who) {
        std::lock_guard hold(mutex_);
        auto& known = people_[who];
        auto is = known.lock();
        if (!is) known = is = std::make_shared<person>();
        if (people_.size() > 2 * live_ + 1'024) {
            std::erase_if(people_, [](const auto& p) { return p.second.expired(); });
            live_ = people_.size();
        }
        return is;
    }

    void add(person& to, std::size_t bytes) {
        to.bytes.fetch_add(bytes, std::memory_order_relaxed);
        all_.fetch_add(bytes, std::memory_order_relaxed);
    }
    void subtract(person& from, std::size_t bytes) {
        from.bytes.fetch_sub(bytes, std::memory_order_relaxed);
        all_.fetch_sub(bytes, std::memory_order_relaxed);
    }

    bool has_room(const person& p, std::size_t bytes = 0) const {
        return p.bytes.load(std::memory_order_relaxed) + bytes < how_.person_bytes_max &&
               all_.load(std::memory_order_relaxed) + bytes < how_.all_bytes_max;
    }
    /// So near to the end of it that whoever takes nothing has to go, or those who do would wait for them.
    bool is_scarce() const { return all_.load(std::memory_order_relaxed) > how_.all_bytes_max / 4 * 3; }
    std::size_t bytes() const { return all_.load(std::memory_order_relaxed); }

private:
    backlog_limits how_;
    std::atomic<std::size_t> all_{0};
    std::mutex mutex_;
    std::unordered_map<std::uint64_t, std::weak_ptr<person>> people_;
    std::size_t live_ = 0;
};

}  // namespace server::shares
