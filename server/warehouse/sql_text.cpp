#include "server/warehouse/sql_text.hpp"

#include <algorithm>

namespace server::warehouse {
namespace {

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80) != 0; }

/// Behind the closing quote; a doubled one is none. With `escapes` a backslash takes the next one with it.
std::size_t behind_quoted(std::string_view s, std::size_t at, char quote, bool escapes) {
    for (++at; at < s.size(); ++at) {
        if (escapes && s[at] == '\\') {
            ++at;
        } else if (s[at] == quote) {
            if (at + 1 >= s.size() || s[at + 1] != quote) return at + 1;
            ++at;
        }
    }
    return s.size();
}

std::size_t behind_comment(std::string_view s, std::size_t at) {
    int depth = 0;
    while (at + 1 < s.size()) {
        if (s.compare(at, 2, "/*") == 0) ++depth, at += 2;
        else if (s.compare(at, 2, "*/") == 0) {
            at += 2;
            if (--depth == 0) return at;
        } else ++at;
    }
    return s.size();
}

/// $$…$$, $tag$…$tag$; `at` where it is none.
std::size_t behind_dollars(std::string_view s, std::size_t at) {
    auto end = at + 1;
    while (end < s.size() && is_word(s[end])) ++end;
    if (end >= s.size() || s[end] != '$' || (end > at + 1 && s[at + 1] >= '0' && s[at + 1] <= '9')) return at;
    const auto tag = s.substr(at, end + 1 - at);
    const auto close = s.find(tag, end + 1);
    return close == s.npos ? s.size() : close + tag.size();
}

/// Behind what begins there and is no part of the statement proper; `at` where it is one.
std::size_t behind_inert(std::string_view s, std::size_t at) {
    const char c = s[at];
    const bool begins_word = at == 0 || !is_word(s[at - 1]);
    const bool escapes = at > 0 && (s[at - 1] == 'e' || s[at - 1] == 'E') && (at == 1 || !is_word(s[at - 2]));
    if (c == '\'') return behind_quoted(s, at, c, escapes);
    if (c == '"' || c == '`') return behind_quoted(s, at, c, false);
    if (s.compare(at, 2, "--") == 0) return std::min(s.find('\n', at), s.size());
    if (s.compare(at, 2, "/*") == 0) return behind_comment(s, at);
    return c == '$' && begins_word ? behind_dollars(s, at) : at;
}

}  // namespace

numbered_sql with_numbers(std::string_view s) {
    numbered_sql made;
    for (std::size_t at = 0; at < s.size();) {
        if (const auto behind = behind_inert(s, at); behind != at) {
            made.text += s.substr(at, behind - at);
            at = behind;
            continue;
        }
        const bool named = s[at] == ':' && at + 1 < s.size() && is_word(s[at + 1]) && (at == 0 || (s[at - 1] != ':' && !is_word(s[at - 1])));
        if (!named) {
            made.text += s[at++];
            continue;
        }
        auto end = at + 1;
        while (end < s.size() && is_word(s[end])) ++end;
        const auto name = s.substr(at + 1, end - at - 1);
        if (name == "from") made.text += "$1", made.has_from = true;
        else if (name == "until") made.text += "$2", made.has_until = true;
        else made.text += s.substr(at, end - at);
        at = end;
    }
    return made;
}

std::string first_word(std::string_view s) {
    std::size_t at = 0;
    while (at < s.size()) {
        const bool comment = s.compare(at, 2, "--") == 0 || s.compare(at, 2, "/*") == 0;
        if (comment) at = behind_inert(s, at);
        else if (s[at] == '(' || s[at] == ' ' || s[at] == '\t' || s[at] == '\r' || s[at] == '\n') ++at;
        else break;
    }
    std::string word;
    for (; at < s.size() && is_word(s[at]); ++at) word += s[at] >= 'A' && s[at] <= 'Z' ? static_cast<char>(s[at] + 32) : s[at];
    return word;
}

bool begins_as_query(std::string_view s) {
    const auto word = first_word(s);
    return word == "select" || word == "with" || word == "values" || word == "table";
}

}  // namespace server::warehouse
