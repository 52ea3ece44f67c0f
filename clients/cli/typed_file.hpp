#pragma once
// What a person writes into a JSON file, as the wire wants it: people by whatever name they are typed with on the command line
// ("@li.na", "li.na", "李娜", "me"), days likewise ("2026-12-01", "2026/12/1", "today", "+3d"). Nobody looks numbers up.

#include "clients/cli/context.hpp"
#include "clients/cli/schema/schema.hpp"

#include <string>
#include <vector>

namespace cli {

/// "1234.56" in hundredths, as the wire has it. Throws `failure`.
json money_of(const std::string& typed);

/// Wherever such fields stand in it. What is empty stays so, for the server to ask for it. Throws `failure`, which says where.
json as_typed(context& about, json file, const std::vector<described_field>& fields);

}  // namespace cli
