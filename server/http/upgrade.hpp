#pragma once
// A connection that asks to become a WebSocket. Apart from connection.cpp, as each takes long to compile.

#include "server/http/link.hpp"
#include "server/http/services.hpp"

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

namespace server::http {

using beast_request = boost::beast::http::request<boost::beast::http::string_body>;

/// RFC 6455 §4.2.1, where Beast would answer in words of its own, and we with a problem.
std::optional<wire::problem> refuse_handshake(const beast_request& asked);

/// It lives by itself from here on, and counts against connections_max until it ends.
void become_socket(shard& on, link&& from, const identity::principal& who, beast_request&& asked);

}  // namespace server::http
