#pragma once
// A plan to the server: one transaction, all or nothing.

#include "clients/cli/bulk/plan.hpp"

namespace cli::bulk {

/// Sends it, or with `dry_run` has it tried. What the server refuses is added to the plan's faults, at the row and column
/// that it came from; with any fault nothing has been done.
void send(context& about, plan& what, bool dry_run);

}  // namespace cli::bulk
