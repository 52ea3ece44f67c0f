#pragma once
// The schemas that both documents refer to: of commands, events, rows and dossiers of every kind, made from the descriptions; and of
// what else is answered.

#include "events/catalog/value.hpp"
#include "server/openapi/shape.hpp"

namespace server::openapi {

/// The kinds, as the schema has them before anything is amended.
const json& kinds();

/// By name: "task.assign" is the data of a command, "task.assigned.v1" an event, "task.row", "task.dossier" and "task.event" what is said of
/// one, "Event" any event.
json schemas(events::language reader);

/// Whether the kind has a list and dossiers.
bool has_list(const json& kind);

}  // namespace server::openapi
