#include "server/http/checkpoints.hpp"

#include <algorithm>
#include <mutex>

namespace server::http {
namespace {

constexpr std::string_view prefix = "checkpoint-";
// Sizes are kept at most this far apart, by powers of two: a log of a billion events has some forty of them.
std::string name_for(std::uint64_t size) {
    unsigned bits = 0;
    while (size >> bits > 1) ++bits;
    return std::string(prefix) + std::to_string(bits);
}

}  // namespace

std::string sign_and_keep(events::log& log, const events::proof::note_signer& signer) {
    static std::mutex one_at_a_time;
    std::lock_guard hold(one_at_a_time);
    const auto size = log.tree_size();
    auto note = events::proof::sign_checkpoint(size, log.root(size), signer);
    log.keep(name_for(size), note);
    return note;
}

kept_checkpoints look_at_checkpoints(const events::log& log, const events::proof::note_verifier& by) {
    using events::proof::note_error;
    kept_checkpoints all;
    for (const auto& name : log.kept_names(prefix)) {
        const auto note = log.kept(name);
        if (!note) continue;  // damaged, which was said
        const auto file = "kept/" + name;
        if (const auto c = events::proof::verify_checkpoint(*note, by)) {
            all.ours.push_back({c->size, c->root, name});
        } else if (const auto says = events::proof::parse_checkpoint(note->substr(0, note->find("\n\n") + 1));
                   c.error() == note_error::not_signed && says && !events::proof::signers_of(*note).empty()) {
            all.others.push_back({file, events::proof::signers_of(*note).front(), *says});
        } else {
            all.damaged.push_back(file + " (" + c.error().message() + ')');
        }
    }
    return all;
}

std::optional<events::bilingual> about_other_keys(const kept_checkpoints& kept, const events::log& log, const events::proof::note_verifier& by) {
    if (kept.others.empty()) return std::nullopt;
    const auto more = [](std::string& list, const std::string& one) { list += (list.empty() ? "" : ", ") + one; };
    std::string files, keys, unfit;
    std::uint64_t last = 0, since = 0;
    for (const auto& o : kept.others) {
        more(files, o.file);
        if (keys.find(o.key) == keys.npos) more(keys, o.key);
        last = std::max(last, o.says.size);
        if (o.says.size > log.tree_size() || log.root(o.says.size) != o.says.root) more(unfit, o.file);
    }
    for (const auto& known : kept.ours)
        if (since == 0 || known.size < since) since = known.size;
    const auto ours = by.short_text();
    events::bilingual said{"检查点的签名密钥已更换或丢失：直到第 " + std::to_string(last) + " 个事件的检查点（" + files + "）由 " + keys + " 签名，现在的 keys/checkpoint.key 是 " + ours,
                           "the key that signs checkpoints was changed or lost: those up to event " + std::to_string(last) + " (" + files + ") are signed with " + keys +
                               ", and keys/checkpoint.key is now " + ours};
    if (since > 0) {
        said.zh += "（自第 " + std::to_string(since) + " 个事件的检查点起）";
        said.en += " (since the checkpoint of " + std::to_string(since) + " events)";
    }
    if (unfit.empty()) {
        said.zh += "。按哈希，日志与它们全都相符，没有被改写。请从备份恢复原来的 keys/checkpoint.key；若已无法找回，或是有意更换：把新的公钥告知验证检查点的人，并移走这些文件";
        said.en += ". By its hashes the log fits all of them: it was not rewritten. Bring that keys/checkpoint.key back from a backup; where it is lost for good, or was changed "
                   "on purpose, give whoever checks checkpoints the new public key, and move those files away";
    } else {
        said.zh += "。按哈希，日志与其中 " + unfit + " 不符：它们属于另一份日志，或更换密钥的人改写了日志；请与备份核对（opsroom backup verify）";
        said.en += ". By its hashes the log does not fit " + unfit + ": they are another log's, or whoever changed the key rewrote it; hold it against a backup (opsroom backup verify)";
    }
    return said;
}

std::vector<std::string> contradictions(const events::log& log, const events::proof::note_verifier& by) {
    const auto kept = look_at_checkpoints(log, by);
    auto all = kept.damaged;
    for (const auto& known : kept.ours) {
        const auto file = "kept/" + known.source;
        if (known.size > log.tree_size()) all.push_back(file + ": of " + std::to_string(known.size) + " events, and the log has " + std::to_string(log.tree_size()));
        else if (log.root(known.size) != known.root) all.push_back(file + ": the first " + std::to_string(known.size) + " events are others now");
    }
    if (auto about = about_other_keys(kept, log, by)) all.push_back(std::move(about->en));
    return all;
}

}  // namespace server::http
