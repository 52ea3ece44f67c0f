#include "server/http/url.hpp"

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

void split_target(std::string_view target, std::string& path, std::map<std::string, std::string>& query) {
    const auto mark = target.find('?');
    path = decode_percent(target.substr(0, mark), false);
    if (mark == target.npos) return;
    auto rest = target.substr(mark + 1);
    while (!rest.empty()) {
        const auto end = rest.find('&');
        const auto pair = rest.substr(0, end);
        const auto equals = pair.find('=');
        const auto value = equals == pair.npos ? std::string_view() : pair.substr(equals + 1);
        if (!pair.empty()) query.insert_or_assign(decode_percent(pair.substr(0, equals), true), decode_percent(value, true));
        if (end == rest.npos) break;
        rest.remove_prefix(end + 1);
    }
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
