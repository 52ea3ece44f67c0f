#pragma once
// Comma-separated values (RFC 4180), as spreadsheets write them: with commas, semicolons or tabs between, or whatever a first
// line such as "sep=;" says.

#include "clients/cli/bulk/sheet.hpp"

#include <string_view>

namespace cli::bulk {

/// Throws `failure` (invalid) with the row where a quote is never closed, or more is in it than is taken.
sheet parse_csv(std::string_view bytes, reading& how);

}  // namespace cli::bulk
