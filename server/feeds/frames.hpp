#pragma once
// The frames of one batch: built when the first receiver needs one, then shared by all who may see the same of it.

#include "core/access/events.hpp"
#include "server/engine/committed.hpp"
#include "server/wire/feed.hpp"
#include "server/feeds/subscriber.hpp"
#include "server/wire/documents.hpp"

#include <functional>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

namespace server::feeds {

class batch_frames {
public:
    /// The events are borrowed. A feed that `wanted` denies gets no frames.
    batch_frames(std::span<const engine::committed_event> events, const wire::documents& read,
                 const std::function<bool(const feed&)>& wanted);

    /// The feeds that these events are of.
    const std::unordered_map<feed, std::vector<std::uint32_t>>& touched() const { return by_feed_; }

    /// What `reader` may see of feed `f`, up to position `to`, and which of its rows these events took from them. Null
    /// where that is nothing.
    frame of(const feed& f, const core::person& reader, events::position to);

private:
    struct shown_event {
        std::uint32_t place;
        core::access::sight how;
        auto operator<=>(const shown_event&) const = default;
    };
    struct sight {
        std::vector<shown_event> shown;
        std::vector<std::uint64_t> gone;   // tasks that were the reader's before one of the events and can't be seen now
        auto operator<=>(const sight&) const = default;
    };
    sight visible(const feed& f, const core::person& reader) const;
    frame build(const feed& f, const sight& what, const core::person& reader, events::position to) const;

    std::span<const engine::committed_event> events_;
    const wire::documents& read_;
    std::unordered_map<feed, std::vector<std::uint32_t>> by_feed_;
    std::map<std::pair<feed, sight>, frame> built_;
};

}  // namespace server::feeds
