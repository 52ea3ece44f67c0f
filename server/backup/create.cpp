#include "server/backup/create.hpp"

#include "events/bytes/base64.hpp"
#include "events/bytes/durable_file.hpp"
#include "events/codec/codec.hpp"
#include "events/proof/checkpoint.hpp"
#include "events/rocksdb/rocksdb_log.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace server::backup {
namespace {

namespace fs = std::filesystem;
namespace bytes = events::bytes;

constexpr std::size_t key_bytes_max = 1u << 20;
constexpr std::uintmax_t room_left = 512u << 20;  ///< bytes that a backup leaves free: the server may live on the same disk
constexpr std::string_view elections = "elections";
constexpr std::string_view unfinished = ".new";
constexpr std::string_view type_suffix = ".type";
constexpr std::string_view snapshot_file = "state";
constexpr std::string_view moments_prefix = "past";
constexpr std::string_view history_file = "history";

bool is_hex(std::string_view s, std::size_t size) { return s.size() == size && s.find_first_not_of("0123456789abcdef") == s.npos; }

/// Every file beneath `folder`, relative to it, sorted.
std::vector<fs::path> files_beneath(const fs::path& folder) {
    std::vector<fs::path> all;
    if (!fs::exists(folder)) return all;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && entry.path().extension() != unfinished) all.push_back(fs::relative(entry.path(), folder));
    std::sort(all.begin(), all.end());
    return all;
}

std::optional<events::member_id> owner_of_key(const fs::path& relative) {
    if (*relative.begin() != "people" || relative.extension() != ".key") return std::nullopt;
    const auto stem = relative.stem().string();
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), number);
    return error == std::errc{} && end == stem.data() + stem.size() ? std::optional(events::member_id{number}) : std::nullopt;
}

bool is_erased(const events::log& log, events::member_id who) {
    bool found = false;
    events::decoder read;
    const auto stream = stream_of(who);
    log.read_stream(stream, log.version_of(stream), events::direction::backwards, [&](events::position, std::string_view stored) {
        const auto event = read.decode(stored);
        const auto* about = event ? std::get_if<events::member::any>(&event->event) : nullptr;
        found = about && std::holds_alternative<events::member::erased>(*about);
        return !found;
    });
    return found;
}

class creating {
public:
    creating(const source& from, const target& to, const pace& at) : from_(from), to_(to), at_(at) {}

    created run(events::instant now) {
        const auto before = read_all(to_.folder);
        std::vector<events::rocks::backup_numbers> whole;
        for (const auto& m : before) whole.push_back(m.databases);
        events::rocks::keep_only(to_.folder, whole);

        auto& m = made_.what;
        m.number = before.empty() ? 1 : before.back().number + 1;
        m.made = now;
        m.history = from_.history;
        m.version = from_.version;
        m.keys = to_.keys.empty() ? std::string() : to_.keys.string();
        try {
            take_databases();
            take_accounts();
            take_kept();
            take_blobs();
            take_keys();
            finish();
        } catch (...) {
            tidy_up(whole);
            throw;
        }
        forget_old(before);
        return std::move(made_);
    }

private:
    /// From here on it is there.
    void finish() {
        auto& m = made_.what;
        bytes::make_folder(to_.folder / "backups");
        const auto settings = file_of(to_.folder, m.number, ".settings.json");
        bytes::write_file(settings, from_.settings);
        files_.push_back(look_at(settings, fs::relative(settings, to_.folder).string()));
        bytes::write_file(file_of(to_.folder, m.number, ".files"), to_lines(files_));
        for (const auto& f : files_) m.bytes += f.bytes;
        bytes::write_file(file_of(to_.folder, m.number, ".json"), to_text(m));
    }

    /// What was written of one that did not come about: a disk that is full needs the room.
    void tidy_up(const std::vector<events::rocks::backup_numbers>& whole) noexcept {
        try {
            remove_own(made_.what.number);
            events::rocks::keep_only(to_.folder, whole);
        } catch (const std::exception&) {
            // The next one does.
        }
    }

    void remove_own(std::uint64_t number) const {
        fs::remove(file_of(to_.folder, number, ".json"));  // from here on it is not there
        fs::remove(file_of(to_.folder, number, ".files"));
        fs::remove(file_of(to_.folder, number, ".settings.json"));
        fs::remove(to_.folder / "identity" / (name_of(number) + ".db"));
        fs::remove_all(to_.folder / "kept" / name_of(number));
    }

    void check_room() const {
        if (fs::space(to_.folder).available >= room_left) return;
        throw failure(to_.folder.string() + " 所在磁盘剩余不足 512 MiB：备份已停止，之前的备份不受影响。请腾出空间，或把 backup_folder 设到另一块磁盘",
                      "less than 512 MiB are free on the disk of " + to_.folder.string() + ": the backup was stopped, those before are whole. Make room, or set backup_folder to another disk");
    }

    void tell(std::string_view part, std::uint64_t done) const {
        if (at_.progress) at_.progress(part, done);
    }

    void take_databases() {
        auto& m = made_.what;
        tell("log", 0);
        check_room();
        std::stop_source stop;
        const std::stop_callback forwards(at_.stop, [&] { stop.request_stop(); });
        const auto watch = [&](std::uint64_t n) {
            tell("log", n);
            std::error_code unknown;
            if (const auto space = fs::space(to_.folder, unknown); !unknown && space.available < room_left) stop.request_stop();
        };
        const auto taken = [&] {
            try {
                return from_.log.back_up(to_.folder, {at_.bytes_per_second, watch, stop.get_token()});
            } catch (const std::runtime_error&) {
                go_on_or_throw(at_);
                check_room();
                throw;
            }
        }();
        go_on_or_throw(at_);
        m.databases = taken.numbers;
        m.position = taken.at;
        m.bytes = taken.bytes;
        while (!from_.log.wait_indexed(m.position, std::chrono::milliseconds(200))) go_on_or_throw(at_);
        const auto root = from_.log.root(m.position.value);
        m.root = bytes::to_base64({reinterpret_cast<const char*>(root.data()), root.size()});
        m.checkpoint = events::proof::sign_checkpoint(m.position.value, root, from_.signer);
        events::decoder read;
        from_.log.read_one(m.position, [&](events::position, std::string_view stored) {
            if (const auto about = read.decode_envelope(stored)) m.time = about->time;
            return false;
        });
    }

    void take_accounts() {
        tell("accounts", 0);
        const auto file = to_.folder / "identity" / (name_of(made_.what.number) + ".db");
        bytes::make_folder(file.parent_path());
        from_.accounts.copy_to(file);
        files_.push_back(look_at(file, fs::relative(file, to_.folder).string()));
        bytes::sync_folder_of(file);
    }

    void take_kept() {
        for (const auto& name : files_beneath(from_.data / "kept")) {
            if (name == history_file) continue;  // what is restored gets a name of its own
            if (name.string().starts_with(moments_prefix)) continue;  // they are made again
            const auto place = fs::path("kept") / name_of(made_.what.number) / name;
            auto about = copy_file(from_.data / "kept" / name, to_.folder / place, place.string(), at_);
            if (name != snapshot_file) files_.push_back(std::move(about));  // it is a help, and goes with the next backup
        }
    }

    void take_blobs() {
        std::uint64_t done = 0;
        for (const auto& name : files_beneath(from_.data / "blobs")) {
            const auto sub = name.begin()->string();
            if (!is_hex(sub, 2)) continue;
            const auto place = fs::path("blobs") / name;
            const bool is_type = name.extension() == type_suffix;
            const auto sha256 = sub + (is_type ? name.stem() : name.filename()).string();
            if (!is_hex(sha256, 64)) continue;
            if (is_type) {
                files_.push_back(copy_file(from_.data / place, to_.folder / place, place.string(), at_));
                continue;
            }
            check_room();
            if (!take_blob(place, sha256)) continue;
            tell("blobs", done += files_.back().bytes);
            ++made_.what.blobs;
        }
    }

    bool take_blob(const fs::path& place, const std::string& sha256) {
        const auto there = to_.folder / place;
        std::error_code gone;
        const auto size = fs::file_size(from_.data / place, gone);
        if (gone) return false;  // swept meanwhile: nothing carried it
        auto about = fs::exists(there) && fs::file_size(there) == size ? listed_file{sha256, size, place.string()}
                                                                       : copy_file(from_.data / place, there, place.string(), at_);
        if (about.sha256 != sha256) {
            fs::remove(there);
            made_.damaged.push_back(sha256);
            return false;
        }
        files_.push_back(std::move(about));
        return true;
    }

    /// Keys are few and small; those of people who were erased are destroyed here, too.
    void take_keys() {
        tell("keys", 0);
        const auto place = keys_of(to_.folder, made_.what);
        bytes::make_folder(place);
        for (const auto& name : files_beneath(from_.data / "keys")) {
            if (*name.begin() == elections) continue;
            const auto content = bytes::read_file(from_.data / "keys" / name, key_bytes_max);
            if (!content) continue;
            if (bytes::read_file(place / name, key_bytes_max) != content) {
                bytes::make_folder((place / name).parent_path());
                bytes::write_file(place / name, *content);
            }
            if (const auto owner = owner_of_key(name)) made_.what.people.push_back(*owner);
            else files_.push_back(look_at(place / name, std::string(beside_keys) + name.string()));
        }
        auto destroyed = destroyed_in(place);
        for (const auto& name : files_beneath(place)) {
            const auto owner = owner_of_key(name);
            if (!owner || !is_erased(from_.log, *owner)) continue;
            // Noted first: a key that is gone and not noted would be a loss.
            destroyed.push_back(*owner);
            write_destroyed(place, destroyed);
            bytes::shred_file(place / name);
            made_.keys_destroyed.push_back(*owner);
        }
    }

    void forget_old(const std::vector<manifest>& before) {
        // The snapshot of one backup is enough: it only makes a start quicker.
        for (const auto& m : before) fs::remove(to_.folder / "kept" / name_of(m.number) / snapshot_file);
        if (to_.keep == 0 || before.size() < to_.keep) return;
        const auto gone = before.size() + 1 - to_.keep;
        std::vector<events::rocks::backup_numbers> stay{made_.what.databases};
        std::set<std::string> blobs;
        for (const auto& f : files_) blobs.insert(f.path);
        for (std::size_t i = 0; i < before.size(); ++i) {
            if (i >= gone) {
                stay.push_back(before[i].databases);
                for (const auto& f : read_files(to_.folder, before[i].number)) blobs.insert(f.path);
                continue;
            }
            remove_own(before[i].number);
        }
        for (const auto& name : files_beneath(to_.folder / "blobs"))
            if (!blobs.contains((fs::path("blobs") / name).string())) fs::remove(to_.folder / "blobs" / name);
        events::rocks::keep_only(to_.folder, stay);
    }

    const source& from_;
    const target& to_;
    const pace& at_;
    created made_;
    std::vector<listed_file> files_;
};

}  // namespace

void check_owner(const fs::path& folder, const std::string& verifier) {
    const auto owner = owner_of(folder);
    if (owner == verifier) return;
    if (!owner.empty())
        throw failure(folder.string() + " 中是另一套 opsroom 的备份：请换一个目录", folder.string() + " holds backups of another opsroom: name another folder");
    // Nothing of anybody's is mixed up with a backup: what is new is empty, but for what a first one left that was cut off.
    const auto begun = folder / "log";
    if (fs::exists(folder) && !fs::is_empty(folder) && !fs::exists(begun) && !fs::exists(folder / "lock"))
        throw failure(folder.string() + " 不为空，也不是备份目录：请换一个目录", folder.string() + " is not empty, and no folder of backups: name another one");
}

created create(const source& from, const target& to, const pace& at, events::instant now) {
    const auto verifier = from.signer.verifier().text();
    check_owner(to.folder, verifier);
    bytes::make_folder(to.folder);
    const writing alone(to.folder);
    if (owner_of(to.folder).empty()) write_owner(to.folder, verifier);
    return creating(from, to, at).run(now);
}

}  // namespace server::backup
