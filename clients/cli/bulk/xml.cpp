#include "clients/cli/bulk/xml.hpp"

#include "clients/cli/bulk/xlsx.hpp"

#include <charconv>
#include <optional>

namespace cli::bulk {
namespace {

void append(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
        return;
    }
    const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    constexpr int lead[] = {0, 0xC0, 0xE0, 0xF0};
    out += static_cast<char>(lead[more] | static_cast<int>(c >> 6 * more));
    for (int i = more - 1; i >= 0; --i) out += static_cast<char>(0x80 | (c >> 6 * i & 0x3F));
}

/// Of "_x000D_" at `at`.
std::optional<char32_t> escape_at(std::string_view text, std::size_t at) {
    constexpr std::size_t size = 7;
    if (text.size() - at < size || text.substr(at, 2) != "_x" || text[at + size - 1] != '_') return std::nullopt;
    unsigned code = 0;
    const auto* from = text.data() + at + 2;
    return std::from_chars(from, from + 4, code, 16).ptr == from + 4 ? std::optional<char32_t>(code) : std::nullopt;
}

}  // namespace

bool parse(const std::string& text, xml& into) {
    return static_cast<bool>(
        into.load_buffer(text.data(), text.size(), pugi::parse_cdata | pugi::parse_escapes | pugi::parse_ws_pcdata | pugi::parse_eol));
}

std::string_view local(const node& n) {
    const std::string_view name = n.name();
    const auto colon = name.find(':');
    return colon == name.npos ? name : name.substr(colon + 1);
}

node child(const node& of, std::string_view name) {
    for (const auto& c : of.children())
        if (local(c) == name) return c;
    return {};
}

std::string_view attribute(const node& of, std::string_view name) {
    for (const auto& a : of.attributes()) {
        const std::string_view given = a.name();
        if (given == name || (given.size() > name.size() && given.ends_with(name) && given[given.size() - name.size() - 1] == ':'))
            return a.value();
    }
    return {};
}

bool is_set(const node& of, std::string_view name) {
    const auto value = attribute(of, name);
    return value == "1" || value == "true";
}

unsigned number_in(std::string_view text, unsigned otherwise) {
    unsigned n = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), n);
    return n;
}

std::string text_in(const node& of) {
    std::string out;
    for (auto at = of.first_child(); at;) {
        const auto name = local(at);
        if (name == "t") out += unescaped(at.text().get());
        const bool into = name != "t" && name != "rPh" && at.first_child();
        if (into) {
            at = at.first_child();
            continue;
        }
        while (at && at != of && !at.next_sibling()) at = at.parent();
        if (!at || at == of) break;
        at = at.next_sibling();
    }
    return out;
}

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto code = escape_at(text, at);
        if (!code) {
            out += text[at++];
            continue;
        }
        at += 7;
        // Two that belong together are one character; one alone is none.
        const bool high = *code >= 0xD800 && *code < 0xDC00;
        const auto low = high ? escape_at(text, at) : std::nullopt;
        if (low && *low >= 0xDC00 && *low < 0xE000) {
            append(out, 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00));
            at += 7;
        } else {
            append(out, *code >= 0xD800 && *code < 0xE000 ? U'\uFFFD' : *code);
        }
    }
    return out;
}

}  // namespace cli::bulk
