#include "server/http/url.hpp"

#include <simdjson.h>

#include <charconv>

namespace server::http {

std::string decode_percent(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned byte = 0;
        if (text[i] == '%' && i + 2 < text.size() + 0 &&
            std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16).ptr == text.data() + i + 3) {
            out += static_cast<char>(byte);
            i += 2;
        } else {
            out += plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

namespace {

std::string decode_path(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto at = std::min(text.find('%'), text.size());
        out += text.substr(0, at);
        const auto escape = text.substr(at, 3);
        text.remove_prefix(std::min(at + escape.size(), text.size()));
        const auto byte = decode_percent(escape, false);
        out += byte == "/" || byte == "\\" || byte == std::string_view("\0", 1) ? std::string(escape) : byte;
    }
    return out;
}

bool is_text(std::string_view s) { return simdjson::validate_utf8(s.data(), s.size()) && s.find('\0') == s.npos; }

}  // namespace

std::string split_target(std::string_view target, std::string& path, std::map<std::string, std::string>& query) {
    const auto mark = target.find('?');
    path = decode_path(target.substr(0, mark));
    std::string bad = is_text(path) ? "" : "path";
    if (mark == target.npos) return bad;
    auto rest = target.substr(mark + 1);
    while (!rest.empty()) {
        const auto end = rest.find('&');
        const auto pair = rest.substr(0, end);
        const auto equals = pair.find('=');
        auto name = decode_percent(pair.substr(0, equals), true);
        auto value = decode_percent(equals == pair.npos ? std::string_view() : pair.substr(equals + 1), true);
        if (!is_text(name)) bad = "?";
        else if (!is_text(value)) bad = name;
        else if (!pair.empty() && !query.emplace(name, std::move(value)).second) bad = name;
        if (end == rest.npos) break;
        rest.remove_prefix(end + 1);
    }
    return bad;
}

std::string cookie_value(std::string_view header, std::string_view name) {
    while (!header.empty()) {
        const auto end = header.find(';');
        auto pair = header.substr(0, end);
        while (pair.starts_with(' ')) pair.remove_prefix(1);
        if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') return std::string(pair.substr(name.size() + 1));
        if (end == header.npos) break;
        header.remove_prefix(end + 1);
    }
    return {};
}

}  // namespace server::http
