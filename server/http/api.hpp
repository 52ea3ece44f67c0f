#pragma once
// What the API is, in words of one language, as OpenAPI and as AsyncAPI.

#include "events/catalog/value.hpp"

#include <string>

namespace server::http {

std::string openapi_text(events::language reader);
std::string asyncapi_text(events::language reader);

}  // namespace server::http
