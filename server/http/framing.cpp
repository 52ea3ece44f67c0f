#include "server/http/framing.hpp"

#include "events/bytes/base64.hpp"

#include <algorithm>
#include <charconv>

namespace server::http {

std::string_view trimmed(std::string_view s) {
    while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
    while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
    return s;
}
namespace {

bool same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
        const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
        return small(x) == small(y);
    });
}

/// uri-host [ ":" port ]
bool is_host(std::string_view host) {
    if (host.empty() || host.size() > 255) return false;
    const bool literal = host.front() == '[';
    const auto end = literal ? host.find(']') : std::min(host.find(':'), host.size());
    if (end == host.npos || end == 0) return false;
    const auto name = host.substr(0, end);
    const bool good = std::all_of(name.begin() + literal, name.end(), [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               (literal ? c == ':' || c == '.' : std::string_view("-._~%!$&'()*+;=").find(c) != std::string_view::npos);
    });
    auto port = host.substr(end + literal);
    if (port.empty()) return good;
    if (port.front() != ':') return false;
    port.remove_prefix(1);
    return good && port.size() <= 5 && std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_number(std::string_view s) {
    return !s.empty() && s.size() <= 19 && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Of which two would leave it open which one is meant.
constexpr std::string_view there_once[] = {"content-length", "content-type", "host", "authorization", "idempotency-key", "origin",
                                           "if-range", "range", "expect", "last-event-id", "if-modified-since", "if-unmodified-since"};

/// The weight of "en;q=0.5", in thousandths; 1000 where there is none.
int weight_of(std::string_view element) {
    for (auto at = element.find(';'); at != element.npos; at = element.find(';', at + 1)) {
        const auto parameter = trimmed(element.substr(at + 1, std::min(element.find(';', at + 1), element.size()) - at - 1));
        if (parameter.size() < 3 || (parameter[0] != 'q' && parameter[0] != 'Q') || parameter[1] != '=') continue;
        int thousandths = parameter[2] == '1' ? 1000 : 0;
        if (parameter[2] == '0' && parameter.size() > 4 && parameter[3] == '.') {
            int digit = 100;
            for (const char c : parameter.substr(4, 3)) {
                if (c < '0' || c > '9') break;
                thousandths += digit * (c - '0');
                digit /= 10;
            }
        }
        return thousandths;
    }
    return 1000;
}

std::string_view name_in(std::string_view element) { return trimmed(element.substr(0, element.find(';'))); }

}  // namespace

std::size_t head::count(std::string_view name) const {
    return static_cast<std::size_t>(std::count_if(fields.begin(), fields.end(), [&](const auto& f) { return same(f.first, name); }));
}

std::string_view head::operator[](std::string_view name) const {
    for (const auto& [key, value] : fields)
        if (same(key, name)) return value;
    return {};
}

std::optional<wire::problem> fault_in(const head& h) {
    namespace p = wire::problems;
    if (h.version != 10 && h.version != 11) return wire::make(505, p::wrong_version);
    for (const auto& [name, value] : h.fields)
        if (name.empty() || name.find_first_of(" \t") != name.npos) return wire::make(400, p::malformed_request);
    for (const auto name : there_once)
        if (h.count(name) > 1) return wire::make(400, p::doubled_header);

    // Where the content ends.
    const bool coded = h.count("transfer-encoding") > 0;
    if (coded) {
        if (h.version == 10 || h.count("content-length") > 0) return wire::make(400, p::ambiguous_length);
        std::vector<std::string_view> codings;
        for (const auto& [name, value] : h.fields)
            if (same(name, "transfer-encoding"))
                for (const auto one : list_of(value)) codings.push_back(one);
        if (codings.size() != 1 || !same(codings.front(), "chunked"))
            return !codings.empty() && same(codings.back(), "chunked") && std::count_if(codings.begin(), codings.end(), [](auto c) { return same(c, "chunked"); }) == 1
                       ? wire::make(501, p::unknown_coding)
                       : wire::make(400, p::ambiguous_length);
    }
    if (h.count("content-length") > 0 && !is_number(trimmed(h["content-length"]))) return wire::make(400, p::ambiguous_length);

    const auto hosts = h.count("host");
    if (h.version == 11 && hosts != 1) return wire::make(400, p::no_host);
    if (hosts == 1 && !is_host(trimmed(h["host"]))) return wire::make(400, p::no_host);

    const auto where = read_target(h.target);
    if (!where && h.method != "CONNECT") return wire::make(400, p::malformed_request);
    if (where && where->path == "*" && h.method != "OPTIONS") return wire::make(400, p::malformed_request);

    if (h.count("expect") > 0 && h.version == 11 && !same(trimmed(h["expect"]), "100-continue")) return wire::make(417, p::unknown_expectation);
    const auto coding = trimmed(h["content-encoding"]);
    if (!coding.empty() && !same(coding, "identity")) return wire::make(415, p::unknown_coding);
    return std::nullopt;
}

bool waits_to_continue(const head& h) { return h.version == 11 && same(trimmed(h["expect"]), "100-continue"); }

std::optional<address> read_target(std::string_view target) {
    if (target.empty() || target.find('#') != target.npos) return std::nullopt;
    if (target.front() == '/' || target == "*") return address{{}, std::string(target)};
    std::size_t scheme = 0;
    for (const std::string_view one : {"http://", "https://"})
        if (same(target.substr(0, one.size()), one)) scheme = one.size();
    if (scheme == 0) return std::nullopt;
    const auto rest = target.substr(scheme);
    const auto end = std::min(rest.find_first_of("/?"), rest.size());
    const auto host = rest.substr(0, end);
    if (!is_host(host)) return std::nullopt;
    return address{std::string(host), (end < rest.size() && rest[end] == '/' ? "" : "/") + std::string(rest.substr(end))};
}

bool is_media_type(std::string_view header, std::string_view type) { return same(name_in(header), type); }

namespace {

/// What stands after the name of the scheme (RFC 9110, 11.4).
std::optional<std::string_view> credentials_of(std::string_view authorization, std::string_view scheme) {
    if (!same(authorization.substr(0, scheme.size()), scheme)) return std::nullopt;
    const auto rest = authorization.substr(scheme.size());
    if (rest.empty() || rest.front() != ' ') return std::nullopt;
    return trimmed(rest);
}

}  // namespace

std::optional<std::string_view> bearer_of(std::string_view authorization) { return credentials_of(authorization, "bearer"); }

std::optional<std::pair<std::string, std::string>> basic_of(std::string_view authorization) {
    const auto encoded = credentials_of(authorization, "basic");
    const auto both = encoded ? events::bytes::from_base64(*encoded) : std::nullopt;
    const auto colon = both ? both->find(':') : std::string::npos;
    if (colon == std::string::npos) return std::nullopt;
    return std::pair(both->substr(0, colon), both->substr(colon + 1));
}

bool takes_coding(std::string_view accept_encoding, std::string_view coding) {
    std::optional<int> named, any;
    for (const auto element : list_of(accept_encoding)) {
        const auto name = name_in(element);
        if (same(name, coding)) named = weight_of(element);
        else if (name == "*") any = weight_of(element);
    }
    return named.value_or(any.value_or(0)) > 0;
}

bool prefers_chinese(std::string_view accept_language) {
    int chinese = 0, english = 0;
    for (const auto element : list_of(accept_language)) {
        const auto name = name_in(element);
        const auto primary = name.substr(0, name.find('-'));
        const auto weight = weight_of(element);
        // Of two that are wanted alike, the first is meant.
        if (same(primary, "zh")) chinese = std::max(chinese, weight * 2 + (english < weight * 2));
        if (same(primary, "en")) english = std::max(english, weight * 2 + (chinese < weight * 2));
    }
    return chinese > english;
}

std::string in_small_letters(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

std::vector<std::string_view> list_of(std::string_view header) {
    std::vector<std::string_view> out;
    bool quoted = false;
    std::size_t from = 0;
    for (std::size_t at = 0; at <= header.size(); ++at) {
        if (at < header.size() && header[at] == '"') quoted = !quoted;
        if (at < header.size() && (quoted || header[at] != ',')) continue;
        if (const auto one = trimmed(header.substr(from, at - from)); !one.empty()) out.push_back(one);
        from = at + 1;
    }
    return out;
}

}  // namespace server::http
