#pragma once
// How many columns of a terminal a text takes: East-Asian wide characters take two, combining ones none.
// Independent of the locale, so that tables are straight under LANG=C too.

#include <cstddef>
#include <string>
#include <string_view>

namespace cli {

/// Columns of one character: 0, 1 or 2.
int width_of(char32_t character);

/// Columns of UTF-8 text. A byte that is not UTF-8 counts one.
int width_of(std::string_view text);

/// The longest beginning that fits, with "…" where something was cut.
std::string fit(std::string_view text, int columns);

/// One line that is safe to show: control characters (also terminal escapes and bidirectional overrides) become
/// blanks, bytes that are not UTF-8 become U+FFFD.
std::string on_one_line(std::string_view text);

/// The same, but line breaks are kept.
std::string shown_safely(std::string_view text);

/// The next character of `text` from `at` on, which is moved past it. Malformed: U+FFFD, one byte further.
char32_t next_character(std::string_view text, std::size_t& at);

}  // namespace cli
