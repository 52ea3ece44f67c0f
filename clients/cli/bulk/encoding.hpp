#pragma once
// The encoding of a text file: said, or told from its bytes where that can be done without a guess.

#include "clients/cli/bulk/sheet.hpp"

#include <string>
#include <string_view>

namespace cli::bulk {

/// The text as UTF-8 without a mark; a note in `how` where it was in another encoding. Where the file begins with a mark (BOM)
/// that is its encoding, and nothing else is tried. Throws `failure` (invalid) where the text is not in the encoding that was
/// said, or it can't be told which one it is in: mojibake in a log would stay there.
std::string to_utf8(std::string_view bytes, reading& how);

}  // namespace cli::bulk
