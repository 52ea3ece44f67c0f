#include "server/backup/restore.hpp"

#include "events/bytes/durable_file.hpp"
#include "events/catalog/election.hpp"
#include "events/codec/codec.hpp"
#include "events/keys/file_keyring.hpp"
#include "events/proof/checkpoint.hpp"
#include "events/proof/running_root.hpp"
#include "events/rocksdb/rocksdb_log.hpp"
#include "server/blobs/stored.hpp"
#include "server/engine/history.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

namespace server::backup {
namespace {

namespace fs = std::filesystem;
namespace bytes = events::bytes;

constexpr std::string_view mark = ".opsroom-restore";
constexpr std::string_view checkpoint_prefix = "checkpoint-";
constexpr std::size_t note_bytes_max = 64u << 10;

/// The last position that is not dated later. Looked for from the end: times go back where a wrong clock was set right, and
/// what that had dated happened before everything after it.
events::position last_until(const events::rocks::backed_up_log& log, events::instant t, events::position head) {
    constexpr std::uint64_t at_once = 4'096;
    events::decoder read;
    for (auto until = head.value; until > 0; until -= std::min(until, at_once)) {
        events::position found{};
        log.read({until - std::min(until, at_once) + 1}, {until}, [&](events::position p, std::string_view stored) {
            if (const auto about = read.decode_envelope(stored); about && about->time <= t) found = p;
            return true;
        });
        if (found) return found;
    }
    return {};
}

/// Which backup, up to where, and whose index.
struct choice {
    manifest from;
    events::position at;
    std::uint32_t index = 0;
};

choice choose(const wanted& what) {
    const auto all = read_all(what.folder);
    if (all.empty()) throw failure(what.folder.string() + " 中没有完成的备份", "there is no finished backup in " + what.folder.string());
    const auto named = std::find_if(all.begin(), all.end(), [&](const auto& m) { return what.number == m.number; });
    if (what.number && named == all.end())
        throw failure("没有编号为 " + std::to_string(*what.number) + " 的备份：见 backup list", "there is no backup " + std::to_string(*what.number) + ": see backup list");
    const auto& newest = what.number ? *named : all.back();
    // Of another history the same position is something else.
    const auto suits = [&](const manifest& m) {
        if (m.history != newest.history || m.number > newest.number) return false;
        if (what.position) return m.position >= *what.position;
        return what.time ? m.time > *what.time : false;
    };
    auto chosen = newest;
    // The first of those that go beyond it, up to the newest. One that is dated later than one after it ends with what a wrong clock
    // had dated, and says nothing of how far it goes.
    auto latest = newest.time;
    if (!what.number)
        for (auto m = all.rbegin(); m != all.rend(); ++m) {
            if (m->history != newest.history || m->time > latest) continue;
            if (!suits(*m)) break;
            chosen = *m;
            latest = m->time;
        }
    choice c{chosen, chosen.position};
    if (what.position) c.at = *what.position;
    if (what.time) c.at = last_until(events::rocks::backed_up_log(what.folder, chosen.databases.log), *what.time, chosen.position);
    if (c.at > chosen.position || c.at.value == 0)
        throw failure("备份只到位置 " + std::to_string(chosen.position.value) + "：请给 1 至它之间的位置，或更晚的时间",
                      "the backup goes to position " + std::to_string(chosen.position.value) + ": name one from 1 to there, or a later time");
    for (const auto& m : all)
        if (m.history == chosen.history && m.number <= chosen.number && m.position <= c.at) c.index = m.databases.index;
    return c;
}

class restoring {
public:
    restoring(const wanted& what, pace at) : what_(what), at_(std::move(at)), into_(fs::absolute(what.data).lexically_normal()) {
        if (!into_.has_filename()) into_ = into_.parent_path();
        at_.syncs = false;
        beside_ = into_;
        beside_ += ".restoring";
    }

    restored run() {
        prepare();
        try {
            make();
        } catch (...) {
            std::error_code ignored;
            fs::remove_all(beside_, ignored);
            throw;
        }
        sync_all(beside_);  // many small files, each by itself, would take longer than all of the log
        if (fs::exists(into_)) fs::remove(into_);
        fs::remove(beside_ / mark);
        fs::rename(beside_, into_);
        bytes::sync_folder_of(into_);
        return std::move(made_);
    }

private:
    void tell(std::string_view part, std::uint64_t done = 0) const {
        if (at_.progress) at_.progress(part, done);
    }

    void prepare() {
        if (fs::exists(into_) && (!fs::is_directory(into_) || !fs::is_empty(into_)))
            throw failure(into_.string() + " 不为空：恢复只写入新目录，请另指定一个", into_.string() + " is not empty: a restore goes into a new folder, name another one");
        if (fs::exists(beside_) && !fs::exists(beside_ / mark)) throw failure(beside_.string() + " 已存在：请先移走", beside_.string() + " is in the way: move it elsewhere");
        chosen_ = choose(what_);
        made_.from = chosen_.from;
        keys_ = what_.keys.empty() ? keys_of(what_.folder, chosen_.from) : what_.keys;
        if (!what_.without_keys && !fs::exists(keys_ / "people"))
            throw failure("密钥不在 " + keys_.string() + "：用 --keys 指明所在目录；或用 --without-keys 恢复，届时所有个人内容与附件都无法读取",
                          "no keys are in " + keys_.string() + ": say where they are with --keys, or restore --without-keys; nothing personal and no attachment can be read then");
        erased_files_ = erased_files_in(keys_);
        fs::remove_all(beside_);  // left over from a run that was cut off
        bytes::make_folder(beside_);
        bytes::write_file(beside_ / mark, "");
    }

    void make() {
        tell("log");
        events::rocks::restore_files(what_.folder, {chosen_.from.databases.log, chosen_.index}, beside_);
        made_.index_was_made = chosen_.index == 0;
        if (chosen_.at < chosen_.from.position) events::rocks::cut_log(beside_, chosen_.at);
        go_on_or_throw(at_);
        copy_kept();
        auto opened = events::rocksdb_log::open(beside_);
        if (!opened) throw failure(opened.error().message(events::language::zh), opened.error().message(events::language::en));
        auto& log = **opened;
        if (log.head() != chosen_.at)
            throw failure("恢复出的日志止于 " + std::to_string(log.head().value), "the restored log ends at " + std::to_string(log.head().value));
        prove(log);
        made_.at = log.head();
        log.read_one(made_.at, [&](events::position, std::string_view stored) {
            if (const auto about = events::decoder().decode_envelope(stored)) made_.time = about->time;
            return false;
        });
        copy_accounts_and_blobs();
        if (!what_.without_keys) copy_keys(log.highest(events::category::member));
        find_uncountable(log);
        made_.history = engine::begin_history(log);
    }

    /// Checkpoints that are not beyond the end; the snapshot, where it may be of use.
    void copy_kept() {
        const auto kept = what_.folder / "kept" / name_of(chosen_.from.number);
        if (!fs::exists(kept)) return;
        for (const auto& entry : fs::directory_iterator(kept)) {
            const auto name = entry.path().filename().string();
            if (name == snapshot_file && chosen_.at < chosen_.from.position) continue;
            if (name.starts_with(checkpoint_prefix)) {
                const auto note = bytes::read_file(entry.path(), note_bytes_max).value_or("");
                if (size_in(note) > chosen_.at.value) continue;
            }
            copy_file(entry.path(), beside_ / "kept" / name, name, at_);
        }
    }

    static std::uint64_t size_in(const std::string& note) {
        const auto c = events::proof::parse_checkpoint(note.substr(0, note.find("\n\n") + 1));
        return c ? c->size : UINT64_MAX;
    }

    /// Every checkpoint that reaches no further has to hold; and the end itself follows from what the manifest says.
    void prove(const events::log& log) {
        tell("proof");
        std::vector<events::known_root> known;
        const auto take = [&](events::known_root r) {
            if (r.size > chosen_.at.value) return false;
            made_.held.push_back(r.source);
            known.push_back(std::move(r));
            return true;
        };
        for (auto& r : known_roots(what_.folder, chosen_.from)) take(std::move(r));
        const auto by = verifier_of(what_.folder);
        for (const auto& file : what_.checkpoints)
            if (!take(read_checkpoint(file, by))) made_.beyond.push_back(file.string());
        while (!log.wait_indexed(log.head(), std::chrono::seconds(1))) {}
        for (const auto& r : known)
            if (r.size > 0 && log.root(r.size) != r.root) differs(r.source);
        if (what_.quick) return;
        if (chosen_.at < chosen_.from.position) known.push_back({chosen_.at.value, root_of_prefix(), "backup " + std::to_string(chosen_.from.number)});
        const auto result = events::verify(log, known, [&](events::position done, events::position) { tell("proof", done.value); });
        if (result.fault) throw failure(result.fault->message(events::language::zh), result.fault->message(events::language::en));
    }

    [[noreturn]] static void differs(const std::string& source) {
        throw failure("与检查点 " + source + " 不符：备份的日志被改写过，未恢复", "differs from the checkpoint " + source + ": the log of the backup was rewritten, and was not restored");
    }

    /// Of the events up to where it is cut off, in a log whose whole root is the manifest's.
    events::proof::hash root_of_prefix() const {
        events::proof::running_root root;
        events::proof::hash prefix{};
        std::uint64_t count = 0;
        events::rocks::backed_up_log(what_.folder, chosen_.from.databases.log).read({1}, chosen_.from.position, [&](events::position p, std::string_view stored) {
            root.add(events::proof::leaf_hash(stored));
            ++count;
            if (p == chosen_.at) prefix = root.root();
            return true;
        });
        const auto own = events::proof::verify_checkpoint(chosen_.from.checkpoint, verifier_of(what_.folder));
        if (!own || own->size != count || own->root != root.root()) differs("backup " + std::to_string(chosen_.from.number));
        return prefix;
    }

    void copy_accounts_and_blobs() {
        tell("files");
        for (const auto& f : read_files(what_.folder, chosen_.from.number)) {
            const fs::path path(f.path);
            const auto part = path.begin()->string();
            const auto to = part == "identity" ? beside_ / "identity.db" : part == "blobs" ? beside_ / path : fs::path();
            if (to.empty() || is_erased(path)) continue;
            if (copy_file(what_.folder / path, to, f.path, at_).sha256 != f.sha256 && !is_sealed_since(f))
                throw failure(f.path + " 的内容与备份时不同：未恢复", f.path + " is not what was backed up: nothing was restored");
        }
    }

    /// An attachment, or what is beside it, that was destroyed among the backups with the key of whoever it was of.
    bool is_erased(const fs::path& path) const {
        const auto sha256 = blobs::content_of(path.lexically_relative("blobs"));
        return sha256 && erased_files_.contains(*sha256);
    }

    /// It lay in the clear when it was backed up, and a later backup brought it here sealed. Without keys nobody can say more.
    bool is_sealed_since(const listed_file& f) const {
        const auto sha256 = attachment_in(f);
        const auto file = what_.folder / f.path;
        if (!sha256 || !blobs::is_sealed(file)) return false;
        if (what_.without_keys) return true;
        const bool has_people = fs::exists(keys_ / "people" / "digests.key");
        const auto people = has_people ? std::make_unique<events::file_keyring>(keys_ / "people") : nullptr;
        return blobs::look_at_content(file, *sha256, keys_ / file_keys_folder, people.get()) == blobs::lies::whole;
    }

    /// Whoever joined later is not in this log, and a newcomer with their number must not get their key.
    void copy_keys(std::uint64_t highest) {
        tell("keys");
        for (const auto& entry : fs::recursive_directory_iterator(keys_)) {
            if (!entry.is_regular_file() || entry.path().extension() == ".new") continue;
            const auto path = fs::relative(entry.path(), keys_);
            if (path == destroyed_file || path == erased_files_file) continue;
            if (*path.begin() == "people") {
                const auto stem = path.stem().string();
                const bool is_person = !stem.empty() && stem.find_first_not_of("0123456789") == stem.npos;
                if (is_person && std::stoull(stem) > highest) continue;
                made_.people += is_person;
            }
            copy_file(entry.path(), beside_ / "keys" / path, path.string(), at_);
        }
    }

    void find_uncountable(const events::log& log) {
        events::decoder read;
        for (std::uint64_t n = 1; n <= log.highest(events::category::election); ++n) {
            bool over = false;
            const auto stream = stream_of(events::election_id{n});
            log.read_stream(stream, log.version_of(stream), events::direction::backwards, [&](events::position, std::string_view stored) {
                const auto event = read.decode(stored);
                const auto* about = event ? events::get_if<events::election::any>(&event->event) : nullptr;
                over = about && (std::holds_alternative<events::election::counted>(*about) || std::holds_alternative<events::election::cancelled>(*about));
                return !over;
            });
            if (!over) made_.uncountable.push_back({n});
        }
    }

    const wanted& what_;
    pace at_;
    fs::path into_, beside_, keys_;
    choice chosen_;
    std::set<std::string> erased_files_;
    restored made_;
};

}  // namespace

void refuse_half_restored(const fs::path& data) {
    if (!fs::exists(data / mark)) return;
    throw events::cannot_go_on(events::ending::failed, {data.string() + " 是一次中断的恢复留下的，未经验证：请重新运行 opsroomd restore",
                                                        data.string() + " is what a restore that was cut off has left, and is not proven: run opsroomd restore again"});
}

restored restore(const wanted& what, const pace& at) { return restoring(what, at).run(); }

}  // namespace server::backup
