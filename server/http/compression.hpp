#pragma once
// Content coding (RFC 9110, 8.4), in one place: what a handler answers says that it is there compressed, or is worth compressing, and what
// was asked decides. What is asked for often and is small is not worth the time.

#include "server/http/message.hpp"

#include <string>
#include <string_view>

namespace server::http {

/// In the gzip format (RFC 1952); some 6 ms of CPU for half a megabyte of JSON. Throws std::bad_alloc.
std::string gzip(std::string_view plain);

/// Of what was asked: sends a 200 compressed where the request takes gzip, and says of it, and of a 304, that it depends on that. After
/// settle_conditions.
void settle_coding(const request& asked, response& answer);

}  // namespace server::http
