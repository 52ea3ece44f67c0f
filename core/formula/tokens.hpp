#pragma once
// A formula's text in words and signs. What a Chinese keyboard types for a sign is that sign: （ ） ， ＋ － × ÷ ＝ ≠ “ ”.

#include "core/formula/fault.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace core::formula {

struct token {
    enum class kind : std::uint8_t { name, number, text, sign, end };

    kind is = kind::end;
    std::string text;     ///< of a name or text what is within its quotes; of a number its canonical digits; of a sign its ASCII form
    place at;
    bool quoted = false;  ///< a name in backquotes: never a word of the language

    bool operator==(const token&) const = default;
};

/// All of them, an `end` last. Takes any bytes.
found<std::vector<token>> tokens_of(std::string_view text);

/// Whether it can stand in a formula without backquotes, unless it is a word of the language.
bool is_plain_name(std::string_view name);

/// "007.50" as "7.5"; empty where it is no number, or has more than 18 digits before or 9 after the point.
std::string canonical_number(std::string_view digits);

}  // namespace core::formula
