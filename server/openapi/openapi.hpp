#pragma once
// GET /api/openapi.json: every address of the server, every command, and every problem, as OpenAPI 3.1. It is as written: nothing in it is of
// what people wrote, nor of what was amended.

#include "events/catalog/value.hpp"
#include "server/openapi/operation.hpp"

#include <span>
#include <string>
#include <string_view>

namespace server::openapi {

std::string openapi_document(std::span<const address> all, std::string_view version, events::language reader);

}  // namespace server::openapi
