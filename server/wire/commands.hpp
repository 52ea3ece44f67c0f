#pragma once
// JSON to commands. The descriptions of the commands (core/) are the only list there is.

#include "core/any_command.hpp"
#include "events/catalog/stream.hpp"
#include "events/catalog/uuid.hpp"
#include "server/engine/request.hpp"
#include "server/wire/parser.hpp"

#include <optional>
#include <string_view>
#include <variant>

namespace server::wire {

/// The parts of a command as they came, in whichever way they came.
struct raw_command {
    std::string_view type;
    std::optional<events::stream_id> target;
    std::optional<events::version> expect;
    std::optional<simdjson::dom::element> data;  ///< nothing is the same as {}
};

using read_command_result = std::variant<engine::client_command, problem>;

/// Whether what an election needs of the server (its key, a sealed ballot) is made for a command of this kind: what comes
/// of it is not whole (engine::unmade). Elsewhere neither `election.open` nor `election.vote` can be asked for.
enum class elections { elsewhere, here };

/// Pointers in the problem begin with /data.
read_command_result read_command(const raw_command& raw, const events::uuid& id, events::member_id actor, elections held = elections::elsewhere);

/// The body of POST /api/v1/commands/{type}: target, expect, data.
std::variant<raw_command, problem> read_command_body(simdjson::dom::element body, std::string_view type);

/// What the engine refused, with the place of the field at fault and what could be there instead.
problem from_refused(const engine::refused& no);

}  // namespace server::wire
