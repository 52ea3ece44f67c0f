#pragma once
// Text as the server keeps it, so that what is said twice is known to be the same.

#include <string>
#include <string_view>

namespace cli {

/// Composed (NFC), with "\n" as the only line end, without blanks around. Bytes that are not UTF-8 stay as they are.
std::string as_kept(std::string_view text);

/// Composed alone.
std::string composed(std::string_view text);

/// What others wrote, as it can be taken in: what can't be seen and steers how text is shown (controls, bidirectional
/// overrides, terminal colours) is left out.
std::string without_controls(std::string_view text);

/// What others called something, as the server takes names: on one line, without what can't be seen.
std::string as_name(std::string_view text);

/// A to Z as a to z.
std::string small_letters(std::string_view text);

/// Whether anything of it can be seen.
bool says_something(std::string_view text);

}  // namespace cli
