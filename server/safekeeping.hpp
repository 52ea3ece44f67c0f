#pragma once
// What the room's clock, its backups and its warehouse are set up with, and what is said of them.

#include "server/backup/keeper.hpp"
#include "server/clock/guarded.hpp"
#include "server/ops/config.hpp"
#include "server/ops/disk.hpp"
#include "server/warehouse/keeper.hpp"

#include <filesystem>
#include <string>

namespace server {

clock::rules rules_of_clock(const ops::config& c);

/// Beside the data folder, where nothing else is set.
backup::keeper_settings backups_of(const ops::config& c);
/// In the data folder, though it can be made again from the rest of it.
warehouse::keeper_options warehouse_of(const ops::config& c, ops::disk& disk);
/// As a configuration file that says the same.
std::string printed(const ops::config& c);

/// The folder, where nothing in it is what would keep whoever opens it waiting: a pipe, a socket, a device. Throws
/// events::cannot_go_on, which names it.
std::filesystem::path with_files_alone(const std::filesystem::path& folder);

// Log lines.
void say_of_backup(const backup::job& b);
void say_of_warehouse(const std::string& why);

}  // namespace server
