#pragma once
// What the room's clock, its backups and its warehouse are set up with, and what is said of them.

#include "server/backup/keeper.hpp"
#include "server/clock/guarded.hpp"
#include "server/ops/config.hpp"
#include "server/ops/disk.hpp"
#include "server/ops/metrics.hpp"
#include "server/warehouse/alerts.hpp"
#include "server/warehouse/keeper.hpp"
#include "server/warehouse/pulls.hpp"
#include "server/warehouse/watched_folder.hpp"

#include <filesystem>
#include <string>

namespace server {

clock::rules rules_of_clock(const ops::config& c);

/// Beside the data folder, where nothing else is set.
backup::keeper_settings backups_of(const ops::config& c);
/// The data that come in: the folder and the places that they come from, and the warehouse that they go to.
struct incoming_data {
    /// All of them outlive this. Throws events::cannot_go_on where the configuration names no good host, connection or file of secrets.
    incoming_data(const ops::config& c, ops::disk& disk, engine::engine& writer, const wire::documents& read, blobs::store& files);
    ~incoming_data() { stop(); }  // before anything of it goes: each may be told by another
    void start();
    void stop();
    /// Any thread: something of a kind has changed.
    void look_again(events::category kind);
    void watch(ops::metrics& in) const;

    warehouse::keeper warehouse;
    warehouse::watched_folder inbox;
    warehouse::pulls pulls;
    warehouse::alert_watch alerts;
};
/// As a configuration file that says the same.
std::string printed(const ops::config& c);

/// The folder, where nothing in it is what would keep whoever opens it waiting: a pipe, a socket, a device. Throws
/// events::cannot_go_on, which names it.
std::filesystem::path with_files_alone(const std::filesystem::path& folder);

// Log lines.
void say_of_backup(const backup::job& b);

}  // namespace server
