#pragma once
// Content coding (RFC 9110, 8.4) of what is large and asked for seldom. What is asked for often and is small is not worth the time.

#include "server/http/message.hpp"

#include <string>
#include <string_view>

namespace server::http {

/// In the gzip format (RFC 1952); some 6 ms of CPU for half a megabyte of JSON. Throws std::bad_alloc.
std::string gzip(std::string_view plain);

/// Compresses a 200 that `packs_well` where the request takes gzip.
void settle_coding(const request& asked, response& answer);

}  // namespace server::http
