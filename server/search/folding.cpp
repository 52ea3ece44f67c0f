#include "server/search/folding.hpp"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>

namespace server::search {
namespace {

struct character {
    char32_t code;
    std::size_t bytes;
};

character next(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) return {lead, 1};
    utf8proc_int32_t c = -1;
    const auto n = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at, static_cast<utf8proc_ssize_t>(text.size() - at), &c);
    return n > 0 ? character{static_cast<char32_t>(c), static_cast<std::size_t>(n)} : character{0xFFFD, 1};
}

utf8proc_category_t category(char32_t c) { return utf8proc_category(static_cast<utf8proc_int32_t>(c)); }
bool is_mark(char32_t c) { return c >= 0x300 && (category(c) == UTF8PROC_CATEGORY_MN || category(c) == UTF8PROC_CATEGORY_ME); }

/// Whether it makes one character with what stands before it: an accent, a voicing mark, the rest of a Korean syllable.
bool joins(char32_t c) { return c >= 0x300 && (is_mark(c) || c == 0xFF9E || c == 0xFF9F || (c >= 0x1160 && c <= 0x11FF)); }

/// Compared as they are: most of Chinese.
bool is_settled(char32_t c) { return (c >= 0x4E00 && c < 0xA000) || (c >= 0x3400 && c < 0x4DC0); }

/// Latin, Greek, Cyrillic: people leave their accents out.
bool has_accents(char32_t c) { return c < 0x530 || (c >= 0x1E00 && c < 0x2000); }

/// Letters that are written otherwise where they are not at hand, and that Unicode does not take apart.
std::u32string_view spelled(char32_t c) {
    switch (c) {
        case U'ł': return U"l";
        case U'ø': return U"o";
        case U'đ': case U'ð': return U"d";
        case U'ħ': return U"h";
        case U'ŧ': return U"t";
        case U'ı': return U"i";
        case U'æ': return U"ae";
        case U'œ': return U"oe";
        case U'þ': return U"th";
        default: return {};
    }
}

/// One character with all that joins it.
void fold_segment(std::string_view segment, std::uint32_t begins, std::vector<folded_character>& into) {
    const auto ends = static_cast<std::uint32_t>(begins + segment.size());
    utf8proc_uint8_t* mapped = nullptr;
    const auto n = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(segment.data()), static_cast<utf8proc_ssize_t>(segment.size()), &mapped,
                                static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(mapped, &std::free);
    if (n < 0) {
        into.push_back({0xFFFD, begins, ends});
        return;
    }
    const std::string_view whole(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(n));
    bool accented = false;
    for (std::size_t at = 0; at < whole.size();) {
        auto c = next(whole, at);
        at += c.bytes;
        if (is_mark(c.code) && accented) continue;
        accented = has_accents(c.code);
        if (accented && c.code >= 0xC0) {
            utf8proc_int32_t parts[8];
            int last = 0;
            const auto count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c.code), parts, 8, UTF8PROC_DECOMPOSE, &last);
            if (count > 0) c.code = static_cast<char32_t>(parts[0]);
        }
        const auto written = spelled(c.code);
        if (written.empty()) into.push_back({c.code, begins, ends});
        for (const auto one : written) into.push_back({one, begins, ends});
    }
}

}  // namespace

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

void fold(std::string_view text, std::vector<folded_character>& into) {
    into.clear();
    for (std::size_t at = 0; at < text.size();) {
        const auto begins = at;
        const auto c = next(text, at);
        at += c.bytes;
        while (at < text.size()) {
            const auto more = next(text, at);
            if (!joins(more.code)) break;
            at += more.bytes;
        }
        const auto from = static_cast<std::uint32_t>(begins), to = static_cast<std::uint32_t>(at);
        if (at - begins == c.bytes && (c.code < 0x80 || is_settled(c.code)))
            into.push_back({c.code >= 'A' && c.code <= 'Z' ? c.code + 32 : c.code, from, to});
        else
            fold_segment(text.substr(begins, at - begins), from, into);
    }
}

std::string folded(std::string_view text) {
    std::vector<folded_character> all;
    fold(text, all);
    std::string out;
    for (const auto& c : all) append(out, c.code);
    return out;
}

character_is what_is(char32_t c) {
    using enum character_is;
    if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ? letter : separator;
    if ((c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x3041 && c <= 0x30FF && c != 0x30FB) || (c >= 0xAC00 && c <= 0xD7A3) ||
        (c >= 0x20000 && c <= 0x3FFFF) || c == 0x3005)
        return paired;
    switch (category(c)) {
        case UTF8PROC_CATEGORY_LU: case UTF8PROC_CATEGORY_LL: case UTF8PROC_CATEGORY_LT: case UTF8PROC_CATEGORY_LM: case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_ND: case UTF8PROC_CATEGORY_NL: case UTF8PROC_CATEGORY_NO: case UTF8PROC_CATEGORY_MN: case UTF8PROC_CATEGORY_MC:
            return letter;
        case UTF8PROC_CATEGORY_SM: case UTF8PROC_CATEGORY_SC: case UTF8PROC_CATEGORY_SK: case UTF8PROC_CATEGORY_SO: return sign;
        default: return separator;
    }
}

}  // namespace server::search
