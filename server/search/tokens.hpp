#pragma once
// Words of a text, as they are indexed and looked for: folded (folding.hpp). Letters and digits make words, "c++" and "c#" among
// them; a sign or an emoji is a word by itself; Chinese (and Japanese, Korean) characters make overlapping pairs, as there are no
// spaces to go by: 项目管理 is 项目, 目管, 管理.
//
// A pair can be looked for anywhere in a text; a character alone is found as the beginning of a pair, or where a text ends
// with it.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace server::search {

struct token {
    std::string text;
    std::size_t begins;  ///< bytes, in what it is of
    std::size_t ends;
    bool same_place;  ///< as the one before it, in the order of words
    bool is_pair = false;
};

/// Calls `take` with each, in their order. `looked_for`: of a query, which has no pairs to end.
void tokens_of(std::string_view text, bool looked_for, const std::function<void(const token&)>& take);

/// A query of FTS5 that finds what has all of the words, which are parted by blanks; within double quotes they stand next
/// to each other. Empty where there is nothing to look for.
std::string query_of(std::string_view words);

/// The words themselves, in small letters, as they are marked in what is shown.
std::vector<std::string> words_of(std::string_view words);

/// Some of the text around the first of the words, on one line.
std::string excerpt_of(std::string_view text, const std::vector<std::string>& words);

}  // namespace server::search
