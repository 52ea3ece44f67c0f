#pragma once
// How something looks, written as short as in TypeScript, and as JSON Schema.
//
//   { id: id, name: text | null, roles: text[], left?: day }    an object; `?`: it may be left out
//   { [text]: count }                                           any names, each with one of those
//   Step & { position: count }                                  both at once; with a capital, or a dot (task.row): what is called so
//   'low' | 'high'   1..200   -5..   true                       one of these texts; numbers within bounds; what it always is

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace server::openapi {

using json = nlohmann::ordered_json;

/// Throws std::logic_error for what is written wrong: all of it is static.
json shape(std::string_view written);

/// What is called so among the document's schemas.
json reference(std::string_view name);

}  // namespace server::openapi
