#pragma once
// How long somebody who keeps failing has to wait. A bounded table: when it is full, who failed the longest time
// ago is forgotten first.

#include "events/catalog/value.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace server::identity {

/// Not synchronised.
class throttle {
public:
    struct rule {
        unsigned free;               ///< so many failures cost nothing
        std::chrono::seconds first;  ///< then this long, and twice as long each further time
        std::chrono::seconds longest;
        std::chrono::seconds forget_after;  ///< without a further failure
        std::size_t keys_max;
    };

    explicit throttle(rule r) : rule_(r) {}

    /// 0: try.
    std::chrono::seconds wait(std::string_view key, events::instant now) const;

    /// That are not forgotten yet.
    unsigned failures(std::string_view key, events::instant now) const;

    /// To be called before the attempt, so that parallel ones don't slip through.
    void failed(std::string_view key, events::instant now);

    /// The last failed() was none.
    void forgive(std::string_view key);

    /// Forgets every failure of `key`.
    void clear(std::string_view key);

    std::size_t size() const { return entries_.size(); }

private:
    struct entry {
        std::uint64_t key;
        unsigned failures;
        events::instant last;
        events::instant not_before;
    };

    rule rule_;
    std::list<entry> entries_;  // latest failure first
    std::unordered_map<std::uint64_t, std::list<entry>::iterator> index_;
};

/// What stands for a peer: its IPv4 address, or the /64 of its IPv6 address, as that is what one customer gets.
std::string throttle_key(std::string_view address);

}  // namespace server::identity
