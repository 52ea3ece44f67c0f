#pragma once
// JSON to commands. The descriptions of the commands (core/) are the only list there is.

#include "core/commands.hpp"
#include "events/catalog/stream.hpp"
#include "events/catalog/uuid.hpp"
#include "server/engine/request.hpp"
#include "server/wire/ballot_box.hpp"
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

/// Pointers in the problem begin with /data. `polls` seals what is chosen in an election (`election.vote`) and makes the
/// keys of a new one; where there is none, neither can be asked for.
read_command_result read_command(const raw_command& raw, const events::uuid& id, events::member_id actor, ballot_box* polls = nullptr);

/// The body of POST /api/v1/commands/{type}: target, expect, data.
std::variant<raw_command, problem> read_command_body(simdjson::dom::element body, std::string_view type);

}  // namespace server::wire
