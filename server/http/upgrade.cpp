#include "server/http/upgrade.hpp"

#include "events/bytes/base64.hpp"
#include "server/ws/session.hpp"

#include <boost/beast/http/rfc7230.hpp>

namespace server::http {

std::optional<wire::problem> refuse_handshake(const beast_request& asked) {
    using boost::beast::http::field;
    if (asked[field::sec_websocket_version] != "13") return wire::make(426, wire::problems::bad_handshake);
    const auto text = asked[field::sec_websocket_key];
    const auto key = events::bytes::from_base64({text.data(), text.size()});
    bool speaks = false;
    for (const auto& name : boost::beast::http::token_list(asked[field::sec_websocket_protocol])) speaks = speaks || name == ws::subprotocol;
    if (!key || key->size() != 16 || !speaks) return wire::make(400, wire::problems::bad_handshake);
    return std::nullopt;
}

void become_socket(shard& on, link&& from, const identity::principal& who, beast_request&& asked) {
    std::make_shared<ws::session<link>>(on, std::move(from), who)->start(std::move(asked));
}

}  // namespace server::http
