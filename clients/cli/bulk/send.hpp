#pragma once
// A plan to the server: one transaction, all or nothing.

#include "clients/cli/bulk/plan.hpp"

namespace cli::bulk {

/// Sends it, or with `dry_run` has it tried. What the server refuses is added to the plan's faults, at the row and column
/// that it came from; with any fault nothing has been done. False: another process was faster with the same rows, while something
/// else of it has changed; nothing was done, and it has to be planned anew.
/// `again`: how often that has been so.
bool send(context& about, const kind& of, plan& what, bool dry_run, int again);

}  // namespace cli::bulk
