#pragma once
// Where data may be fetched from over HTTP: hosts that the configuration names, at addresses that are nobody's own. Pure, but for the file of
// secrets.

#include "events/catalog/value.hpp"

#include <boost/asio/ip/address.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace server::warehouse {

/// The parts of an address that matter to whether it may be asked.
struct web_address {
    bool secure = false;
    std::string host;  ///< in small letters; of IPv6 without brackets
    std::uint16_t port = 0;
    bool operator==(const web_address&) const = default;
};

/// Nothing where it is no http(s) address, or has somebody's name or password in it.
std::optional<web_address> read_web_address(const std::string& url);

/// Whether the list names it: "data.example.com" for the usual ports, "data.example.com:8443" for that one.
bool is_allowed(const web_address& one, const std::vector<std::string>& hosts);

/// Whether an element of that list is one: a name or an address, and a port where there is one.
bool is_host(std::string_view text);

/// Loopback, link-local, private, or otherwise of no one machine of the Internet; of IPv6 also an IPv4 address of that kind in it.
bool is_private(const boost::asio::ip::address& one);

/// {date}, {from} and {until} as days; nothing where there is another placeholder. {date} is the last day.
std::optional<std::string> with_days(std::string_view place, events::date from, events::date until);

/// Headers by host, as the file of secrets has them: lines "data.example.com Authorization: Bearer …", empty ones, and # for comments.
struct header_secrets {
    std::multimap<std::string, std::string> headers;
    std::string fault_zh, fault_en;  ///< with the line's number, and without what it says; empty: none
};
header_secrets read_header_secrets(std::string_view text);
/// Of a file that nobody else may read.
header_secrets load_header_secrets(const std::filesystem::path& file);

}  // namespace server::warehouse
