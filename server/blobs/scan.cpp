// What lies on the disk when the store is opened: every step of what it does may have been the last one.

#include "events/bytes/durable_file.hpp"
#include "server/blobs/sealed_content.hpp"
#include "server/blobs/senders.hpp"
#include "server/blobs/store.hpp"

#include <fcntl.h>

#include <algorithm>
#include <charconv>

namespace server::blobs {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view type_is_gone = "it was gone";

/// What lies beside a content, where it is one that is taken; else `why` says what is the matter with it.
std::optional<std::string> read_type(const fs::path& content, std::string& why) {
    try {
        auto type = events::bytes::read_file(type_of(content), type_bytes_max);
        if (type && (is_taken(*type, *type) || is_taken(*type, "text/plain"))) return type;
        why = type ? "it was not what was written" : type_is_gone;
    } catch (const std::exception& e) {
        why = e.what();
    }
    return std::nullopt;
}

/// Of what is being sent: one without the other was cut off before anything of it was acknowledged.
void remove_halves(const fs::path& folder) {
    std::vector<fs::path> halves;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const auto& path = entry.path();
        const bool about_one = path.extension() == type_suffix || path.extension() == senders_suffix;
        if (!fs::exists(about_one ? folder / path.stem() : type_of(path))) halves.push_back(path);
    }
    for (const auto& half : halves) fs::remove_all(half);
}

/// How much of an upload is there, as what is beside it says.
struct sent {
    std::uint64_t bytes = 0;
    std::string media_type;
};

std::optional<sent> read_sent(const fs::path& content) {
    const auto about = events::bytes::read_file(type_of(content), type_bytes_max).value_or("");
    const auto space = std::min(about.find(' '), about.size());
    sent s;
    if (space == about.size() || std::from_chars(about.data(), about.data() + space, s.bytes).ptr != about.data() + space) return std::nullopt;
    s.media_type = about.substr(space + 1);
    return is_type(s.media_type) ? std::optional(s) : std::nullopt;
}

}  // namespace

/// What lies beside a content and is no good.
class store::beside : public std::runtime_error {
public:
    beside(fs::path which, const std::string& why) : std::runtime_error(why), file(std::move(which)) {}
    fs::path file;
};

// One file that can't be read is that content's alone.
void store::scan() {
    for (const auto& sub : fs::directory_iterator(folder_)) {
        if (!sub.is_directory() || sub.path().filename().string().size() != 2) continue;
        try {
            scan_contents(sub.path());
        } catch (const std::exception& e) {
            tell(sub.path(), e.what());
        }
    }
    scan_keys();
    scan_incoming();
}

void store::scan_contents(const fs::path& sub) {
    std::vector<fs::path> alone;  // what is beside a content that is not there
    for (const auto& entry : fs::directory_iterator(sub)) {
        const auto& path = entry.path();
        if ((path.extension() == type_suffix || path.extension() == senders_suffix) && !fs::exists(sub / path.stem())) alone.push_back(path);
        if (path.extension() == sealing_suffix) alone.push_back(path);
        const auto name = sub.filename().string() + path.filename().string();
        if (!is_name(name)) continue;
        try {
            if (!entry.is_regular_file()) throw std::runtime_error("it is no file");
            scan_content(path, name);
        } catch (const beside& e) {
            tell(e.file, e.what());
            unusable_[name] = e.file.string();
        } catch (const std::exception& e) {
            tell(path, e.what());
            unusable_[name] = path.string();
        }
    }
    for (const auto& path : alone) {
        if (path.extension() == type_suffix) tell(sub / path.stem(), "it is gone");
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
}

void store::scan_content(const fs::path& content, const std::string& sha256) {
    std::string why;
    auto type = read_type(content, why);
    if (!type && why == type_is_gone && sealed_content::id_of(content) && !fs::exists(keys_file(keys_folder_, sha256))) {
        fs::remove(content);  // it was being removed
        return;
    }
    auto keys = keys_beside(content, sha256);
    if (!type) type = keep_or_drop(content, sha256, keys, why);
    if (!type) return;
    kept k{{keys ? keys->bytes : fs::file_size(content), *type}, changed(content), senders_beside(content, sha256)};
    if (!keys) clear_.emplace(true, sha256);
    k.keys = std::move(keys);
    blobs_.emplace(sha256, std::move(k));
    unsettled_.insert(sha256);
}

/// Nothing where it lies in the clear.
std::optional<content_keys> store::keys_beside(const fs::path& content, const std::string& sha256) const {
    const auto file = keys_file(keys_folder_, sha256);
    std::optional<std::string> text;
    try {
        text = events::bytes::read_file(file, keys_bytes_max);
    } catch (const std::exception& e) {
        throw beside(file, std::string("the keys of an attachment can't be read (") + e.what() + "): mend the file's permissions or the disk, then start again");
    }
    auto keys = text ? parse_keys(*text) : std::nullopt;
    const auto id = sealed_content::id_of(content);
    if (id && keys && keys->id == *id) return keys;
    if (!id) {
        // From before contents were sealed, perhaps with the keys that it was about to be sealed with; or its beginning is damaged.
        return keys && fs::file_size(content) != keys->bytes ? std::move(keys) : std::nullopt;
    }
    if (sha256_of(content) == sha256) return std::nullopt;  // it was sent like that, before they were sealed
    if (keys) throw std::runtime_error("its keys (" + file.string() + ") are another content's, or its own beginning is damaged: bring both back from a backup");
    throw beside(file, std::string("the keys of an attachment are ") + (text ? "damaged" : "gone") + ": bring them back from a backup");
}

// A content without its type: its upload was cut off in the last step, or the type was lost or damaged since. Its hash tells what it is worth.
std::optional<std::string> store::keep_or_drop(const fs::path& content, const std::string& sha256, const std::optional<content_keys>& keys, const std::string& why) const {
    const auto all = reader_of(content, sha256, keys);
    if (sha256_of(all) != sha256) {
        if (why != type_is_gone) throw std::runtime_error("its content does not have its hash any more, and its type is damaged: bring both back from a backup");
        fs::remove(content);
        return std::nullopt;
    }
    auto type = sniff(all, "");
    try {
        events::bytes::write_file(type_of(content), type);
    } catch (const std::exception& e) {
        if (is_full(e)) throw;
        throw beside(type_of(content), why + ", and can't be made anew (" + e.what() + "): move it away, and start again");
    }
    tell(type_of(content), why + ", and was made anew: " + type);
    return type;
}

// Without it a content is read as ever; who sent it and has yet to attach it sends it once more.
std::set<events::member_id> store::senders_beside(const fs::path& content, const std::string& sha256) {
    const auto file = senders_of(content);
    std::string why = "it is damaged";
    try {
        const auto text = events::bytes::read_file(file, senders_bytes_max);
        if (!text) return {};
        if (auto all = parse_senders(*text)) return *std::move(all);
    } catch (const std::exception& e) {
        why = e.what();
    }
    try {
        write_senders(sha256, {});
        tell(file, why + ": made anew, with nobody in it; whoever sent the file and has yet to attach it sends it once more");
    } catch (const std::exception& e) {
        tell(file, why + ", and can't be made anew (" + e.what() + "): move it away, and start again");
        unusable_beside_[sha256] = file.string();
    }
    return {};
}

void store::scan_keys() {
    for (const auto& sub : fs::directory_iterator(keys_folder_)) {
        const auto name = sub.path().filename().string();
        if (!sub.is_directory() || name.size() != 2) continue;
        for (const auto& entry : fs::directory_iterator(sub)) {
            const auto& path = entry.path();
            const auto sha256 = name + path.stem().string();
            // One that was being written: as good as none, and a key all the same.
            if (path.extension() == ".new" && entry.is_regular_file()) events::bytes::shred_file(path);
            else if (path.extension() == ".key" && is_name(sha256) && !fs::exists(path_of(sha256))) keys_alone_.insert(sha256);
        }
    }
}

void store::scan_incoming() {
    remove_halves(folder_ / "incoming");
    std::vector<fs::path> keys, all;
    for (const auto& entry : fs::directory_iterator(keys_folder_ / "incoming"))
        if (entry.is_regular_file() && !fs::exists(folder_ / "incoming" / entry.path().stem())) keys.push_back(entry.path());
    for (const auto& path : keys) events::bytes::shred_file(path);
    for (const auto& entry : fs::directory_iterator(folder_ / "incoming"))
        if (!entry.path().filename().string().ends_with(type_suffix)) all.push_back(entry.path());
    for (const auto& path : all) {
        try {
            scan_one(path);
        } catch (const std::exception& e) {
            tell(path, std::string(e.what()) + ": that upload begins anew");
        }
    }
}

void store::scan_one(const fs::path& path) {
    const auto name = path.filename().string();
    const auto dash = name.find('-');
    sending which{{}, dash == name.npos ? "" : name.substr(dash + 1)};
    if (dash != name.npos) std::from_chars(name.data(), name.data() + dash, which.first.value);
    const bool known = which.first && is_name(which.second);
    const auto id = sealed_content::id_of(path);
    if (!known || !id) {  // of before uploads were their senders', or were sealed: nothing of them stays as it lies there
        events::bytes::shred_file(path);
        fs::remove(type_of(path));
        return;
    }
    const auto about = read_sent(path);
    auto keys = parse_keys(events::bytes::read_file(incoming_keys(which), keys_bytes_max).value_or(""));
    if (!about || !keys || !keys->open || keys->id != *id || keys->bytes != about->bytes) throw std::runtime_error("what is beside it is not what was written");
    sealed_content part(path, O_RDWR, *keys->open);
    const auto have = part.mend(part.bytes());
    if (have > about->bytes) throw std::runtime_error("it is longer than it was to be");
    unfinished_.emplace(which, unfinished{about->bytes, have, about->media_type, std::move(*keys)});
}

}  // namespace server::blobs
