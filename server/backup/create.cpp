#include "server/backup/create.hpp"

#include "events/bytes/base64.hpp"
#include "events/bytes/durable_file.hpp"
#include "events/catalog/member.hpp"
#include "events/codec/codec.hpp"
#include "events/proof/checkpoint.hpp"
#include "events/rocksdb/rocksdb_log.hpp"
#include "server/blobs/stored.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <span>

namespace server::backup {
namespace {

namespace fs = std::filesystem;
namespace bytes = events::bytes;

constexpr std::size_t key_bytes_max = 1u << 20;
constexpr std::uintmax_t room_left = 512u << 20;  ///< bytes that a backup leaves free: the server may live on the same disk
constexpr std::string_view elections = "elections";
constexpr std::string_view unfinished = ".new";
constexpr std::string_view type_suffix = ".type";
constexpr std::string_view incoming = "incoming";
constexpr std::string_view moments_prefix = "past";
constexpr std::string_view history_file = "history";

/// Every file beneath `folder`, relative to it, sorted.
std::vector<fs::path> files_beneath(const fs::path& folder) {
    std::vector<fs::path> all;
    if (!fs::exists(folder)) return all;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && entry.path().extension() != unfinished) all.push_back(fs::relative(entry.path(), folder));
    std::sort(all.begin(), all.end());
    return all;
}

fs::path place_of(const fs::path& folder, const std::string& sha256) { return folder / "blobs" / sha256.substr(0, 2) / sha256.substr(2); }

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
        const auto* about = event ? events::get_if<events::member::any>(&event->event) : nullptr;
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
        if (!before.empty()) know(before.back().number);
        try {
            take_databases();
            take_accounts();
            take_kept();
            take_blobs();
            take_keys();
            take_file_keys();
            destroy_erased();
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

    /// What needs no second look. Where the list is damaged everything is copied.
    void know(std::uint64_t number) {
        try {
            for (auto& f : read_files(to_.folder, number)) known_.emplace(f.path, f);
        } catch (const failure&) {
            known_.clear();
        }
    }

    void take_blobs() {
        std::uint64_t done = 0;
        for (const auto& name : files_beneath(from_.data / "blobs")) {
            const auto sha256 = blobs::content_of(name);
            const bool is_type = name.extension() == type_suffix;
            if (!sha256 || (name.has_extension() && !is_type)) continue;
            const auto place = fs::path("blobs") / name;
            if (is_type) {
                files_.push_back(copy_file(from_.data / place, to_.folder / place, place.string(), at_));
                continue;
            }
            check_room();
            if (!take_blob(place, *sha256)) continue;
            tell("blobs", done += files_.back().bytes);
            ++made_.what.blobs;
        }
    }

    bool take_blob(const fs::path& place, const std::string& sha256) {
        const auto here = from_.data / place, there = to_.folder / place;
        if (!fs::exists(here)) return false;  // swept meanwhile: nothing carried it
        if (const auto known = known_.find(place.string()); known != known_.end() && blobs::are_alike(here, there) && fs::file_size(there) == known->second.bytes) {
            files_.push_back(known->second);
            return true;
        }
        // Twice, as one in the clear may be sealed just now, and what is read be overwritten.
        for (int tries = 0; tries < 2; ++tries) {
            if (!is_good(here, sha256)) continue;
            auto about = copy_over(here, there, place.string(), at_);
            if (!blobs::is_sealed(there) && about.sha256 != sha256) continue;
            files_.push_back(std::move(about));
            return true;
        }
        made_.damaged.push_back(sha256);
        return false;
    }

    /// It is what it was, or can't be found out: its person was erased, or their key is lost.
    bool is_good(const fs::path& content, const std::string& sha256) const {
        const auto is = blobs::look_at_content(content, sha256, from_.data / "keys" / file_keys_folder, from_.people);
        return is == blobs::lies::whole || is == blobs::lies::locked;
    }

    /// Keys are few and small; those of people who were erased are destroyed here, too.
    void take_keys() {
        tell("keys", 0);
        const auto place = keys_of(to_.folder, made_.what);
        bytes::make_folder(place);
        for (const auto& name : files_beneath(from_.data / "keys")) {
            if (*name.begin() == elections || *name.begin() == file_keys_folder) continue;
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

    /// As they are now, for all backups here: an attachment that only people's forms carry by now is read by their keys alone, in
    /// whichever backup it is.
    void take_file_keys() {
        const auto from = from_.data / "keys" / file_keys_folder, place = keys_of(to_.folder, made_.what) / file_keys_folder;
        for (const auto& name : files_beneath(from)) {
            if (*name.begin() == incoming) continue;
            const auto content = bytes::read_file(from / name, key_bytes_max);
            if (!content || bytes::read_file(place / name, key_bytes_max) == content) continue;
            bytes::make_folder((place / name).parent_path());
            bytes::replace_file(place / name, *content);
        }
        // What was swept since it was copied was nobody's.
        std::erase_if(files_, [&](const listed_file& f) {
            const fs::path path(f.path);
            const bool gone = *path.begin() == "blobs" && !fs::exists(from_.data / path);
            if (gone && attachment_in(f)) --made_.what.blobs;
            return gone;
        });
    }

    /// Attachments of people who were erased, as an earlier backup may have them: in the clear, or with a key that is nobody's.
    void destroy_erased() {
        const auto keys = keys_of(to_.folder, made_.what);
        const auto before = erased_files_in(keys);
        auto noted = before;
        std::erase_if(noted, [&](const std::string& sha256) { return fs::exists(place_of(from_.data, sha256)); });  // it was sent again
        std::set<std::string> gone;
        const auto look = [&](const fs::path& folder, const fs::path& here) {
            for (const auto& name : files_beneath(folder)) {
                const auto sha256 = blobs::content_of(name);
                if (sha256 && from_.erased && !noted.contains(*sha256) && !fs::exists(here / name) && from_.erased(*sha256)) gone.insert(*sha256);
            }
        };
        look(keys / file_keys_folder, from_.data / "keys" / file_keys_folder);
        look(to_.folder / "blobs", from_.data / "blobs");
        // Noted first: what is gone and not noted would be a loss.
        noted.insert(gone.begin(), gone.end());
        if (noted != before) write_erased_files(keys, noted);
        for (const auto& sha256 : gone) {
            bytes::shred_file(blobs::keys_file(keys / file_keys_folder, sha256));
            bytes::shred_file(place_of(to_.folder, sha256));
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
        forget_file_keys();
        events::rocks::keep_only(to_.folder, stay);
    }

    /// Keys of what no backup here has any more.
    void forget_file_keys() const {
        const auto place = keys_of(to_.folder, made_.what) / file_keys_folder;
        for (const auto& name : files_beneath(place)) {
            const auto content = name.parent_path() / name.stem();
            if (!fs::exists(to_.folder / "blobs" / content) && !fs::exists(from_.data / "blobs" / content)) bytes::shred_file(place / name);
        }
    }

    const source& from_;
    const target& to_;
    const pace& at_;
    created made_;
    std::map<std::string, listed_file> known_;  ///< of the backup before, by path
    std::vector<listed_file> files_;
};

/// Names beneath a folder that belong to what is kept in it, and are tidied up with it.
constexpr std::string_view of_backups[] = {"backups", "blobs", "identity", "index", "keys", "kept", "lock", "log"};
constexpr std::string_view of_data[] = {"acknowledged", "blobs", "identity.db", "index", "keys", "kept", "lock", "log", "log.new", "reserve", "search"};

/// Where something would lie within what others keep: whatever is not theirs there goes when they tidy up. `own`: a folder of backups whose own part it
/// may be.
void check_place(const fs::path& place, const fs::path& data, const fs::path& own) {
    const auto real = fs::weakly_canonical(place), real_own = own.empty() ? own : fs::weakly_canonical(own);
    fs::path within;
    for (auto above = real; above.has_relative_path(); above = above.parent_path()) {
        const auto part = within.empty() ? std::string() : within.begin()->string();
        within = within.empty() ? above.filename() : above.filename() / within;
        if (part.empty() || above == real_own) continue;
        const auto is_part = [&](std::span<const std::string_view> names) { return std::find(names.begin(), names.end(), part) != names.end(); };
        std::error_code unknown;
        const bool in_data = fs::equivalent(above, data, unknown) && is_part(of_data);
        const bool in_backups = !in_data && is_part(of_backups) && fs::exists(above / owner_file, unknown);
        if (in_data)
            throw failure(place.string() + " 在数据目录自己的 " + part + " 之内，整理时会被删掉：请换一个目录，最好在另一块磁盘上",
                          place.string() + " lies within the data folder's own " + part + ", and would be removed with what is tidied up there: name another folder, best on another disk");
        if (in_backups)
            throw failure(place.string() + " 在另一个备份目录 " + above.string() + " 自己的 " + part + " 之内，整理时会被删掉：请换一个目录",
                          place.string() + " lies within " + part + " of another folder of backups, " + above.string() + ", and would be removed with what is tidied up there: name another folder");
    }
}

}  // namespace

void check_owner(const fs::path& folder, const std::string& verifier) {
    const auto owner = owner_of(folder);
    if (owner == verifier) return;
    if (!owner.empty())
        throw failure(folder.string() + " 中是另一套 opsroom 的备份，或是本套在签名密钥 keys/checkpoint.key 丢失或更换之前的备份：请找回该密钥（备份的 keys 中有），或换一个目录",
                      folder.string() + " holds backups of another opsroom, or of this one from before its signing key keys/checkpoint.key was lost or changed: bring that key back (it is in "
                      "the backup's keys), or name another folder");
    // Nothing of anybody's is mixed up with a backup: what is new is empty, but for what a first one left that was cut off.
    const auto begun = folder / "log";
    if (fs::exists(folder) && !fs::is_empty(folder) && !fs::exists(begun) && !fs::exists(folder / "lock"))
        throw failure(folder.string() + " 不为空，也不是备份目录：请换一个目录", folder.string() + " is not empty, and no folder of backups: name another one");
}

created create(const source& from, const target& to, const pace& at, events::instant now) {
    const auto verifier = from.signer.verifier().text();
    check_place(to.folder, from.data, {});
    if (!to.keys.empty()) check_place(to.keys, from.data, to.folder);
    check_owner(to.folder, verifier);
    bytes::make_folder(to.folder);
    const writing alone(to.folder);
    if (owner_of(to.folder).empty()) write_owner(to.folder, verifier);
    return creating(from, to, at).run(now);
}

}  // namespace server::backup
