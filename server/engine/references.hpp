#pragma once
// What a part of a transaction says of what earlier parts make.

#include "server/engine/request.hpp"

#include <span>

namespace server::engine {

/// Puts the numbers of what was made in place of the references. False where one is to a part that made nothing, is not
/// earlier, or made another kind of thing.
bool resolve(core::any_command& in, std::span<const std::optional<events::stream_id>> made);

}  // namespace server::engine
