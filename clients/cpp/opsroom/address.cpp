#include "opsroom/address.hpp"

#include "opsroom/problem.hpp"

namespace opsroom {
namespace {

std::string bracketed(const std::string& host) { return host.find(':') == std::string::npos ? host : "[" + host + "]"; }

}  // namespace

std::string address::authority() const {
    const bool usual = port == (tls ? "443" : "80");
    return usual ? bracketed(host) : bracketed(host) + ":" + port;
}

std::string address::url() const { return (tls ? "https://" : "http://") + authority(); }

address parse_address(std::string_view url) {
    const auto refuse = [&] {
        const std::string said(url);
        return problem("bad_address", "服务器地址无效：" + said + "（例如 https://room.example:8443）",
                       "not a server address: " + said + " (for example https://room.example:8443)");
    };
    address out;
    auto rest = url;
    if (const auto scheme = rest.find("://"); scheme != std::string_view::npos) {
        const auto name = rest.substr(0, scheme);
        if (name != "http" && name != "https") throw refuse();
        out.tls = name == "https";
        rest.remove_prefix(scheme + 3);
    }
    while (rest.ends_with('/')) rest.remove_suffix(1);
    std::string_view port;
    if (rest.starts_with('[')) {
        const auto end = rest.find(']');
        if (end == std::string_view::npos) throw refuse();
        out.host = rest.substr(1, end - 1);
        port = rest.substr(end + 1);
        if (!port.empty() && port.front() != ':') throw refuse();
        if (!port.empty()) port.remove_prefix(1);
        if (port.empty() && rest.ends_with(':')) throw refuse();
    } else {
        const auto colon = rest.find(':');
        out.host = rest.substr(0, colon);
        if (colon != std::string_view::npos) {
            port = rest.substr(colon + 1);
            if (port.empty()) throw refuse();
        }
    }
    out.port = port.empty() ? (out.tls ? "443" : "80") : std::string(port);
    const bool digits = out.port.size() <= 5 && out.port.find_first_not_of("0123456789") == std::string::npos;
    if (out.host.empty() || !digits || std::stoi(out.port) > 65535 || out.host.find_first_of("/?#@ ") != std::string::npos)
        throw refuse();
    return out;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~@";
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (plain.find(c) != std::string_view::npos) out += c;
        else (out += '%') += {digits[byte >> 4], digits[byte & 15]};
    }
    return out;
}

std::string at_moment(std::string path, std::string_view as_of) {
    if (as_of.empty()) return path;
    path += path.find('?') == path.npos ? '?' : '&';
    return path + "as_of=" + percent_encoded(as_of);
}

}  // namespace opsroom
