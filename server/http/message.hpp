#pragma once
// A request and its response, without the library that carries them.

#include "events/catalog/value.hpp"
#include "server/wire/problem.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace server::http {

enum class method { get, head, post, put, del, options, other };

struct request {
    http::method method = http::method::other;
    std::string path;                          ///< decoded, without the query
    std::map<std::string, std::string> query;  ///< decoded
    std::string bad_query;                     ///< a parameter that is there twice or is no text; empty: none
    std::string peer;                          ///< IP address
    std::string host;
    std::string origin;
    std::string authorization;
    std::string session;                       ///< the cookie's value
    std::string device;                        ///< the cookie's value: what this browser is known by
    std::string agent;                         ///< the program, as it calls itself
    std::string idempotency_key;
    std::string if_none_match;
    std::string if_match;
    std::string if_range;
    std::string range;
    std::string last_event_id;
    std::string accept_language;
    std::string accept_encoding;
    std::string content_type;
    std::string body;
    bool secure = false;                       ///< over TLS
};

/// Where a streamed response goes. False once nobody listens.
class body_writer {
public:
    virtual ~body_writer() = default;
    virtual boost::asio::awaitable<bool> write(std::string_view part) = 0;
};

struct byte_range {
    std::uint64_t from = 0;
    std::uint64_t count = 0;
    bool operator==(const byte_range&) const = default;
};

/// Something whose length is known before it is sent, and that may be asked for in part.
struct whole_file {
    std::uint64_t bytes;
    std::function<boost::asio::awaitable<void>(body_writer&, byte_range)> send;
    byte_range part{0, bytes};  ///< what is sent
};

struct response {
    int status = 200;
    std::string content_type = "application/json";
    std::string body;
    std::string_view still;   ///< instead of `body`: bytes that outlive the response
    std::string_view packed;  ///< the same in the gzip format, where that is smaller: for those who take it so
    std::vector<std::pair<std::string, std::string>> headers;
    std::function<boost::asio::awaitable<void>(body_writer&)> stream;  ///< instead of a body: as long as it turns out
    std::optional<whole_file> file;                                    ///< instead of a body
    bool packs_well = false;     ///< a large body that is asked for seldom: it is compressed for those who take it so
    bool styles_itself = false;  ///< a page whose library writes styles into it
    events::member_id whose;  ///< who asked, where somebody is known: what they do not take counts as theirs
};

response json(std::string body, int status = 200);
response refuse(const wire::problem& p, events::language reader);

}  // namespace server::http
