#include "core/kernel/texts.hpp"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>

namespace core::text {
namespace {

const utf8proc_uint8_t* bytes_of(std::string_view s) { return reinterpret_cast<const utf8proc_uint8_t*>(s.data()); }

/// The character at `at`, which is moved behind it. A byte that is no UTF-8 counts as one that no text may have.
char32_t next(std::string_view s, std::size_t& at) {
    utf8proc_int32_t c = -1;
    const auto n = utf8proc_iterate(bytes_of(s) + at, static_cast<utf8proc_ssize_t>(s.size() - at), &c);
    at += n > 0 ? static_cast<std::size_t>(n) : 1;
    return n > 0 ? static_cast<char32_t>(c) : 0xFFFFu;
}

const utf8proc_property_t& about(char32_t c) { return *utf8proc_get_property(static_cast<utf8proc_int32_t>(c)); }

bool is_blank(char32_t c) {
    if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
    const auto kind = about(c).category;
    return kind == UTF8PROC_CATEGORY_ZS || kind == UTF8PROC_CATEGORY_ZL || kind == UTF8PROC_CATEGORY_ZP || c == 0x85 || c == 0x2800;
}

bool turns_direction(char32_t c) {
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool is_unwanted(char32_t c) {
    if (c < 0xA0) return (c < 0x20 && c != '\t' && c != '\n') || c >= 0x7F;
    return turns_direction(c) || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

/// There, and not to be seen (Default_Ignorable_Code_Point).
bool is_ignorable(char32_t c) { return c >= 0x80 && about(c).ignorable; }

bool is_selector(char32_t c) { return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF) || (c >= 0x180B && c <= 0x180D) || c == 0x180F; }
bool is_tag(char32_t c) { return c >= 0xE0020 && c <= 0xE007F; }
bool is_joiner(char32_t c) { return c == 0x200C || c == 0x200D; }

/// What is seen by itself: letters, digits, signs, punctuation.
bool is_seen(char32_t c) {
    if (c < 0x80) return c > ' ' && c != 0x7F;
    if (is_blank(c) || is_ignorable(c)) return false;
    switch (about(c).category) {
        case UTF8PROC_CATEGORY_CC:
        case UTF8PROC_CATEGORY_CF:
        case UTF8PROC_CATEGORY_CS:
        case UTF8PROC_CATEGORY_CN:
        case UTF8PROC_CATEGORY_MN:
        case UTF8PROC_CATEGORY_ME: return false;
        default: return true;
    }
}

/// Whether something unseen has its place after `before`: within an emoji, or in a script that needs it to shape its letters.
bool belongs_after(char32_t before, char32_t c) {
    const bool sign = before >= 0x2000 && !is_ignorable(before);
    if (is_selector(c)) return sign || (before >= '0' && before <= '9') || before == '#' || before == '*' || before == 0xA9 || before == 0xAE;
    if (is_tag(c)) return before == 0x1F3F4 || is_tag(before);
    if (!is_joiner(c)) return false;
    return (before >= 0x0600 && before < 0x2000) || is_selector(before) || (before >= 0x2190 && before < 0x3000) || before >= 0x1F000;
}

bool is_pictograph(char32_t c) {
    return about(c).boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC && c != 0xA9 && c != 0xAE && c != 0x2122;
}
bool is_flag_letter(char32_t c) { return about(c).boundclass == UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR; }

/// Neither composed nor decomposed by NFC, nor joined with what stands before: what nearly all Chinese and Western text is
/// made of.
bool is_settled(char32_t c) {
    return (c >= 0xA0 && c < 0x300) || (c >= 0x2010 && c < 0x2028) || (c >= 0x2030 && c < 0x205F) || (c >= 0x3000 && c < 0x3099) ||
           (c >= 0x309B && c < 0x3100) || (c >= 0x3400 && c < 0xA000) || (c >= 0xAC00 && c < 0xD7A4) || (c >= 0xFF01 && c < 0xFFA0) ||
           (c >= 0x1F300 && c < 0x1FB00);
}

std::string composed(const std::string& s) {
    utf8proc_uint8_t* out = nullptr;
    const auto n = utf8proc_map(bytes_of(s), static_cast<utf8proc_ssize_t>(s.size()), &out, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(out, &std::free);
    return n < 0 ? s : std::string(reinterpret_cast<const char*>(out), static_cast<std::size_t>(n));
}

}  // namespace

bool blank(std::string_view s) {
    for (std::size_t at = 0; at < s.size();)
        if (is_seen(next(s, at))) return false;
    return true;
}

bool one_line(std::string_view s) {
    char32_t before = 0;
    for (std::size_t at = 0; at < s.size();) {
        const auto c = next(s, at);
        if (c < 0x20 || is_unwanted(c) || c == 0x2028 || c == 0x2029) return false;
        if (is_ignorable(c) && !belongs_after(before, c)) return false;
        before = c;
    }
    return true;
}

bool is_code(std::string_view s, std::size_t bytes_max) {
    if (s.empty() || s.size() > bytes_max || !one_line(s)) return false;
    for (std::size_t at = 0; at < s.size();)
        if (is_blank(next(s, at))) return false;
    return !blank(s);
}

bool is_name(std::string_view s, std::size_t characters_max) {
    if (!is_line(s, characters_max)) return false;
    std::size_t at = 0;
    const auto first = next(s, at);
    return first != '@' && first != '#' && first != 0xFF20 && first != 0xFF03 && first != 0xFE6B && first != 0xFE5F;
}

bool is_emoji(std::string_view s) {
    constexpr std::size_t bytes_max = 64;
    if (s.empty() || s.size() > bytes_max) return false;
    std::size_t at = 0;
    const auto first = next(s, at);
    const bool key = (first >= '0' && first <= '9') || first == '#' || first == '*';
    if (key) {  // 1️⃣
        if (at < s.size() && s.substr(at).starts_with("\uFE0F")) at += 3;
        return s.substr(at) == "\u20E3";
    }
    if (is_flag_letter(first)) return at < s.size() && is_flag_letter(next(s, at)) && at == s.size();
    if (!is_pictograph(first)) return false;
    auto before = first;
    utf8proc_int32_t state = 0;
    while (at < s.size()) {
        const auto c = next(s, at);
        if (utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(before), static_cast<utf8proc_int32_t>(c), &state)) return false;
        const bool tone = c >= 0x1F3FB && c <= 0x1F3FF;
        if (!is_pictograph(c) && !tone && !is_selector(c) && c != 0x200D && !is_tag(c) && c != 0x20E3) return false;
        before = c;
    }
    return before != 0x200D;
}

bool is_file_name(std::string_view s, std::size_t characters_max) {
    return is_line(s, characters_max) && s.find_first_of("/\\:") == s.npos && s != "." && s != "..";
}

std::optional<char32_t> first_unwanted(std::string_view s) {
    for (std::size_t at = 0; at < s.size();)
        if (const auto c = next(s, at); is_unwanted(c) && c != '\r' && c != 0x85) return c;
    return std::nullopt;
}

std::string tidied(std::string_view s) {
    // Line ends first; then what is around.
    std::string lines;
    lines.reserve(s.size());
    std::size_t from = std::string::npos, to = 0;
    bool settled = true;
    for (std::size_t at = 0; at < s.size();) {
        const auto begins = at;
        const auto c = next(s, at);
        settled = settled && (c < 0x80 || is_settled(c));
        if (c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029) {
            lines += '\n';
            if (c == '\r' && at < s.size() && s[at] == '\n') ++at;
            continue;
        }
        const auto place = lines.size();
        lines.append(s, begins, at - begins);
        const bool around = is_blank(c) || (is_ignorable(c) && !is_selector(c) && !is_tag(c));
        if (around) continue;
        from = std::min(from, place);
        to = lines.size();
    }
    if (from == std::string::npos || blank(lines)) return {};
    lines = lines.substr(from, to - from);
    return settled ? lines : composed(lines);
}

std::string mended(std::string_view s) {
    std::string kept;
    char32_t before = 0;
    for (std::size_t at = 0; at < s.size();) {
        const auto begins = at;
        const auto c = next(s, at);
        if ((is_unwanted(c) && c != '\r' && c != 0x85) || (is_ignorable(c) && !belongs_after(before, c))) continue;
        kept.append(s, begins, at - begins);
        before = c;
    }
    return tidied(kept);
}

bool is_plainly_tidy(std::string_view s) {
    if (s.empty()) return true;
    const auto edge = [](char c) { return static_cast<unsigned char>(c) <= ' ' || (c & 0x80); };
    bool western = true;
    for (const char c : s) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80) western = false;
        else if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F) return false;
    }
    if (western) return !edge(s.front()) && !edge(s.back());
    char32_t first = 0, last = 0;
    for (std::size_t at = 0; at < s.size();) {
        last = next(s, at);
        if (!first) first = last;
        if (last >= 0x80 && !is_settled(last)) return false;
        if (last == 0xAD) return false;
    }
    return is_seen(first) && is_seen(last);
}

}  // namespace core::text
