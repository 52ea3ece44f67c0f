#include "server/warehouse/pull_address.hpp"

#include "server/ops/network.hpp"
#include "server/warehouse/day_text.hpp"

#include <curl/curl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <memory>

namespace server::warehouse {
namespace {

constexpr std::uint16_t http_port = 80, https_port = 443;

std::string lower(std::string_view text) {
    std::string made(text);
    std::transform(made.begin(), made.end(), made.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return made;
}

std::optional<std::uint16_t> port_in(std::string_view text) {
    std::uint16_t n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    return error == std::errc() && end == text.data() + text.size() && n != 0 ? std::optional(n) : std::nullopt;
}

std::optional<std::string> part_of(CURLU* of, CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(of, which, &text, CURLU_DEFAULT_PORT) != CURLUE_OK || !text) return std::nullopt;
    std::string made = text;
    curl_free(text);
    return made;
}

/// The host of an element of the list, and its port where it has one.
std::optional<std::pair<std::string, std::optional<std::uint16_t>>> host_and_port(std::string_view text) {
    if (text.empty() || text.find_first_of("/@* ") != text.npos) return std::nullopt;
    if (text.front() == '[') {
        const auto end = text.find(']');
        if (end == text.npos || !ops::address_in(text.substr(1, end - 1))) return std::nullopt;
        const auto host = lower(text.substr(1, end - 1));
        if (end + 1 == text.size()) return std::pair(host, std::optional<std::uint16_t>());
        const auto port = text[end + 1] == ':' ? port_in(text.substr(end + 2)) : std::nullopt;
        return port ? std::optional(std::pair(host, port)) : std::nullopt;
    }
    const auto colon = text.find(':');
    if (colon == text.npos) return std::pair(lower(text), std::optional<std::uint16_t>());
    if (text.find(':', colon + 1) != text.npos) {  // an IPv6 address by itself
        return ops::address_in(text) ? std::optional(std::pair(lower(text), std::optional<std::uint16_t>())) : std::nullopt;
    }
    const auto port = port_in(text.substr(colon + 1));
    return colon > 0 && port ? std::optional(std::pair(lower(text.substr(0, colon)), port)) : std::nullopt;
}

bool is_private_v4(const boost::asio::ip::address& one) {
    constexpr std::array networks{"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
                                  "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"};
    return std::any_of(networks.begin(), networks.end(), [&](const char* n) { return ops::is_within(one, n); });
}

}  // namespace

std::optional<web_address> read_web_address(const std::string& url) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parsed(curl_url(), &curl_url_cleanup);
    if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return std::nullopt;
    if (part_of(parsed.get(), CURLUPART_USER) || part_of(parsed.get(), CURLUPART_PASSWORD)) return std::nullopt;
    const auto scheme = part_of(parsed.get(), CURLUPART_SCHEME), port = part_of(parsed.get(), CURLUPART_PORT);
    auto host = part_of(parsed.get(), CURLUPART_HOST);
    if (!scheme || !host || !port || (*scheme != "http" && *scheme != "https")) return std::nullopt;
    const auto number = port_in(*port);
    if (!number || host->empty()) return std::nullopt;
    if (host->size() > 2 && host->front() == '[') host = host->substr(1, host->size() - 2);
    return web_address{*scheme == "https", lower(*host), *number};
}

bool is_allowed(const web_address& one, const std::vector<std::string>& hosts) {
    return std::any_of(hosts.begin(), hosts.end(), [&](const std::string& h) {
        const auto named = host_and_port(h);
        return named && named->first == one.host && one.port == named->second.value_or(one.secure ? https_port : http_port);
    });
}

bool is_host(std::string_view text) { return host_and_port(text).has_value(); }

bool is_private(const boost::asio::ip::address& one) {
    if (one.is_v4()) return is_private_v4(one);
    const auto v6 = one.to_v6();
    if (v6.is_v4_mapped()) return is_private_v4(boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, v6));
    // Of the whole space 2000::/3 alone is given out; what is translated to IPv4, or a tunnel to it, may lead anywhere.
    constexpr std::array not_of_one_machine{"2001::/23", "2001:db8::/32", "2002::/16"};
    return !ops::is_within(one, "2000::/3") || std::any_of(not_of_one_machine.begin(), not_of_one_machine.end(), [&](const char* n) { return ops::is_within(one, n); });
}

std::optional<std::string> with_days(std::string_view place, events::date from, events::date until) {
    std::string made;
    while (!place.empty()) {
        const auto open = std::min(place.find('{'), place.size());
        made += place.substr(0, open);
        place.remove_prefix(open);
        if (place.empty()) break;
        const auto close = place.find('}');
        if (close == place.npos) return std::nullopt;
        const auto name = place.substr(1, close - 1);
        if (name == "date" || name == "until") made += day_text(until);
        else if (name == "from") made += day_text(from);
        else return std::nullopt;
        place.remove_prefix(close + 1);
    }
    return made;
}

header_secrets read_header_secrets(std::string_view text) {
    header_secrets all;
    for (std::size_t number = 1; !text.empty(); ++number) {
        auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        const auto begin = line.find_first_not_of(" \t");
        if (begin == line.npos || line[begin] == '#') continue;
        line.remove_prefix(begin);
        const auto blank = line.find_first_of(" \t");
        const auto host = line.substr(0, blank);
        const auto header_at = blank == line.npos ? blank : line.find_first_not_of(" \t", blank);
        const auto header = header_at == line.npos ? std::string_view() : line.substr(header_at);
        const auto colon = header.find(':');
        const auto name = header.substr(0, std::min(colon, header.size()));
        const bool plain = std::all_of(header.begin(), header.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F; });
        if (!is_host(host) || colon == header.npos || name.empty() || name.find_first_of(" \t") != name.npos || !plain) {
            all.headers.clear();
            all.fault_zh = "第 " + std::to_string(number) + " 行应形如 data.example.com Authorization: Bearer …";
            all.fault_en = "line " + std::to_string(number) + " has to look like data.example.com Authorization: Bearer …";
            return all;
        }
        all.headers.emplace(lower(host), std::string(header));
    }
    return all;
}

header_secrets load_header_secrets(const std::filesystem::path& file) {
    constexpr std::uintmax_t bytes_most = 1 << 20;
    header_secrets all;
    const auto fault = [&](const char* zh, const char* en) {
        all.fault_zh = zh;
        all.fault_en = en;
        return all;
    };
    struct stat about {};
    std::ifstream from(file, std::ios::binary);
    if (!from || ::stat(file.c_str(), &about) != 0 || !S_ISREG(about.st_mode)) return fault("文件无法读取", "the file can't be read");
    if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0) return fault("文件只能由本用户读取（chmod 600）", "nobody else may read the file (chmod 600)");
    if (static_cast<std::uintmax_t>(about.st_size) > bytes_most) return fault("文件超过 1 MiB", "the file is larger than 1 MiB");
    return read_header_secrets(std::string(std::istreambuf_iterator<char>(from), {}));
}

}  // namespace server::warehouse
