#pragma once
// The log, read piece by piece: no command is cut in two, and nothing is held open between the pieces.

#include "events/rocksdb/event_store.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>

namespace events::rocks {

/// Calls `take` with all events from `first` to `last`, about `size` at a time, until it returns false. Nothing, or what is wrong with
/// the log, in English. Throws as event_store::read_range does.
std::optional<std::string> read_pieces(const event_store& log, position first, position last, std::size_t size,
                                       const std::function<bool(std::span<const entry>)>& take);

}  // namespace events::rocks
