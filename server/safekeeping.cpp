#include "server/safekeeping.hpp"

#include "events/ending/ending.hpp"
#include "server/ops/logging.hpp"

#include <filesystem>

namespace server {

clock::rules rules_of_clock(const ops::config& c) {
    clock::rules how;
    how.settle = std::chrono::seconds(c.clock_settle_seconds);
    return how;
}

namespace {

/// The folder that was set up, or one beside the data, of their name and this ending.
std::filesystem::path set_up_or_beside(const std::string& set_up, const ops::config& c, const char* ending) {
    if (!set_up.empty()) return set_up;
    auto beside = std::filesystem::absolute(c.data).lexically_normal();
    if (!beside.has_filename()) beside = beside.parent_path();
    return beside += ending;
}

}  // namespace

backup::keeper_settings backups_of(const ops::config& c) {
    return {set_up_or_beside(c.backup_folder, c, ".backups"), c.backup_keys_folder, std::uint64_t{c.backup_mib_per_second} << 20, c.backup_keep};
}

namespace {

/// In the data folder, though it can be made again from the rest of it.
warehouse::keeper_options warehouse_of(const ops::config& c, ops::disk& disk) {
    return {.folder = std::filesystem::path(c.data) / "warehouse", .program = warehouse::program_of(c.data_worker), .memory_mib = c.warehouse_mib,
            .has_room = [&disk] { return disk.has_room(); }, .failed = [](const std::string& why) { ops::log_error("the warehouse could not go on, and tries again", {{"why", why}}); }};
}

warehouse::watched_folder_options inbox_of(const ops::config& c, ops::disk& disk) {
    return {.folder = set_up_or_beside(c.data_inbox, c, ".inbox"), .has_room = [&disk] { return disk.has_room(); },
            .failed = [](const std::string& file, const std::string& why) { ops::log_warning("a file in the watched folder is not taken", {{"file", file}, {"why", why}}); }};
}

}  // namespace

incoming_data::incoming_data(const ops::config& c, ops::disk& disk, engine::engine& writer, const wire::documents& read, blobs::store& files)
    : warehouse(warehouse_of(c, disk), writer, read, files), inbox(inbox_of(c, disk), writer, read, files) {}

void incoming_data::start() {
    warehouse.start();
    inbox.start();
}

void incoming_data::stop() {
    inbox.stop();
    warehouse.stop();
}


std::string printed(const ops::config& c) {
    const ops::effective e{c, std::vector<std::string>(ops::settings().size(), "as served"), {}};
    return e.print();
}

std::filesystem::path with_files_alone(const std::filesystem::path& folder) {
    namespace fs = std::filesystem;
    std::error_code unreadable;  // is said by who needs it
    for (auto at = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, unreadable); !unreadable && at != fs::recursive_directory_iterator();
         at.increment(unreadable)) {
        std::error_code gone;
        const auto type = at->status(gone).type();
        if (gone || type == fs::file_type::regular || type == fs::file_type::directory || type == fs::file_type::not_found) continue;
        const auto file = at->path().string();
        throw events::cannot_go_on(events::ending::damaged, {file + " 不是普通文件：请移走它；它原来的内容从备份恢复，或由服务器重新生成",
                                                             file + " is no regular file: move it away; what was there is brought back from a backup, or made anew by the server"});
    }
    return folder;
}

void say_of_backup(const backup::job& b) {
    if (b.failed) ops::log_warning("no backup", {{"why", b.failed->en}});
    else if (b.made)
        ops::log_info("backup made", {{"number", b.made->what.number}, {"position", b.made->what.position.value}, {"bytes", b.made->what.bytes},
                                      {"damaged_attachments", b.made->damaged.size()}});
    else if (b.proven) ops::log_info("backup verified", {{"number", b.proven->number}, {"faults", b.proven->wrong.size()}});
}

}  // namespace server
