#include "server/search/tokens.hpp"

#include "server/search/folding.hpp"

#include <algorithm>

namespace server::search {
namespace {

constexpr std::size_t words_max = 16;
constexpr std::size_t word_bytes_max = 64;  // what is longer is no word: a key, a hash

std::string text_of(const std::vector<folded_character>& all, std::size_t from, std::size_t to) {
    std::string out;
    for (; from < to; ++from) append(out, all[from].code);
    return out;
}

std::size_t bytes_at(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    return std::min<std::size_t>(lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4, text.size() - at);
}

void pairs(const std::vector<folded_character>& all, std::size_t from, std::size_t to, bool looked_for, const std::function<void(const token&)>& take) {
    const auto one = [&](std::size_t i, std::size_t count, bool same_place) {
        take({text_of(all, i, i + count), all[i].begins, all[i + count - 1].ends, same_place, count == 2});
    };
    if (to - from == 1) return one(from, 1, false);
    for (auto i = from; i + 1 < to; ++i) one(i, 2, false);
    // The last character, so that it is found alone; where it stands it is a part of the pair before it.
    if (!looked_for) one(to - 1, 1, true);
}

/// "c++", "c#": signs that belong to the word before them. How many there are.
std::size_t signs_after(const std::vector<folded_character>& all, std::size_t at) {
    constexpr std::size_t signs_max = 3;
    std::size_t count = 0;
    while (at + count < all.size() && count < signs_max && (all[at + count].code == '+' || all[at + count].code == '#')) ++count;
    return count;
}

/// What stands between blanks, or between quotes.
std::vector<std::string_view> parts_of(std::string_view words) {
    std::vector<std::string_view> all;
    const auto is_blank = [&](std::size_t at) {
        return words[at] == ' ' || (words[at] >= '\t' && words[at] <= '\r') || words.substr(at, 3) == "\u3000";
    };
    for (std::size_t at = 0; at < words.size() && all.size() < words_max;) {
        if (is_blank(at)) {
            at += bytes_at(words, at);
            continue;
        }
        const bool quoted = words[at] == '"';
        const auto from = at + quoted;
        for (at = from; at < words.size() && (quoted ? words[at] != '"' : !is_blank(at) && words[at] != '"');) at += bytes_at(words, at);
        if (at > from) all.push_back(words.substr(from, at - from));
        if (quoted && at < words.size()) ++at;
    }
    return all;
}

}  // namespace

void tokens_of(std::string_view text, bool looked_for, const std::function<void(const token&)>& take) {
    thread_local std::vector<folded_character> all;
    fold(text, all);
    for (std::size_t at = 0; at < all.size();) {
        const auto is = what_is(all[at].code);
        auto ends = at + 1;
        if (is == character_is::letter || is == character_is::paired)
            while (ends < all.size() && what_is(all[ends].code) == is) ++ends;
        if (is == character_is::paired) {
            pairs(all, at, ends, looked_for, take);
        } else if (is == character_is::sign) {
            take({text_of(all, at, ends), all[at].begins, all[at].ends, false});
        } else if (is == character_is::letter) {
            const auto more = signs_after(all, ends);
            auto word = text_of(all, at, ends);
            const bool whole = word.size() <= word_bytes_max;
            if (whole && !(looked_for && more > 0)) take({word, all[at].begins, all[ends - 1].ends, false});
            if (whole && more > 0) take({text_of(all, at, ends + more), all[at].begins, all[ends + more - 1].ends, !looked_for});
            ends += more;
        }
        at = ends;
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
            // More may follow a word that was begun, and one character that stands alone.
            open = !t.is_pair;
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
    std::vector<folded_character> all;
    fold(text, all);
    std::string low;
    std::vector<std::size_t> places;  // of each character, in `low`
    for (const auto& c : all) {
        places.push_back(low.size());
        append(low, c.code);
    }
    auto found = low.npos;
    for (const auto& w : words)
        if (!w.empty()) found = std::min(found, low.find(w));
    std::size_t hit = 0;  // byte of the text
    if (found != low.npos) hit = all[static_cast<std::size_t>(std::upper_bound(places.begin(), places.end(), found) - places.begin()) - 1].begins;
    const auto count = [](std::string_view s) {
        return static_cast<std::size_t>(std::count_if(s.begin(), s.end(), [](char c) { return (c & 0xC0) != 0x80; }));
    };
    const auto hit_character = count(text.substr(0, hit));
    const auto from = hit_character > before ? hit_character - before : 0;
    std::string out = from > 0 ? "…" : "";
    std::size_t n = 0;
    for (std::size_t at = 0; at < text.size(); ++n) {
        const auto bytes = bytes_at(text, at);
        if (n >= from + at_most) return out + "…";
        if (n >= from) {
            if (static_cast<unsigned char>(text[at]) < 0x20)
                out += ' ';
            else
                out += text.substr(at, bytes);
        }
        at += bytes;
    }
    return out;
}

}  // namespace server::search
