#include "server/search/tokens.hpp"

#include <algorithm>

namespace server::search {
namespace {

constexpr std::size_t words_max = 16;
constexpr std::size_t word_bytes_max = 64;  // what is longer is no word: a key, a hash

struct character {
    char32_t code;
    std::size_t bytes;
};

/// Text is UTF-8 by the time that it gets here.
character next(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (at + size > text.size()) return {0xFFFD, text.size() - at};
    char32_t code = size == 1 ? lead : lead & (0xFF >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) code = code << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3F);
    return {code, size};
}

/// Full-width letters as the plain ones, capitals as small ones.
char32_t folded(char32_t c) {
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if (c >= 'A' && c <= 'Z') return c + 32;
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F)) return c + 32;
    return c;
}

bool is_paired(char32_t c) {
    return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x3041 && c <= 0x30FF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0x20000 && c <= 0x3FFFF) || c == 0x3005;
}
bool is_letter(char32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 0xDF && c != 0xF7 && c < 0x2000) || (c >= 0x2C00 && c < 0x2E00);
}

void append(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
        return;
    }
    const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    constexpr int lead[] = {0, 0xC0, 0xE0, 0xF0};
    out += static_cast<char>(lead[more] | c >> 6 * more);
    for (int i = more - 1; i >= 0; --i) out += static_cast<char>(0x80 | (c >> 6 * i & 0x3F));
}

/// The end of what goes together with the character at `at`.
std::size_t run_of(std::string_view text, std::size_t at, bool (*belongs)(char32_t)) {
    while (at < text.size()) {
        const auto c = next(text, at);
        if (!belongs(folded(c.code))) break;
        at += c.bytes;
    }
    return at;
}

std::string folded(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = next(text, at);
        append(out, folded(c.code));
        at += c.bytes;
    }
    return out;
}

void pairs(std::string_view text, std::size_t begins, std::size_t ends, bool looked_for, const std::function<void(const token&)>& take) {
    const auto first = next(text, begins).bytes;
    if (begins + first == ends) return take({folded(text.substr(begins, first)), begins, ends, false});
    for (auto at = begins; at < ends;) {
        const auto one = next(text, at).bytes;
        if (at + one == ends) {
            // The last character, so that it is found alone; where it stands it is a part of the pair before it.
            if (!looked_for) take({folded(text.substr(at, one)), at, ends, true});
            return;
        }
        const auto two = next(text, at + one).bytes;
        take({folded(text.substr(at, one + two)), at, at + one + two, false});
        at += one;
    }
}

/// What stands between blanks, or between quotes.
std::vector<std::string_view> parts_of(std::string_view words) {
    std::vector<std::string_view> all;
    const auto is_blank = [&](std::size_t at) {
        return words[at] == ' ' || (words[at] >= '\t' && words[at] <= '\r') || words.substr(at, 3) == "\u3000";
    };
    for (std::size_t at = 0; at < words.size() && all.size() < words_max;) {
        if (is_blank(at)) {
            at += next(words, at).bytes;
            continue;
        }
        const bool quoted = words[at] == '"';
        const auto from = at + quoted;
        for (at = from; at < words.size() && (quoted ? words[at] != '"' : !is_blank(at) && words[at] != '"');) at += next(words, at).bytes;
        if (at > from) all.push_back(words.substr(from, at - from));
        if (quoted && at < words.size()) ++at;
    }
    return all;
}

}  // namespace

void tokens_of(std::string_view text, bool looked_for, const std::function<void(const token&)>& take) {
    for (std::size_t at = 0; at < text.size();) {
        const auto c = next(text, at);
        const auto code = folded(c.code);
        if (is_paired(code)) {
            const auto ends = run_of(text, at, is_paired);
            pairs(text, at, ends, looked_for, take);
            at = ends;
        } else if (is_letter(code)) {
            const auto ends = run_of(text, at, is_letter);
            auto word = folded(text.substr(at, ends - at));
            if (word.size() <= word_bytes_max) take({std::move(word), at, ends, false});
            at = ends;
        } else {
            at += c.bytes;
        }
    }
}

std::string query_of(std::string_view words) {
    std::string query;
    for (const auto part : parts_of(words)) {
        std::size_t count = 0;
        std::size_t ends = 0;
        bool open = false;  // whether more may follow its last token: a word begun, or one character alone
        tokens_of(part, true, [&](const token& t) {
            ++count;
            ends = t.ends;
            const auto first = next(t.text, 0);
            open = !is_paired(first.code) || first.bytes == t.text.size();
        });
        if (count == 0) continue;
        if (!query.empty()) query += " AND ";
        query += '"';
        for (const char c : part.substr(0, ends)) query += c == '"' ? "\"\"" : std::string(1, c);
        query += open ? "\" *" : "\"";
    }
    return query;
}

std::vector<std::string> words_of(std::string_view words) {
    std::vector<std::string> all;
    for (const auto part : parts_of(words)) all.push_back(folded(part));
    return all;
}

std::string excerpt_of(std::string_view text, const std::vector<std::string>& words) {
    constexpr std::size_t before = 40, at_most = 160;  // characters
    // Folding keeps characters, not bytes: places are counted in characters.
    const auto low = folded(text);
    auto found = low.npos;
    for (const auto& w : words) found = std::min(found, low.find(w));
    const auto count = [](std::string_view s) {
        return static_cast<std::size_t>(std::count_if(s.begin(), s.end(), [](char c) { return (c & 0xC0) != 0x80; }));
    };
    const auto hit = found == low.npos ? 0 : count(std::string_view(low).substr(0, found));
    const auto from = hit > before ? hit - before : 0;
    std::string out = from > 0 ? "…" : "";
    std::size_t n = 0;
    for (std::size_t at = 0; at < text.size(); ++n) {
        const auto c = next(text, at);
        if (n >= from + at_most) return out + "…";
        if (n >= from) {
            if (c.code < 0x20)
                out += ' ';
            else
                out += text.substr(at, c.bytes);
        }
        at += c.bytes;
    }
    return out;
}

}  // namespace server::search
