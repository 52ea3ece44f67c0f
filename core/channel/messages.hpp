#pragma once
// What rules need to remember of a channel's people and messages: a few bytes each, as there are a million.
//
// Ids are dense (events/catalog/id.hpp), so 32 bits of them are kept.

#include "core/kernel/archive.hpp"
#include "core/kernel/interner.hpp"
#include "core/kernel/verify.hpp"
#include "events/catalog/id.hpp"

#include <boost/container_hash/hash.hpp>
#include <boost/describe/class.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace core {

/// Somebody who is in a channel, and the last message that they have read.
struct seat {
    std::uint32_t member = 0;
    std::uint32_t read = 0;
    std::uint32_t came = 0;  ///< higher than that of whoever came before
    auto operator<=>(const seat&) const = default;
};
BOOST_DESCRIBE_STRUCT(seat, (), (member, read, came))

/// The people in a channel, by id.
class seats {
public:
    /// Null for who is not in it.
    const seat* find(events::member_id who) const {
        const auto at = place(who);
        return at != all_.end() && at->member == who.value ? &*at : nullptr;
    }
    bool contains(events::member_id who) const { return find(who) != nullptr; }

    void add(events::member_id who, std::uint32_t read) {
        const auto at = place(who);
        if (at == all_.end() || at->member != who.value) all_.insert(at, {static_cast<std::uint32_t>(who.value), read, ++came_});
    }
    void remove(events::member_id who) {
        const auto at = place(who);
        if (at != all_.end() && at->member == who.value) all_.erase(at);
    }
    /// Forwards only. Nothing for who is not in it.
    void mark_read(events::member_id who, std::uint32_t message) {
        const auto at = all_.begin() + (place(who) - all_.begin());
        if (at != all_.end() && at->member == who.value) at->read = std::max(at->read, message);
    }

    const std::vector<seat>& all() const { return all_; }
    /// How many ever came.
    std::uint32_t came() const { return came_; }
    /// Takes over seats in the order of their members, each once; false where they are not.
    bool assign(std::vector<seat> sorted, std::uint32_t came) {
        if (!std::is_sorted(sorted.begin(), sorted.end(), before_or_same)) return false;
        all_ = std::move(sorted);
        came_ = came;
        return true;
    }
    bool operator==(const seats&) const = default;

private:
    // <= makes is_sorted refuse doubles too.
    static bool before_or_same(const seat& a, const seat& b) { return a.member <= b.member; }
    std::vector<seat>::const_iterator place(events::member_id who) const {
        return std::lower_bound(all_.begin(), all_.end(), who.value,
                                [](const seat& s, std::uint64_t m) { return s.member < m; });
    }
    std::vector<seat> all_;
    std::uint32_t came_ = 0;
};

inline void write(archive::writer& w, const seats& people) {
    write(w, people.all());
    write(w, people.came());
}
inline void read(archive::reader& r, seats& people) {
    std::vector<seat> all;
    std::uint32_t came = 0;
    read(r, all);
    read(r, came);
    if (!people.assign(std::move(all), came)) r.fail();
}

/// One message, in eight bytes.
struct message_mark {
    static constexpr std::uint32_t deleted_bit = 1u << 31;
    static constexpr std::uint32_t pinned_bit = 1u << 30;
    static constexpr std::uint32_t edited_bit = 1u << 29;
    static constexpr std::uint32_t imported_bit = 1u << 28;
    static constexpr std::uint32_t topic_mask = (1u << 24) - 1;

    std::uint32_t author = 0;
    std::uint32_t bits = 0;  ///< the flags, and the topic's number below them

    bool deleted() const { return bits & deleted_bit; }
    bool pinned() const { return bits & pinned_bit; }
    bool edited() const { return bits & edited_bit; }
    bool imported() const { return bits & imported_bit; }
    std::uint32_t topic() const { return bits & topic_mask; }
    void set_topic(std::uint32_t number) { bits = (bits & ~topic_mask) | number; }
    bool operator==(const message_mark&) const = default;
};
BOOST_DESCRIBE_STRUCT(message_mark, (), (author, bits))

/// How many different topics a channel may have.
inline constexpr std::uint32_t topics_max = 100'000;

/// Who reacted to what, with what. The emoji as a digest.
struct reaction_mark {
    std::uint32_t message = 0;
    std::uint32_t member = 0;
    std::uint64_t emoji = 0;
    auto operator<=>(const reaction_mark&) const = default;

    friend std::size_t hash_value(const reaction_mark& r) {
        std::size_t seed = r.emoji;
        boost::hash_combine(seed, std::uint64_t{r.message} << 32 | r.member);
        return seed;
    }
};
BOOST_DESCRIBE_STRUCT(reaction_mark, (), (message, member, emoji))

/// Messages by number, from 1 without gaps.
struct message_list {
    std::vector<message_mark> marks;
    interner topics;
    boost::unordered_flat_set<reaction_mark, boost::hash<reaction_mark>> reactions;

    std::uint32_t last() const { return static_cast<std::uint32_t>(marks.size()); }
    /// Null where there is no such message.
    const message_mark* find(events::message_no n) const {
        return n.value == 0 || n.value > marks.size() ? nullptr : &marks[n.value - 1];
    }
    /// One that happened to a message proves that it is there.
    message_mark& at(events::message_no n) {
        verify(n.value != 0 && n.value <= marks.size(), "a channel's events are about messages that it has");
        return marks[n.value - 1];
    }
    void append(events::message_no n, events::member_id author, std::string_view topic) {
        verify(n.value == marks.size() + 1, "a channel's messages are numbered without gaps");
        marks.push_back({static_cast<std::uint32_t>(author.value), topics.intern(topic)});
    }
    bool operator==(const message_list&) const = default;
};
BOOST_DESCRIBE_STRUCT(message_list, (), (marks, topics, reactions))

}  // namespace core
