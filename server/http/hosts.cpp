#include "server/http/hosts.hpp"

#include "server/http/framing.hpp"
#include "server/ops/network.hpp"

#include <algorithm>

namespace server::http {
namespace {

using ops::address_in;
using ops::is_within;

constexpr core::refusal unknown_host{"unknown_host", "", "此服务器不以这个主机名提供服务。请用它的正式地址访问；如需增加主机名，请设置 hosts。",
                                     "This server does not go by that host name. Use its proper address; further names are given to it with the setting hosts."};

std::string lower(std::string_view text) {
    std::string low(text);
    std::transform(low.begin(), low.end(), low.begin(), [](unsigned char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c); });
    return low;
}

/// "[::1]:8080" -> "[::1]"; "ops.lan.:80" -> "ops.lan".
std::string host_name(std::string_view host) {
    const auto bracket = host.rfind(']');
    const auto colon = host.find(':', bracket == host.npos ? 0 : bracket);
    auto name = lower(host.substr(0, colon));
    if (name.size() > 1 && name.back() == '.') name.pop_back();
    return name;
}

}  // namespace

std::optional<wire::problem> check_host(const ops::config& config, const request& asked) {
    if (asked.host.empty()) return std::nullopt;  // HTTP/1.0, which no browser speaks: it names nobody
    const auto name = host_name(asked.host);
    const auto& hosts = config.hosts;
    if (std::any_of(hosts.begin(), hosts.end(), [&](const std::string& h) { return host_name(h) == name; })) return std::nullopt;
    const auto address = address_in(name);
    const auto own = address_in(config.listen_address);
    if (address && (address->is_loopback() || (own && *own == *address))) return std::nullopt;
    if (name == "localhost" || name.ends_with(".localhost")) return std::nullopt;
    if (hosts.empty() && address && own && own->is_unspecified()) return std::nullopt;
    return wire::make(421, unknown_host);
}

bool is_trusted_proxy(const ops::config& config, std::string_view address) {
    if (config.trusted_proxies.empty()) return false;
    const auto one = address_in(address);
    return one && std::any_of(config.trusted_proxies.begin(), config.trusted_proxies.end(), [&](const std::string& n) { return is_within(*one, n); });
}

std::string client_behind(const ops::config& config, const std::string& peer, std::string_view forwarded_for) {
    std::string nearest = peer;
    while (is_trusted_proxy(config, nearest) && !forwarded_for.empty()) {
        const auto comma = forwarded_for.rfind(',');
        const auto last = trimmed(comma == forwarded_for.npos ? forwarded_for : forwarded_for.substr(comma + 1));
        const auto address = address_in(last);
        if (!address) break;  // what can't be read is not believed
        nearest = address->to_string();
        forwarded_for = comma == forwarded_for.npos ? std::string_view() : forwarded_for.substr(0, comma);
    }
    return nearest;
}

}  // namespace server::http
