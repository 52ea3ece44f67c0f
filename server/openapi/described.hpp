#pragma once
// What is described beside the structs, as JSON Schema: made from the schema (server/wire/schema), which is made from the descriptions.

#include "events/catalog/value.hpp"
#include "server/openapi/shape.hpp"

#include <string>
#include <string_view>

namespace server::openapi {

/// The same words as the schema has them: {"zh","en"}.
std::string words(const json& of, std::string_view key, events::language reader);

/// Whether an object without it is none.
bool has_to_be_there(const json& field);

/// An object with these fields. What is given is held to its bounds; what is told may be from before them, and has more that is of no use
/// to people; of what is shown nothing is hidden.
enum class direction { given, told, shown };
json object_of(const json& fields, direction way, events::language reader);

/// The fields that a row or a dossier shows: each may be left out, or be null, as it does not have them yet. There are no others, which
/// what it is a part of has to say.
json shown_of(const json& fields, events::language reader);

}  // namespace server::openapi
