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
warehouse::keeper_options warehouse_of(const ops::config& c, ops::disk& disk, std::function<void()> published) {
    return {.folder = std::filesystem::path(c.data) / "warehouse", .program = warehouse::program_of(c.data_worker), .memory_mib = c.warehouse_mib,
            .has_room = [&disk] { return disk.has_room(); }, .failed = [](const std::string& why) { ops::log_error("the warehouse could not go on, and tries again", {{"why", why}}); },
            .published = std::move(published)};
}

warehouse::alert_options alerts_of(ops::disk& disk) {
    return {.has_room = [&disk] { return disk.has_room(); }, .failed = [](const std::string& why) { ops::log_warning("alert rules could not be held against the figures, and are again", {{"why", why}}); }};
}

warehouse::watched_folder_options inbox_of(const ops::config& c, ops::disk& disk) {
    return {.folder = set_up_or_beside(c.data_inbox, c, ".inbox"), .has_room = [&disk] { return disk.has_room(); },
            .failed = [](const std::string& file, const std::string& why) { ops::log_warning("a file in the watched folder is not taken", {{"file", file}, {"why", why}}); }};
}

[[noreturn]] void bad_setting(const char* name, const std::string& zh, const std::string& en) {
    throw events::cannot_go_on(events::ending::bad_usage, {std::string("设置 ") + name + "：" + zh, std::string("the setting ") + name + ": " + en});
}

warehouse::pull_options pulls_of(const ops::config& c, ops::disk& disk) {
    warehouse::pull_options how{.folder = std::filesystem::path(c.data) / "warehouse" / "pulled", .has_room = [&disk] { return disk.has_room(); },
                                .failed = [](std::uint64_t, const std::string& why) { ops::log_warning("data could not be fetched, and is tried again", {{"why", why}}); }};
    for (const auto& h : c.data_hosts)
        if (!warehouse::is_host(h)) bad_setting("data_hosts", "“" + h + "”应为主机名，可带端口，如 data.example.com:8443", "\"" + h + "\" has to be a host, with its port where that is unusual, like data.example.com:8443");
    how.http.hosts = c.data_hosts;
    how.http.private_hosts = c.data_private_hosts;
    if (!c.data_secrets.empty()) {
        auto secrets = warehouse::load_header_secrets(c.data_secrets);
        if (!secrets.fault_en.empty()) bad_setting("data_secrets", c.data_secrets + "：" + secrets.fault_zh, c.data_secrets + ": " + secrets.fault_en);
        how.http.headers = std::move(secrets.headers);
    }
    auto known = warehouse::read_connections(c.data_connections);
    if (!known.fault_en.empty()) bad_setting("data_connections", known.fault_zh, known.fault_en);
    how.connections = std::move(known.by_name);
    return how;
}

}  // namespace

incoming_data::incoming_data(const ops::config& c, ops::disk& disk, engine::engine& writer, const wire::documents& read, blobs::store& files)
    : warehouse(warehouse_of(c, disk, [this] { alerts.look_again(); }), writer, read, files), inbox(inbox_of(c, disk), writer, read, files),
      pulls(pulls_of(c, disk), writer, read, files), alerts(alerts_of(disk), writer, read, warehouse) {}

void incoming_data::start() {
    warehouse.start();
    inbox.start();
    pulls.start();
    alerts.start();
}

void incoming_data::stop() {
    alerts.stop();
    pulls.stop();
    inbox.stop();
    warehouse.stop();
}

void incoming_data::look_again(events::category kind) {
    if (warehouse::keeper::looks_at(kind)) warehouse.look_again();
    if (warehouse::alert_watch::looks_at(kind)) alerts.look_again();
}

void incoming_data::watch(ops::metrics& in) const {
    in.watch_gauge("opsroom_warehouse_behind", "Deliveries that have yet to be checked, or loaded and published.", [this] { return static_cast<double>(warehouse.behind()); });
    in.watch_gauge("opsroom_pulls_failing", "Deliveries that are due, or late, and could not be fetched yet.", [this] { return static_cast<double>(pulls.failures().size()); });
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
