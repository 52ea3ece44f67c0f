#pragma once
// Comma-separated values (RFC 4180), as spreadsheets write them: UTF-8 with or without its mark, UTF-16, or GB18030 as
// Excel in Chinese does; with commas, semicolons or tabs between.

#include "clients/cli/bulk/sheet.hpp"

#include <string_view>

namespace cli::bulk {

/// The text as UTF-8 without a mark. Throws `failure` (invalid) where it is in none of these encodings.
std::string to_utf8(std::string_view bytes);

/// Throws `failure` (invalid) with the row where a quote is never closed, or more is in it than is taken.
sheet parse_csv(std::string_view bytes);

}  // namespace cli::bulk
