#include "server/ops/network.hpp"

#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include <string>

namespace server::ops {

namespace ip = boost::asio::ip;

std::optional<ip::address> address_in(std::string_view text) {
    if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
    boost::system::error_code bad;
    auto found = ip::make_address(std::string(text), bad);
    if (bad) return std::nullopt;
    if (found.is_v6() && found.to_v6().is_v4_mapped()) found = ip::make_address_v4(ip::v4_mapped, found.to_v6());
    return found;
}

bool is_within(const ip::address& one, std::string_view network) {
    const auto slash = network.find('/');
    if (slash == network.npos) return address_in(network) == one;
    boost::system::error_code bad;
    if (one.is_v4()) {
        const auto in = ip::make_network_v4(std::string(network), bad);
        return !bad && ip::network_v4(one.to_v4(), in.prefix_length()).canonical() == in.canonical();
    }
    const auto in = ip::make_network_v6(std::string(network), bad);
    return !bad && ip::network_v6(one.to_v6(), in.prefix_length()).canonical() == in.canonical();
}

bool is_network(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == text.npos) return address_in(text).has_value();
    boost::system::error_code bad4, bad6;
    (void)ip::make_network_v4(std::string(text), bad4);
    (void)ip::make_network_v6(std::string(text), bad6);
    return !bad4 || !bad6;
}

}  // namespace server::ops
