#pragma once
// What the server's program does about backups when it is not serving: `opsroomd backup create|list|verify`, `opsroomd
// restore`. No server runs on the folder then.

#include "server/ops/command_line.hpp"

namespace server::backup {

/// Does it, telling how far it is on standard error and what came of it on standard output. The exit code: 0 done, 1 not.
int run(const ops::config& config, const ops::errand& asked);

}  // namespace server::backup
