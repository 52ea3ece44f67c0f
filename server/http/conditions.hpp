#pragma once
// Conditional requests and ranges (RFC 9110, 13 and 14), in one place: what a handler answers says what it is by its ETag, and
// what was asked decides whether it is sent, in part, or not at all.

#include "server/http/message.hpp"

#include <cstdint>
#include <string_view>

namespace server::http {

/// Turns a 200 with an ETag into 304 or 412, and one with a file into 206 or 416, where the request says so.
void settle_conditions(const request& asked, events::language reader, response& answer);

/// Whether `header` (If-None-Match, If-Match) names the tag. `weakly`: W/"1" is "1".
bool names_tag(std::string_view header, std::string_view tag, bool weakly);

/// The part that "bytes=…" asks for, of so many bytes. `beyond`: there is no such part.
enum class range_is { whole, part, beyond };
range_is read_range(std::string_view header, std::uint64_t bytes, byte_range& into);

}  // namespace server::http
