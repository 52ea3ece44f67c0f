#pragma once
// What is known of a channel's messages, sixteen bytes each and their place in their topic.

#include "core/channel/messages.hpp"
#include "core/kernel/archive.hpp"
#include "events/catalog/id.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::views {

using events::member_id;
using events::message_no;
using events::position;

struct reaction {
    std::string emoji;
    std::vector<std::uint32_t> members;  ///< in the order in which they came
    bool operator==(const reaction&) const = default;
};
BOOST_DESCRIBE_STRUCT(reaction, (), (emoji, members))

/// A message as a reader is shown it, but for its text.
struct message_view {
    message_no number;
    member_id author;
    position said;    ///< the event that it came with (posted, imported): its time is there
    position text;    ///< the event that carries its text as it is now (that, or the newest edit)
    std::string_view topic;  ///< that goes with the last message of it: of those that are deleted it is empty then
    bool edited = false;
    bool deleted = false;
    bool pinned = false;
    const std::vector<reaction>* reactions = nullptr;  ///< never null
};

struct topic_count {
    std::string_view name;
    std::size_t messages;
};

/// Which messages: oldest first, at most `limit`. With `after` those next after it, else the newest (before `before`).
struct message_range {
    std::optional<message_no> before;
    std::optional<message_no> after;
    std::optional<std::string_view> topic;  ///< empty: the general conversation
    std::size_t limit = 50;
};

class message_log {
public:
    void append(message_no n, member_id author, position at, std::string_view topic);
    void edit(message_no n, position at);
    void remove(message_no n);
    void move(message_no n, std::string_view topic);
    void pin(message_no n);
    void unpin(message_no n);
    void react(message_no n, member_id who, const std::string& emoji);
    void unreact(message_no n, member_id who, const std::string& emoji);

    std::uint32_t last() const { return static_cast<std::uint32_t>(entries_.size()); }
    /// How many there are after message `n` that were not deleted.
    std::uint32_t count_after(std::uint32_t n) const;
    /// Nothing where there is no such message.
    std::optional<message_view> find(message_no n) const;
    std::vector<message_view> range(const message_range& wanted) const;

    /// Pinned messages, by number.
    const std::vector<std::uint32_t>& pins() const { return pins_; }
    /// The topics that have messages that were not deleted, in the order in which they came up; not the general conversation.
    std::vector<topic_count> topics() const;

    void save(archive::writer& to) const;
    bool load(archive::reader& from);
    bool operator==(const message_log& other) const;

private:
    struct entry {
        std::uint64_t position = 0;
        message_mark mark;
        bool operator==(const entry&) const = default;
    };
    entry& at(message_no n);
    message_view view(std::uint32_t n) const;
    std::uint32_t topic_number(std::string_view topic);

    std::vector<entry> entries_;  // message n is at n - 1
    interner topics_;
    boost::unordered_flat_map<std::uint32_t, std::uint64_t> edits_;  // message -> its newest edit
    boost::unordered_flat_map<std::uint32_t, std::vector<reaction>> reactions_;
    std::vector<std::uint32_t> pins_;
    std::vector<std::uint32_t> deleted_;  // sorted; made from the entries
    std::vector<std::vector<std::uint32_t>> by_topic_{1};  // made from the entries
    std::vector<std::uint32_t> here_{0};  // of each topic, how many are not deleted; made from the entries
};

}  // namespace core::views
