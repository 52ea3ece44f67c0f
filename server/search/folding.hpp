#pragma once
// Characters as they are compared in a search: without capitals, accents and widths, however they were composed.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace server::search {

struct folded_character {
    char32_t code;
    std::uint32_t begins;  ///< bytes, in what it is of
    std::uint32_t ends;
};

/// "Łódź" is "lodz", "ﾊﾟﾝ" is "パン", "①" is "1", "℃" is "°c"; é is e, whether written as one character or as two. Text is UTF-8
/// by the time that it gets here, and below 4 GiB.
void fold(std::string_view text, std::vector<folded_character>& into);

std::string folded(std::string_view text);

enum class character_is : std::uint8_t {
    letter,     ///< or a digit: they make words
    paired,     ///< Chinese, Japanese, Korean: they make pairs
    sign,       ///< an emoji, a currency: a word by itself
    separator,
};
character_is what_is(char32_t folded_code);

void append(std::string& out, char32_t c);

}  // namespace server::search
