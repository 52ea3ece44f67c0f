#pragma once
// Argon2id (RFC 9106), as many at once as was allowed and no more.

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace server::identity {

/// Any thread. Every function but outdated() is slow and waits its turn.
class hasher {
public:
    /// The cost of one hash, how many run at once, and how many may wait for that.
    hasher(std::uint64_t passes, std::size_t memory_kib, unsigned at_once, unsigned waiting_max);

    /// Nothing when too many wait. The result carries salt and cost: "$argon2id$v=19$m=…".
    std::optional<std::string> hash(std::string_view password);

    enum class verdict { right, wrong, busy };

    /// With nothing stored it is always wrong, and takes as long.
    verdict check(const std::optional<std::string>& stored, std::string_view password);

    /// Whether `stored` was made at another cost than hash() has now.
    bool outdated(const std::string& stored) const;

private:
    class turn;

    std::uint64_t passes_;
    std::size_t memory_bytes_;
    unsigned at_once_;
    unsigned waiting_max_;
    std::string nobodys_;  // matches no password

    std::mutex mutex_;
    std::condition_variable free_;
    unsigned running_ = 0;
    unsigned waiting_ = 0;
};

}  // namespace server::identity
