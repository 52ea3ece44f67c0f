#pragma once
// Every channel, its people, and what was said when: of a message its author, its flags and where in the log its text
// is. The text itself is never kept here: it is read from the log, and opened there with its author's key.
//
// Not synchronised: one thread applies, and readers are kept off meanwhile. Pointers hold until the next event.

#include "core/channel/messages.hpp"
#include "core/kernel/archive.hpp"
#include "core/kernel/context.hpp"
#include "core/views/message_log.hpp"
#include "events/catalog/any.hpp"
#include "events/catalog/channel.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <string>
#include <vector>

namespace core::views {

struct channel_row {
    channel_id id;
    std::string name;
    std::string description;
    events::channel::visibility visibility = events::channel::visibility::everyone;
    bool archived = false;
    events::version version;
    seats people;
    message_log messages;

    /// Messages after the last one that they have read, but for deleted ones (D14); 0 for who is not in it.
    std::uint32_t unread(member_id who) const {
        const auto* s = people.find(who);
        return s ? messages.count_after(s->read) : 0;
    }
    bool operator==(const channel_row&) const = default;
};

class timeline {
public:
    /// Events of other categories are passed over.
    void apply(const events::recorded& event);

    /// Null where there is no such channel. Whether the asker may see it is for access to say.
    const channel_row* row(channel_id id) const;
    std::size_t size() const { return rows_.size(); }

    /// At most `limit` channels after `after` that `reader` may see, by id.
    std::vector<const channel_row*> page(const person& reader, channel_id after, std::size_t limit) const;

    /// The channels that somebody is in, by id.
    const std::vector<channel_id>& channels_of(member_id who) const;

    void save(archive::writer& to) const;
    /// False, and empty, where the bytes are no good.
    bool load(archive::reader& from);

    bool operator==(const timeline& other) const { return rows_ == other.rows_; }

private:
    struct fold;
    void enter(member_id who, channel_id channel);
    void leave(member_id who, channel_id channel);

    std::vector<channel_row> rows_;  // channel n is at n - 1
    boost::unordered_flat_map<std::uint64_t, std::vector<channel_id>> channels_of_;  // made from the rows
};

}  // namespace core::views
