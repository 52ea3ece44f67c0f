#pragma once
// What follows by itself from something that happened: a command by the system, decided in the same batch as what it
// follows from, so that both are durable or neither.

#include "core/any_command.hpp"
#include "events/catalog/stream.hpp"

#include <optional>
#include <vector>

namespace core {

struct follow_up {
    any_command what;
    std::optional<events::stream_id> target;  ///< nothing: it creates
};
using follow_ups = std::vector<follow_up>;

}  // namespace core
