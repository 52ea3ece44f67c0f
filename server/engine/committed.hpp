#pragma once
// A batch that is durable: what projectors and feeds are given, shared and never changed.

#include "events/catalog/any.hpp"
#include "events/codec/codec.hpp"

#include <memory>
#include <vector>

namespace server::engine {

struct committed_event {
    events::recorded what;  ///< personal fields in the clear
    events::encoded bytes;
};

struct committed {
    std::vector<committed_event> events;  ///< consecutive; never empty

    events::position first() const { return events.front().what.envelope.position; }
    events::position last() const { return events.back().what.envelope.position; }
};

using committed_batch = std::shared_ptr<const committed>;

}  // namespace server::engine
