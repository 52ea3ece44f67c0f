#pragma once
// What a feed tells, put together: rows by their id, and a conversation by its messages. Values, for one thread at a time;
// a feed hands out copies.

#include "opsroom/json.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace opsroom {

/// Rows of one list, the newest word on each. The server sends rows whole, so a change replaces one and folds nothing.
class rows {
public:
    void reset(const json& items);
    /// From the feed, in its order.
    void put(const json& items);
    /// From the feed: they can't be seen any more.
    void drop(const json& ids);
    /// From a page read beside the feed: what the feed has told since is newer.
    void add(const json& items);

    const std::map<std::uint64_t, json>& by_id() const { return by_id_; }

private:
    std::map<std::uint64_t, json> by_id_;
    std::set<std::uint64_t> gone_;  ///< told since the last snapshot
};

/// A conversation: its messages by number, folded from what happened. The same events give the same messages.
class timeline {
public:
    void reset(const json& data);
    void fold(const json& events);

    // Of a copy that nobody keeps, a copy.
    const std::map<std::uint64_t, json>& messages() const& { return messages_; }
    std::map<std::uint64_t, json> messages() && { return std::move(messages_); }
    const std::vector<std::uint64_t>& people() const& { return people_; }
    std::vector<std::uint64_t> people() && { return std::move(people_); }

private:
    void posted(const json& event, const json& data);
    void react(const json& event, const json& data, bool on);
    void set_member(std::uint64_t who, bool is_in);

    std::map<std::uint64_t, json> messages_;
    std::vector<std::uint64_t> people_;
};

}  // namespace opsroom
