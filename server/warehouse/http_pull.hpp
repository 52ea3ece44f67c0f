#pragma once
// A file over HTTP (S4.1.2, way "http"), from hosts that the configuration names and from nowhere else: the address that is connected to is
// looked at, not the name; a redirect leads to the same host; nothing but http(s) is spoken, without a proxy, and certificates are checked.

#include "server/warehouse/pull_address.hpp"
#include "server/warehouse/pulled_file.hpp"

#include <chrono>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace server::warehouse {

struct http_pull_options {
    std::vector<std::string> hosts;
    bool private_hosts = false;                          ///< addresses of this machine and its networks may be connected to
    std::multimap<std::string, std::string> headers{};   ///< secrets by host, as its list names it
    std::chrono::seconds connects_within{10};
    std::chrono::seconds ends_within{120};
};

/// Writes the content of `url` to `to`. Blocks; throws pull_failed, also where it was told to stop. Any thread.
void pull_over_http(const std::string& url, const http_pull_options& how, pulled_file& to, const std::stop_token& stop);

}  // namespace server::warehouse
