#pragma once
// What a feed has missed, read from the log itself.

#include "events/log/log.hpp"
#include "server/engine/committed.hpp"
#include "server/feeds/subscriber.hpp"
#include "server/wire/feed.hpp"
#include "server/wire/documents.hpp"

#include <vector>

namespace server::feeds {

struct chunk {
    std::vector<engine::committed_event> events;  ///< bytes.stored is the form to show
    events::position to;                          ///< everything of the feed up to here is in, or was before
};

/// Events of `f` after `after` and not after `goal`, at most `events_max` of them out of at most `scan_max`.
chunk read_chunk(const wire::documents& read, const feed& f, events::position after, events::position goal,
                 std::size_t events_max, std::size_t scan_max);

}  // namespace server::feeds
