#pragma once
// What has happened, by its place in the log: for whoever points at an event.

#include "events/catalog/stream.hpp"
#include "events/catalog/value.hpp"

#include <optional>

namespace core {

class past {
public:
    virtual ~past() = default;
    /// Of which stream the event at that position is; nothing where there is none.
    virtual std::optional<events::stream_id> stream_at(events::position which) const = 0;
};

}  // namespace core
