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
    std::vector<engine::committed_event> events;  ///< their personal fields are sealed, but for bytes.clear
    events::position to;                          ///< everything of the feed up to here is in, or was before
};

/// How much is read at once.
struct chunk_bounds {
    std::size_t events_max;
    std::size_t bytes_max;  ///< of their shown form; one event may be larger
    std::size_t scan_max;   ///< events looked at for them
};

/// Events of `f` after `after` and not after `goal`.
chunk read_chunk(const wire::documents& read, const feed& f, events::position after, events::position goal, const chunk_bounds& most);

}  // namespace server::feeds
