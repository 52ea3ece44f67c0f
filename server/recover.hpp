#pragma once
// `opsroomd recover-admin`: the way back in for whoever has the machine, where no administrator can sign in any more.

#include "server/ops/command_line.hpp"

namespace server {

/// Makes `who` an administrator, as an event of the system, and prints a one-time link's secret for them. Works on the data
/// folder while no server does. Returns the process's exit code; throws std::runtime_error where it can't be done.
int recover_admin(const ops::config& config, const ops::recovery& who);

}  // namespace server
