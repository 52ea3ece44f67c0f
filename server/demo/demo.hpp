#pragma once
// The demo department: bilingual, small, and made through the same commands as anyone's.

#include "server/engine/engine.hpp"
#include "server/identity/accounts.hpp"

#include <string>

namespace server::demo {

/// Everyone's password.
inline constexpr std::string_view password = "opsroom-demo";

/// Fills an empty log, or one in which this was cut off. Blocks; not on a shard's thread. Throws std::runtime_error where a command is refused.
void fill(engine::engine& room, identity::accounts& accounts, events::instant now, std::chrono::minutes utc_offset);

/// The first administrator of a room that is not a demo; again, where the last attempt was cut off. Returns the password, to be shown once.
std::string first_administrator(engine::engine& room, identity::accounts& accounts);

}  // namespace server::demo
