#pragma once
// What the room's clock and its backups are set up with, and what is said of them.

#include "server/backup/keeper.hpp"
#include "server/clock/guarded.hpp"
#include "server/ops/config.hpp"

#include <string>

namespace server {

clock::rules rules_of_clock(const ops::config& c);

/// Beside the data folder, where nothing else is set.
backup::keeper_settings backups_of(const ops::config& c);
/// As a configuration file that says the same.
std::string printed(const ops::config& c);

// Log lines.
void say_of_backup(const backup::job& b);

}  // namespace server
