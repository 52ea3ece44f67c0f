#pragma once
// Just enough HTTP/1.1 to ask the server things and to read what it answers, word for word.

#include "tests/support/tcp.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace support {

struct http_request {
    std::string method = "GET";
    std::string target = "/";
    std::vector<std::string> headers;  ///< "Name: value"; Host, Content-Length and Connection are added
    std::string body;
};

struct http_response {
    int status = 0;
    std::map<std::string, std::string> headers;  ///< names in lower case; the last of several
    std::string body;
};

/// One request on a connection of its own. Throws connection_lost, also when the answer takes over a minute.
http_response ask(std::uint16_t port, const http_request& request);

/// Reads the head of an answer from `from`; what comes after it is left in `rest`.
http_response read_head(tcp& from, std::string& rest);

}  // namespace support
