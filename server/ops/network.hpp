#pragma once
// IP addresses and networks in text.

#include <boost/asio/ip/address.hpp>

#include <optional>
#include <string_view>

namespace server::ops {

/// Also "[::1]"; "::ffff:192.0.2.1" is the IPv4 address in it. Nothing where it is no address.
std::optional<boost::asio::ip::address> address_in(std::string_view text);

/// "10.0.0.0/8", "2001:db8::/32", or a single address.
bool is_network(std::string_view text);
bool is_within(const boost::asio::ip::address& one, std::string_view network);

}  // namespace server::ops
