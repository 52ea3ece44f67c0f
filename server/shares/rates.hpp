#pragma once
// How much a person, or an address, may ask for over time: token buckets. Whoever asks a little too fast is slowed down;
// whoever goes on regardless is told when to come again.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace server::shares {

using tick = std::chrono::steady_clock::time_point;

/// 0 a second: no limit.
struct rate {
    double a_second = 0;
    double burst = 0;  ///< what may be taken at once by who has taken nothing for a while
};

/// One bucket. What is taken before it is there is waited for: in order, so that waiting is never in vain.
class bucket {
public:
    explicit bucket(const rate& r, tick now) : left_(r.burst), at_(now) {}

    /// How long to wait before what was taken is there; nothing was taken where that were longer than `patience`, and the
    /// answer is then how long until asking again makes sense.
    struct verdict {
        bool taken = true;
        std::chrono::milliseconds wait{0};
    };
    verdict take(const rate& r, double n, tick now, std::chrono::milliseconds patience);

    /// It would not matter if it were made anew.
    bool is_whole(const rate& r, tick now) const;

private:
    void fill(const rate& r, tick now);

    double left_;
    tick at_;
};

/// Any thread.
class rates {
public:
    enum kind : std::size_t { commands, requests, log_bytes, subscriptions, address_requests };
    static constexpr std::size_t kinds = 5;
    using limits = std::array<rate, kinds>;

    explicit rates(const limits& how) : how_(how) {}
    rates(const rates&) = delete;
    rates& operator=(const rates&) = delete;

    /// Of `whose` (a member's number, or an address's share). Who asks for more than a whole burst at once gets that.
    bucket::verdict take(kind of, std::uint64_t whose, double n, tick now, std::chrono::milliseconds patience);

    /// How many times somebody was told to come again.
    std::uint64_t refused(kind of) const;

private:
    static constexpr std::size_t buckets_max = 16'384;  // a kind: more than that are addresses that somebody makes up
    struct some {
        mutable std::mutex mutex;
        std::unordered_map<std::uint64_t, bucket> of;
        std::uint64_t refused = 0;
    };
    limits how_;
    std::array<some, kinds> all_;
};

}  // namespace server::shares
