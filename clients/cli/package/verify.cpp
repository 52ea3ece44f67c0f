#include "clients/cli/package/verify.hpp"

#include "clients/cli/client.hpp"
#include "clients/cli/failure.hpp"
#include "clients/cli/proof.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <map>
#include <set>

namespace cli::package {
namespace {

constexpr std::size_t text_bytes_max = 64u << 20;

[[noreturn]] void fails(std::string_view zh, std::string_view en) {
    throw failure(exit_code::conflict, fmt::format("验证失败：{}", zh), fmt::format("it does not verify: {}", en));
}

std::string hash_of(const file& from, const part& p, const std::function<void(std::uint64_t)>& read) {
    sha256_sum sum;
    from.read(p, [&](std::string_view piece) {
        sum.add(piece);
        if (read) read(piece.size());
    });
    return sum.finish();
}

/// One signature and nothing beside it, written in the one way that base64 has.
bool has_one_plain_signature(const std::string& note) {
    const auto blank = note.rfind("\n\n");
    if (blank == note.npos || !note.ends_with('\n')) return false;
    const auto line = note.substr(blank + 2, note.size() - blank - 3);
    const auto space = line.rfind(' ');
    if (line.find('\n') != line.npos || space == line.npos) return false;
    const auto text = line.substr(space + 1);
    if (text.empty() || text.size() % 4 != 0 || text.size() > 1024) return false;
    std::string bytes(text.size() / 4 * 3, '\0'), again(text.size() + 1, '\0');
    if (EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), reinterpret_cast<const unsigned char*>(text.data()),
                        static_cast<int>(text.size())) < 0)
        return false;
    auto size = bytes.size();
    for (auto at = text.rbegin(); at != text.rend() && *at == '='; ++at) --size;
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(again.data()), reinterpret_cast<const unsigned char*>(bytes.data()),
                    static_cast<int>(size));
    again.pop_back();
    return again == text;
}

class verifier {
public:
    verifier(const std::string& path, const std::string& key, const std::function<void(std::uint64_t, std::uint64_t)>& progress)
        : path_(path),
          from_(path),
          key_(key),
          progress_(progress) {
        for (const auto& p : from_.parts()) of_ += p.bytes;
    }

    verified run() {
        seal();
        manifest();
        parts();
        checkpoint();
        events();
        out_.files = static_cast<std::uint64_t>(
            std::count_if(from_.parts().begin(), from_.parts().end(), [](const part& p) { return p.path.starts_with("attachments/"); }));
        return std::move(out_);
    }

private:
    void seal() {
        const auto note = from_.whole(from_.find("seal.txt"), 4'096);
        const auto good = is_signed_by(note, key_);
        if (!good) throw failure(exit_code::invalid, "--key 不是公钥（形如 名称+编号+base64）", "--key is not a key (name+id+base64)");
        if (!*good || !has_one_plain_signature(note)) fails("封条没有此密钥的有效签名", "the seal has no good signature by that key");
        std::vector<std::string> lines;
        for (std::size_t at = 0; at < note.size();) {
            const auto end = std::min(note.find('\n', at), note.size());
            lines.push_back(note.substr(at, end - at));
            at = end + 1;
        }
        if (lines.size() != 5 || lines[0] != "opsroom-sealed-package.v1") fails("封条的内容不符", "the seal does not say what it has to");
        project_ = lines[1];
        manifest_hash_ = lines[2];
    }

    void manifest() {
        const auto& p = from_.find("manifest.json");
        if (hash_of(from_, p, {}) != manifest_hash_) fails("manifest.json 与封条不符", "manifest.json is not what was sealed");
        out_.manifest = parse_json(from_.whole(p, text_bytes_max));
        if (text_at(out_.manifest, "format") != "opsroom-sealed-package.v1" ||
            fmt::format("project/{}", number_at(out_.manifest, "project").value_or(0)) != project_)
            fails("manifest.json 与封条不符", "manifest.json is not what was sealed");
    }

    /// All that it lists, in its order, and nothing else.
    void parts() {
        const auto& listed = list_at(out_.manifest, "parts");
        const auto& there = from_.parts();
        if (listed.size() + 2 != there.size() || there[listed.size()].path != "manifest.json" || there.back().path != "seal.txt")
            fails("各部分与清单不符", "its parts are not those of the manifest");
        for (std::size_t i = 0; i < listed.size(); ++i) {
            const auto& p = there[i];
            if (text_at(listed[i], "path") != p.path || number_at(listed[i], "bytes") != p.bytes)
                fails("各部分与清单不符：" + p.path, "its parts are not those of the manifest: " + p.path);
            const auto sum = hash_of(from_, p, [&](std::uint64_t n) { show(n); });
            if (sum != text_at(listed[i], "sha256")) fails(p.path + " 被改动过", p.path + " was changed");
            constexpr std::string_view files = "attachments/";
            if (p.path.starts_with(files) && p.path.substr(files.size()) != sum)
                fails(p.path + " 的名称与内容不符", p.path + " is not named by its content");
        }
    }

    void checkpoint() {
        const auto note = from_.whole(from_.find("checkpoint.txt"), 4'096);
        const auto c = parse_checkpoint(note);
        if (!c || !is_signed_by(note, key_).value_or(false))
            fails("检查点没有此密钥的有效签名", "the checkpoint has no good signature by that key");
        out_.origin = c->origin;
        out_.size = c->size;
        root_ = c->root;
    }

    void events() {
        line_reader events(path_, from_.find("events.ndjson")), proofs(path_, from_.find("proofs.ndjson"));
        std::map<std::string, std::uint64_t> versions;
        std::string event, proof;
        while (events.next(event)) {
            if (!proofs.next(proof)) fails("有事件没有证明", "an event has no proof");
            one(event, parse_json(proof), versions);
            ++out_.events;
        }
        if (proofs.next(proof)) fails("有证明没有事件", "a proof has no event");
        whole(versions);
    }

    void one(const std::string& stored, const json& proof, std::map<std::string, std::uint64_t>& versions) {
        const auto event = parse_json(stored);
        const auto position = number_at(event, "position").value_or(0);
        const auto bad = [&](std::string_view zh, std::string_view en) {
            fails(fmt::format("事件 {}：{}", position, zh), fmt::format("event {}: {}", position, en));
        };
        if (position == 0 || number_at(proof, "position") != position) bad("证明属于另一事件", "the proof is another event's");
        std::vector<hash> path;
        for (const auto& each : list_at(proof, "hashes")) {
            const auto h = each.is_string() ? parse_base64_hash(each.get<std::string>()) : std::nullopt;
            if (!h) bad("证明无法识别", "the proof is not understood");
            path.push_back(*h);
        }
        // An event from before digests were keyed is shown without its digest: that it is in the log is proven by the hash of
        // its bytes there; that it says this, the seal vouches for.
        auto leaf = leaf_hash(stored);
        if (proof.contains("leaf")) {
            const auto said = proof.at("leaf").is_string() ? parse_base64_hash(proof.at("leaf").get<std::string>()) : std::nullopt;
            if (!said) bad("证明无法识别", "the proof is not understood");
            leaf = *said;
            ++out_.vouched;
        }
        if (root_by_inclusion(leaf, position - 1, out_.size, path) != root_) bad("不在日志中", "it is not in the log");
        auto& version = versions[text_at(event, "stream")];
        if (number_at(event, "version") != ++version) bad("所在的流不连续", "its stream has a gap");
        if (position > number_at(out_.manifest, "sealed").value_or(0)) bad("晚于封存", "it is later than the seal");
        if (position == number_at(out_.manifest, "sealed") && text_at(event, "stream") == project_ &&
            text_at(event, "type").starts_with("project.archived."))
            sealed_ = true;
    }

    /// Every stream as far as the manifest says, the project's own up to the seal, and none besides.
    void whole(const std::map<std::string, std::uint64_t>& versions) {
        std::map<std::string, std::uint64_t> said;
        for (const auto& s : list_at(out_.manifest, "streams")) said[text_at(s, "stream")] = number_at(s, "version").value_or(0);
        if (said != versions || !said.contains(project_) || number_at(out_.manifest, "events") != out_.events)
            fails("事件不完整", "not all events are there");
        if (!sealed_) fails("其中没有封存这一事件", "the event that sealed it is not in it");
    }

    void show(std::uint64_t bytes) {
        done_ += bytes;
        if (progress_) progress_(done_, of_);
    }

    std::string path_;
    file from_;
    std::string key_;
    std::function<void(std::uint64_t, std::uint64_t)> progress_;
    std::string project_, manifest_hash_;
    hash root_{};
    bool sealed_ = false;
    std::uint64_t done_ = 0, of_ = 0;
    verified out_;
};

}  // namespace

verified verify(const std::string& path, const std::string& key, const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    return verifier(path, key, progress).run();
}

bool is_sealed_by(const std::string& path, const std::string& key) {
    const file from(path);
    return is_signed_by(from.whole(from.find("seal.txt"), 4'096), key).value_or(false);
}

std::string sealer_of(const std::string& path) {
    const file from(path);
    const auto note = from.whole(from.find("seal.txt"), 4'096);
    constexpr std::string_view dash = "— ";
    const auto at = note.rfind(dash);
    if (at == note.npos) return {};
    const auto name = at + dash.size();
    return note.substr(name, std::min(note.find(' ', name), note.size()) - name);
}

}  // namespace cli::package
