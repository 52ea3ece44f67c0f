#pragma once
// Of the dossiers of analyses and strategies, what both those who show them and those who print their forms read.

#include "clients/cli/commands/commands.hpp"
#include "clients/cli/json.hpp"

#include <cstdint>

namespace cli {

/// What the event says that carries this form; null where there is none yet.
const json& said_in(const json& dossier, const char* form);

/// What was said last of this look of an analysis: a finding may have been corrected. Null where there is none.
const json& look_of(const json& dossier, std::uint64_t look);

void add_strategy_forms(tree& t, const nouns& n);

}  // namespace cli
