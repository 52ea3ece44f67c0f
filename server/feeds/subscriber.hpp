#pragma once
// What a hub needs to know of whoever subscribes: a socket, an event stream, a test.

#include "events/catalog/value.hpp"
#include "server/wire/feed.hpp"

#include <memory>
#include <string>

namespace server::feeds {

using wire::feed;
using wire::feed_kind;

/// One or more lines of the wire, without the last line's end. Built once for all its receivers.
using frame = std::shared_ptr<const std::string>;

inline frame make_frame(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

/// On its shard's thread alone.
class subscriber {
public:
    virtual ~subscriber() = default;

    virtual events::member_id who() const = 0;
    virtual events::language reader() const = 0;

    /// False once its outbox is as full as it may be. It then calls hub::drained() when it is not any more.
    virtual bool has_room() const = 0;
    /// Nor for so many more, beside what is in it already.
    virtual bool has_room_for(std::size_t) const { return has_room(); }

    /// Never refused: what is sent without room is bounded by the hub (one frame a subscription).
    virtual void send(frame one) = 0;

    /// Its member may not be here any more.
    virtual void end_session() = 0;
};

}  // namespace server::feeds
