#pragma once
// Prose as a line, where there is room for a line only.

#include "core/kernel/text.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace core::recommending {

/// What stands in its first line, of at most so many characters; longer is cut, and says so.
inline std::string headline(std::string_view prose, std::size_t characters_max = 60) {
    const auto first = prose.substr(0, prose.find('\n'));
    if (text::characters(first) <= characters_max) return std::string(first);
    std::size_t end = 0;
    for (std::size_t n = 0; n < characters_max && end < first.size(); ++n)
        do ++end;
        while (end < first.size() && (static_cast<unsigned char>(first[end]) & 0xC0) == 0x80);
    return text::tidied(first.substr(0, end)) + "…";
}

}  // namespace core::recommending
