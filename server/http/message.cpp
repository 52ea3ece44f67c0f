#include "server/http/message.hpp"

#include "server/wire/retry_after.hpp"

namespace server::http {

response json(std::string body, int status) {
    response r;
    r.status = status;
    r.body = std::move(body);
    return r;
}

response refuse(const wire::problem& p, events::language reader) {
    auto r = json(wire::to_json(p, reader), p.status);
    r.content_type = "application/problem+json";
    if (const auto seconds = wire::retry_after(p)) r.headers.emplace_back("Retry-After", std::to_string(*seconds));
    if (p.status == 401) r.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"opsroom\"");
    if (p.status == 426) {
        r.headers.emplace_back("Upgrade", "websocket");
        r.headers.emplace_back("Sec-WebSocket-Version", "13");
    }
    return r;
}

}  // namespace server::http
