#include "clients/cli/written.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace cli {
namespace {

/// Calls `take(character, its bytes)` with each; bytes that are not UTF-8 come one at a time, as U+FFFD.
template <class F>
void each_character(std::string_view text, F take) {
    for (std::size_t at = 0; at < text.size();) {
        utf8proc_int32_t c = -1;
        auto n = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at, static_cast<utf8proc_ssize_t>(text.size() - at), &c);
        if (n <= 0) n = 1, c = 0xFFFD;
        take(static_cast<char32_t>(c), text.substr(at, static_cast<std::size_t>(n)));
        at += static_cast<std::size_t>(n);
    }
}

bool is_plain(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x80) return false;
    return true;
}

bool steers(char32_t c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C;
}

/// No text of the server's may have it.
bool is_refused(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || steers(c) || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

bool is_blank(char32_t c) {
    const auto kind = utf8proc_category(static_cast<utf8proc_int32_t>(c));
    return kind == UTF8PROC_CATEGORY_ZS || kind == UTF8PROC_CATEGORY_ZL || kind == UTF8PROC_CATEGORY_ZP || (c >= 9 && c <= 13) || c == 0x85 || c == 0x2800;
}

/// Part of what it stands behind.
bool is_selector(char32_t c) { return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF) || (c >= 0x180B && c <= 0x180D) || c == 0x180F; }
bool is_tag(char32_t c) { return c >= 0xE0020 && c <= 0xE007F; }

/// Not kept before what is said, nor behind it.
bool is_around(char32_t c) {
    return is_blank(c) || (c >= 0x80 && utf8proc_get_property(static_cast<utf8proc_int32_t>(c))->ignorable && !is_selector(c) && !is_tag(c));
}

bool is_unseen(char32_t c) {
    const auto* about = utf8proc_get_property(static_cast<utf8proc_int32_t>(c));
    const auto kind = about->category;
    return is_blank(c) || about->ignorable || kind == UTF8PROC_CATEGORY_CC || kind == UTF8PROC_CATEGORY_CF || kind == UTF8PROC_CATEGORY_CS ||
           kind == UTF8PROC_CATEGORY_CN || kind == UTF8PROC_CATEGORY_MN || kind == UTF8PROC_CATEGORY_ME;
}

}  // namespace

std::string composed(std::string_view text) {
    if (is_plain(text)) return std::string(text);
    utf8proc_uint8_t* out = nullptr;
    const auto n = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &out,
                                static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(out, &std::free);
    return n < 0 ? std::string(text) : std::string(reinterpret_cast<const char*>(out), static_cast<std::size_t>(n));
}

std::string as_kept(std::string_view text) {
    std::string lines;
    each_character(text, [&](char32_t c, std::string_view bytes) {
        if (c == 0x85 || c == 0x2028 || c == 0x2029) lines += '\n';
        else if (c == '\n' && lines.ends_with('\r')) lines.back() = '\n';
        else lines += bytes;
    });
    for (auto& c : lines)
        if (c == '\r') c = '\n';
    std::size_t from = lines.size(), to = 0, at = 0;
    each_character(lines, [&](char32_t c, std::string_view bytes) {
        if (!is_around(c)) {
            from = std::min(from, at);
            to = at + bytes.size();
        }
        at += bytes.size();
    });
    return from >= to ? std::string() : composed(std::string_view(lines).substr(from, to - from));
}

std::string as_name(std::string_view text) {
    std::string out;
    char32_t before = 0;
    each_character(without_controls(text), [&](char32_t c, std::string_view bytes) {
        const bool selector = (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
        const bool joins = selector || c == 0x200C || c == 0x200D || (c >= 0xE0020 && c <= 0xE007F);
        const auto* about = utf8proc_get_property(static_cast<utf8proc_int32_t>(c));
        // Unseen, it has its place in emoji and in scripts that shape their letters by it.
        if (about->ignorable && !(joins && (before >= 0x2190 || (before >= 0x0600 && before < 0x2000 && !selector)))) return;
        before = c;
        if (is_blank(c)) out += ' ';
        else out += bytes;
    });
    out = as_kept(out);
    while (out.starts_with('@') || out.starts_with('#')) out = as_kept(out.substr(1));
    return says_something(out) ? out : std::string();
}

std::string small_letters(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

std::string without_controls(std::string_view text) {
    std::string out;
    each_character(text, [&](char32_t c, std::string_view bytes) {
        if (c == 0x2028 || c == 0x2029 || c == 0x85) out += '\n';
        else if (c == '\n' || c == '\t' || c == '\r' || !is_refused(c)) out += bytes;
    });
    return out;
}

bool says_something(std::string_view text) {
    bool seen = false;
    each_character(text, [&](char32_t c, std::string_view) { seen = seen || !is_unseen(c); });
    return seen;
}

}  // namespace cli
