#include "server/backup/verify.hpp"

#include "events/bytes/base64.hpp"
#include "events/bytes/durable_file.hpp"
#include "events/codec/codec.hpp"
#include "events/keys/file_keyring.hpp"
#include "events/proof/checkpoint.hpp"
#include "events/proof/running_root.hpp"
#include "server/blobs/stored.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <set>

namespace server::backup {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t faults_max = 20;
constexpr std::size_t note_bytes_max = 64u << 10;
constexpr std::uint64_t events_a_report = 1u << 15;
constexpr std::string_view checkpoint_prefix = "checkpoint-";

std::string base64(const events::proof::hash& h) { return events::bytes::to_base64({reinterpret_cast<const char*>(h.data()), h.size()}); }

class verifying {
public:
    verifying(const fs::path& folder, const manifest& m, std::span<const events::known_root> known, const pace& at)
        : folder_(folder), m_(m), known_(known.begin(), known.end()), at_(at) {
        std::stable_sort(known_.begin(), known_.end(), [](const auto& a, const auto& b) { return a.size < b.size; });
        result_.number = m.number;
        erased_ = erased_files_in(keys_of(folder, m));
    }

    verified run() {
        attempt([&] { events::rocks::check_files(folder_, m_.databases); });
        attempt([&] { look_at_files(); });
        attempt([&] { look_at_keys(); });
        attempt([&] { read_events(); });
        return std::move(result_);
    }

private:
    template <class F>
    void attempt(F&& part) {
        try {
            part();
        } catch (const failure& e) {
            wrong(e);
        } catch (const std::exception& e) {
            wrong({std::string("无法读取：") + e.what(), std::string("can't be read: ") + e.what()});
        }
    }
    void wrong(failure what) {
        if (result_.wrong.size() < faults_max) result_.wrong.push_back(std::move(what));
    }

    void look_at_files() {
        for (const auto& f : read_files(folder_, m_.number)) {
            go_on_or_throw(at_);
            attempt([&] { look_at_file(f); });
            ++result_.files;
        }
    }

    void look_at_file(const listed_file& f) {
        const auto sha256 = attachment_in(f);
        if (sha256 && erased_.contains(*sha256)) return;
        const bool key = f.path.starts_with(beside_keys);
        const auto file = key ? keys_of(folder_, m_) / f.path.substr(beside_keys.size()) : folder_ / f.path;
        const auto is = look_at(file, f.path);
        const auto file_keys = keys_of(folder_, m_) / file_keys_folder;
        if (sha256 && fs::exists(file_keys) && blobs::is_sealed(file) && !blobs::has_keys(file, *sha256, file_keys)) {
            const auto name = blobs::keys_file(file_keys, *sha256).string();
            wrong({"附件密钥 " + name + " 缺失或已损坏", "the keys of an attachment, " + name + ", are gone or damaged"});
        }
        if (is.sha256 == f.sha256) return;
        // One that lay in the clear then is sealed now, and is what it was.
        if (sha256 && blobs::look_at_content(file, *sha256, file_keys, people()) == blobs::lies::whole) return;
        wrong({f.path + " 的内容与备份时不同", f.path + " is not what was backed up"});
    }

    /// Null where there are no keys: a keyring would make some anew.
    const events::keyring* people() {
        const auto folder = keys_of(folder_, m_) / "people";
        if (!people_ && fs::exists(folder / "digests.key")) people_ = std::make_unique<events::file_keyring>(folder);
        return people_.get();
    }

    void look_at_keys() {
        const auto people = keys_of(folder_, m_) / "people";
        if (!fs::exists(people)) {
            if (!m_.people.empty()) wrong({"密钥不在 " + people.string() + "：没有它们，个人内容将无法读取", "no keys are in " + people.string() + ": without them what people wrote can't be read"});
            return;
        }
        if (!fs::exists(people / "digests.key")) return;  // said with the files; a keyring would make it anew
        const events::file_keyring keys(people, [this](events::member_id, const std::string& file, const std::string& why) {
            wrong({"密钥文件 " + file + " 已损坏：" + why, "the key file " + file + " is damaged: " + why});
        });
        const auto destroyed = destroyed_in(keys_of(folder_, m_));
        for (const auto who : m_.people) {
            attempt([&] {
                if (keys.has(who) || std::find(destroyed.begin(), destroyed.end(), who) != destroyed.end()) return;
                const auto number = std::to_string(who.value);
                wrong({"成员 " + number + " 的密钥不在 " + people.string(), "the key of member " + number + " is not in " + people.string()});
            });
        }
    }

    void check_known(std::uint64_t size, const events::proof::running_root& root) {
        for (; next_ < known_.size() && known_[next_].size == size; ++next_)
            if (known_[next_].root != root.root())
                wrong({"与检查点 " + known_[next_].source + " 不符：位置 " + std::to_string(size) + " 或之前的事件被改写过",
                       "differs from the checkpoint " + known_[next_].source + ": the log was rewritten at position " + std::to_string(size) + " or before"});
    }

    void read_events() {
        const events::rocks::backed_up_log log(folder_, m_.databases.log);
        events::proof::running_root root;
        events::decoder read;
        std::uint64_t expected = 1;
        check_known(0, root);
        log.read({1}, m_.position, [&](events::position p, std::string_view stored) {
            const auto about = read.decode_envelope(stored);
            if (p.value != expected || !about || about->position != p) {
                wrong({"位置 " + std::to_string(expected) + " 的事件缺失或有误", "the event at position " + std::to_string(expected) + " is missing or wrong"});
                return false;
            }
            root.add(events::proof::leaf_hash(stored));
            check_known(expected, root);
            if (expected % events_a_report == 0) {
                go_on_or_throw(at_);
                if (at_.progress) at_.progress("events", expected);
            }
            result_.events = expected++;
            return true;
        });
        if (result_.events == m_.position.value && base64(root.root()) == m_.root) return;
        wrong({"事件与清单不符：应到位置 " + std::to_string(m_.position.value) + "，根为 " + m_.root,
               "the events are not those of the manifest: they should go to position " + std::to_string(m_.position.value) + " with the root " + m_.root});
    }

    const fs::path& folder_;
    const manifest& m_;
    std::vector<events::known_root> known_;
    std::size_t next_ = 0;
    const pace& at_;
    std::set<std::string> erased_;
    std::unique_ptr<events::file_keyring> people_;
    verified result_;
};

}  // namespace

verified verify(const fs::path& folder, const manifest& which, std::span<const events::known_root> known, const pace& at) {
    return verifying(folder, which, known, at).run();
}

events::proof::note_verifier verifier_of(const fs::path& folder) {
    auto by = events::proof::note_verifier::parse(owner_of(folder));
    if (!by) throw failure(folder.string() + " 没有可用的公钥", folder.string() + " has no usable public key");
    return *by;
}

events::known_root read_checkpoint(const fs::path& file, const events::proof::note_verifier& by) {
    const auto note = events::bytes::read_file(file, note_bytes_max);
    if (!note) throw failure(file.string() + " 不存在", file.string() + " is not there");
    const auto c = events::proof::verify_checkpoint(*note, by);
    if (!c) throw failure(file.string() + "：" + c.error().message(), file.string() + ": " + c.error().message());
    return {c->size, c->root, file.string()};
}

std::vector<events::known_root> known_roots(const fs::path& folder, const manifest& which) {
    const auto by = verifier_of(folder);
    std::vector<events::known_root> roots;
    const auto own = events::proof::verify_checkpoint(which.checkpoint, by);
    if (!own || own->size != which.position.value || base64(own->root) != which.root)
        throw failure("备份 " + std::to_string(which.number) + " 的清单没有有效签名：被改动过", "the manifest of backup " + std::to_string(which.number) + " has no good signature: it was altered");
    roots.push_back({own->size, own->root, "backup " + std::to_string(which.number)});
    const auto kept = folder / "kept" / name_of(which.number);
    if (!fs::exists(kept)) return roots;
    for (const auto& entry : fs::directory_iterator(kept)) {
        if (!entry.path().filename().string().starts_with(checkpoint_prefix)) continue;
        // A kept file ends with a hash of itself, which is none of the note.
        auto note = events::bytes::read_file(entry.path(), note_bytes_max).value_or("");
        if (note.size() > sizeof(events::proof::hash)) note.resize(note.size() - sizeof(events::proof::hash));
        if (const auto c = events::proof::verify_checkpoint(note, by); c && c->size <= which.position.value)
            roots.push_back({c->size, c->root, entry.path().filename().string()});
    }
    return roots;
}

}  // namespace server::backup
