#include "server/backup/keeper.hpp"

#include "events/bytes/durable_file.hpp"
#include "events/ending/threads.hpp"
#include "events/rocksdb/rocksdb_log.hpp"

#include <algorithm>
#include <sstream>

namespace server::backup {
namespace {

namespace fs = std::filesystem;
namespace bytes = events::bytes;

constexpr const char* known_file = "backups.known";
constexpr std::size_t known_bytes_max = 1u << 20;
constexpr std::string_view parts[] = {"log", "accounts", "blobs", "keys", "events"};

const char* part_named(std::string_view name) {
    for (const auto p : parts)
        if (p == name) return p.data();
    return "";
}

/// Folder and keys, a line each.
std::vector<std::pair<fs::path, fs::path>> read_known(const fs::path& data) {
    std::vector<std::pair<fs::path, fs::path>> all;
    std::istringstream lines(bytes::read_file(data / known_file, known_bytes_max).value_or(""));
    for (std::string folder, keys; std::getline(lines, folder) && std::getline(lines, keys);) all.emplace_back(folder, keys);
    return all;
}

bool is_beneath(const fs::path& path, const fs::path& root) {
    const auto [end, ignored] = std::mismatch(root.begin(), root.end(), path.begin(), path.end());
    return end == root.end();
}

}  // namespace

keeper::keeper(source from, keeper_settings how, std::function<events::instant()> now, done on_done)
    : from_(std::move(from)), how_(std::move(how)), now_(std::move(now)), on_done_(std::move(on_done)) {
    how_.root = fs::absolute(how_.root).lexically_normal();
    if (!how_.root.has_filename()) how_.root = how_.root.parent_path();
}

fs::path keeper::place(std::string_view name) const {
    auto asked = name.empty() ? how_.root : (how_.root / name).lexically_normal();
    if (!asked.has_filename()) asked = asked.parent_path();
    // What a link leads to counts.
    std::error_code ignored;
    const auto real = fs::weakly_canonical(asked, ignored);
    const auto root = fs::weakly_canonical(how_.root, ignored);
    if (!is_beneath(asked, how_.root) || !is_beneath(real, root) || name.find('\n') != name.npos)
        throw failure("备份只能写入 " + how_.root.string() + " 之下；要换地方，请在服务器上设置 backup_folder",
                      "backups go beneath " + how_.root.string() + " only: to have them elsewhere, set backup_folder on the server");
    return asked;
}

fs::path keeper::keys_for(const fs::path& folder) const {
    if (how_.keys.empty()) return {};
    return (fs::absolute(how_.keys) / fs::relative(folder, how_.root)).lexically_normal();
}

std::shared_ptr<const job> keeper::start(std::function<void(job&, const pace&)> work) {
    const std::lock_guard hold(mutex_);
    if (stopped_ || (current_ && !current_->over.load())) return nullptr;
    if (thread_.joinable()) thread_.join();
    auto next = std::make_shared<job>();
    thread_ = events::try_start_thread("backing up", [this, mine = next, work = std::move(work)](const std::stop_token& stop) {
        pace at{how_.bytes_per_second, stop, [&](std::string_view part, std::uint64_t n) {
                    mine->part = part_named(part);
                    mine->bytes = n;
                }};
        try {
            work(*mine, at);
        } catch (const failure& e) {
            mine->failed = e;
        } catch (const std::exception& e) {
            mine->failed.emplace(std::string("没有完成：") + e.what(), std::string("it did not come about: ") + e.what());
        }
        if (on_done_) on_done_(*mine);
        mine->over = true;
    });
    current_ = next;
    return current_;
}

std::shared_ptr<const job> keeper::create(const fs::path& folder) {
    return start([this, folder](job& mine, const pace& at) {
        const target to{folder, keys_for(folder), how_.keep};
        // Before: one that is cut off may have copied keys.
        remember(to.folder, to.keys.empty() ? to.folder / "keys" : to.keys);
        mine.made = backup::create(from_, to, at, now_());
    });
}

std::shared_ptr<const job> keeper::verify(const fs::path& folder, std::optional<std::uint64_t> number) {
    return start([this, folder, number](job& mine, const pace& at) {
        const auto all = read_all(folder);
        const auto found = number ? std::find_if(all.begin(), all.end(), [&](const auto& m) { return m.number == *number; }) : all.empty() ? all.end() : all.end() - 1;
        if (found == all.end()) throw failure("没有这个备份：见 opsroom backup list", "there is no such backup: see opsroom backup list");
        mine.proven = backup::verify(folder, *found, known_roots(folder, *found), at);
    });
}

void keeper::remember(const fs::path& folder, const fs::path& keys) {
    auto all = read_known(from_.data);
    const std::pair<fs::path, fs::path> here(folder, keys);
    if (std::find(all.begin(), all.end(), here) != all.end()) return;
    all.push_back(here);
    std::string text;
    for (const auto& [f, k] : all) text += f.string() + '\n' + k.string() + '\n';
    bytes::write_file(from_.data / known_file, text);
}

std::vector<holder> keeper::holders_of(events::member_id who) const {
    std::vector<holder> all;
    const auto key = fs::path("people") / std::to_string(who.value / 256) / (std::to_string(who.value) + ".key");
    events::position joined;
    from_.log.read_stream(stream_of(who), {1}, events::direction::forwards, [&](events::position p, std::string_view) {
        joined = p;
        return false;
    });
    for (const auto& [folder, keys] : read_known(from_.data)) {
        holder h{folder, keys, {}, true};
        std::error_code unknown;
        if (!fs::exists(folder, unknown) || !fs::exists(keys, unknown)) {
            h.reachable = false;
            all.push_back(std::move(h));
            continue;
        }
        if (!fs::exists(keys / key, unknown)) continue;
        try {
            for (const auto& m : read_all(folder))
                if (m.position >= joined && keys_of(folder, m) == keys) h.numbers.push_back(m.number);
        } catch (const std::exception&) {
            h.reachable = false;
        }
        all.push_back(std::move(h));
    }
    return all;
}

void keeper::stop() {
    std::jthread last;
    {
        const std::lock_guard hold(mutex_);
        stopped_ = true;
        last = std::move(thread_);
    }
}

}  // namespace server::backup
