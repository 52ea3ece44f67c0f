#pragma once
// Which names this server answers to, and who is behind a proxy.

#include "server/http/message.hpp"
#include "server/ops/config.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace server::http {

/// Nothing where the request is for this server: a name in `hosts`; without that setting a loopback name or address, the
/// address that it listens on, or, where that is every address, any literal one. Any other name may lead here because somebody
/// else made it (DNS rebinding), and their page would then be of the same origin as ours.
std::optional<wire::problem> check_host(const ops::config& config, const request& asked);

bool is_trusted_proxy(const ops::config& config, std::string_view address);

/// Whom the connection is from: the peer itself, or, where that is a trusted proxy, the last address that it was forwarded
/// for and that is not one as well. What a proxy that is not trusted says counts for nothing.
std::string client_behind(const ops::config& config, const std::string& peer, std::string_view forwarded_for);

}  // namespace server::http
