#pragma once
// GET /api/asyncapi.json: the live socket and the feeds as Server-Sent Events, every message both ways, every feed and every event, as AsyncAPI
// 3.0.

#include "events/catalog/value.hpp"

#include <string>
#include <string_view>

namespace server::openapi {

std::string asyncapi_document(std::string_view version, events::language reader);

}  // namespace server::openapi
