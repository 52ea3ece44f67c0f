#pragma once
// In which language a refusal of the server is told.

#include "clients/cli/json.hpp"
#include "clients/cli/language.hpp"

namespace cli {

/// What is wrong with a field the server says in its reader's own language alone, which need not be the one that is wanted here: all
/// of it is then told in that one, so that a line is in one language.
language language_of_problem(const json& problem, language wanted);

}  // namespace cli
