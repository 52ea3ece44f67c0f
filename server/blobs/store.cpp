#include "server/blobs/store.hpp"

#include "events/bytes/durable_file.hpp"
#include "server/blobs/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <sstream>
#include <vector>

namespace server::blobs {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view senders_suffix = ".by";
constexpr std::size_t senders_bytes_max = 1u << 20;
constexpr std::size_t type_bytes_max = 256;
constexpr std::int64_t empty_seconds_max = 1'800;
constexpr std::int64_t day_seconds = 86'400;

bool is_type(std::string_view s) {
    return !s.empty() && std::all_of(s.begin(), s.end(), [](unsigned char c) { return c > 0x1f && c < 0x7f; });
}

std::int64_t now_seconds() { return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count(); }

fs::path senders_of(const fs::path& content) { return content.string() + std::string(senders_suffix); }

std::set<events::member_id> read_senders(const fs::path& content) {
    std::set<events::member_id> all;
    std::istringstream in(events::bytes::read_file(senders_of(content), senders_bytes_max).value_or(""));
    for (std::uint64_t who; in >> who;) all.insert(events::member_id{who});
    return all;
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

}  // namespace

store::store(fs::path folder, limits at_most) : folder_(std::move(folder)), at_most_(std::move(at_most)) {
    events::bytes::make_folder(folder_ / "incoming");
    scan();
}

fs::path store::path_of(const std::string& sha256) const { return folder_ / sha256.substr(0, 2) / sha256.substr(2); }
fs::path store::incoming(const sending& which) const {
    return folder_ / "incoming" / (std::to_string(which.first.value) + '-' + which.second);
}

void store::write_senders(const std::string& sha256, const std::set<events::member_id>& all) const {
    std::string text;
    for (const auto who : all) text += std::to_string(who.value) + '\n';
    events::bytes::write_file(senders_of(path_of(sha256)), text);
}

void store::tell(const fs::path& file, const std::string& why) const {
    if (at_most_.damaged) at_most_.damaged(file.string(), why);
}

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
    scan_incoming();
}

void store::scan_contents(const fs::path& sub) {
    std::vector<fs::path> alone;  // what is beside a content that is not there
    for (const auto& entry : fs::directory_iterator(sub)) {
        const auto& path = entry.path();
        if ((path.extension() == type_suffix || path.extension() == senders_suffix) && !fs::exists(sub / path.stem())) alone.push_back(path);
        const auto name = sub.filename().string() + path.filename().string();
        if (!is_name(name)) continue;
        try {
            if (!entry.is_regular_file()) throw std::runtime_error("it is no file");
            const auto type = events::bytes::read_file(type_of(path), type_bytes_max);
            if (type && !is_type(*type)) throw std::runtime_error("its type is not what was written");
            if (type) blobs_.emplace(name, kept{{entry.file_size(), *type}, changed(path), read_senders(path)});
            else keep_or_drop(path, name);
        } catch (const std::exception& e) {
            tell(path, e.what());
        }
    }
    for (const auto& path : alone) {
        if (path.extension() == type_suffix) tell(sub / path.stem(), "it is gone");
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
}

// A content without its type: its upload was cut off in the last step, or the type was lost since. Its hash tells what it is worth.
void store::keep_or_drop(const fs::path& content, const std::string& sha256) {
    if (sha256_of(content) != sha256) {
        fs::remove(content);
        return;
    }
    const auto type = sniff(content, "");
    tell(type_of(content), "it was gone, and was made anew: " + type);
    events::bytes::write_file(type_of(content), type);
    blobs_.emplace(sha256, kept{{fs::file_size(content), type}, changed(content), read_senders(content)});
}

void store::scan_incoming() {
    remove_halves(folder_ / "incoming");
    std::vector<fs::path> all;
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
    if (!which.first || !is_name(which.second)) {  // of before uploads were their senders'
        fs::remove(path);
        fs::remove(type_of(path));
        return;
    }
    const auto about = events::bytes::read_file(type_of(path), type_bytes_max).value_or("");
    const auto space = std::min(about.find(' '), about.size());
    const auto have = fs::file_size(path);
    std::uint64_t bytes = 0;
    if (space == about.size() || std::from_chars(about.data(), about.data() + space, bytes).ptr != about.data() + space || have > bytes ||
        !is_type(about.substr(space + 1)))
        throw std::runtime_error("what is beside it is not what was written");
    unfinished_.emplace(which, unfinished{bytes, have, about.substr(space + 1)});
}

upload store::begin(events::member_id who, const std::string& sha256, std::uint64_t bytes, std::string_view given_type,
                    std::uint64_t bytes_max, bool sees) {
    const auto media_type = essence_of(given_type);
    if (!is_name(sha256)) return {blob_error::bad_name};
    if (bytes > std::min(bytes_max, at_most_.blob_bytes_max) || bytes == 0) return {blob_error::too_large};
    const sending which{who, sha256};
    std::unique_lock hold(mutex_);
    if (const auto there = blobs_.find(sha256); there != blobs_.end() && (sees || there->second.senders.contains(who))) {
        there->second.wanted = now_seconds();
        ::utimensat(AT_FDCWD, path_of(sha256).c_str(), nullptr, 0);  // after a restart, too; lost, it is only swept earlier
        return {blob_error::none, there->second.bytes, true};
    }
    const auto going = unfinished_.find(which);
    if (going != unfinished_.end() && going->second.bytes == bytes && going->second.media_type == media_type) {
        if (going->second.have < bytes || going->second.busy) return {blob_error::none, going->second.have, false};
        // All of it came, and the last step did not go: it is taken again.
        going->second.busy = true;
        const auto now = going->second;
        hold.unlock();
        return go_on(which, bytes, {}, now);
    }
    // It begins anew as something else, but not beneath a part that is being written.
    if (going != unfinished_.end() && going->second.busy) return {blob_error::busy, going->second.have};
    const auto own = std::count_if(unfinished_.begin(), unfinished_.end(), [&](const auto& u) { return u.first.first == who; });
    if (going == unfinished_.end() &&
        (unfinished_.size() >= at_most_.unfinished_max || static_cast<std::size_t>(own) >= at_most_.unfinished_each_max))
        return {blob_error::too_many};
    if (at_most_.has_room && !at_most_.has_room(bytes)) return {blob_error::no_room, going == unfinished_.end() ? 0 : going->second.have};
    const auto path = incoming(which);
    try {
        events::bytes::write_file(type_of(path), std::to_string(bytes) + ' ' + media_type);
        const file fresh(path, O_WRONLY | O_CREAT | O_TRUNC);
    } catch (const std::exception& e) {
        if (!is_full(e)) throw;
        return {blob_error::no_room, 0};
    }
    unfinished_[which] = {bytes, 0, media_type, false};
    return {};
}

upload store::append(events::member_id who, const std::string& sha256, std::uint64_t offset, std::string_view part) {
    const sending which{who, sha256};
    unfinished now;
    {
        std::lock_guard hold(mutex_);
        const auto going = unfinished_.find(which);
        if (going == unfinished_.end()) {
            const auto there = blobs_.find(sha256);
            if (there != blobs_.end() && there->second.senders.contains(who)) return {blob_error::none, there->second.bytes, true};
            return {blob_error::wrong_offset, 0};
        }
        if (going->second.busy) return {blob_error::busy, going->second.have};
        if (offset != going->second.have) return {blob_error::wrong_offset, going->second.have};
        if (part.size() > going->second.bytes - offset) return {blob_error::too_large, going->second.have};
        going->second.busy = true;
        now = going->second;
    }
    if (at_most_.has_room && !at_most_.has_room(part.size())) {
        std::lock_guard hold(mutex_);
        unfinished_[which].busy = false;
        return {blob_error::no_room, now.have};
    }
    return go_on(which, offset, part, std::move(now));
}

// The disk is waited for without the lock; nobody else touches what is busy.
upload store::go_on(const sending& which, std::uint64_t offset, std::string_view part, unfinished now) {
    upload done{blob_error::none, offset + part.size()};
    try {
        if (!part.empty()) file(incoming(which), O_WRONLY).write_at(part, offset);
        now.have = done.have;
        if (now.have == now.bytes) done = finish(which, now);
    } catch (const std::exception& e) {
        {
            // As far as it is known to have come: the last step is taken anew with the next begin() or append().
            std::lock_guard hold(mutex_);
            unfinished_[which] = {now.bytes, now.have, now.media_type, false};
        }
        if (is_full(e)) return {blob_error::no_room, now.have};
        throw;
    }
    std::lock_guard hold(mutex_);
    if (done.complete || done.error != blob_error::none) unfinished_.erase(which);
    else unfinished_[which] = {now.bytes, done.have, now.media_type, false};
    return done;
}

// Any step may have been the last one before: each is right to take again.
upload store::finish(const sending& which, const unfinished& u) {
    const auto from = incoming(which);
    const auto& sha256 = which.second;
    const auto done_with = [&](upload what) {
        fs::remove(from);
        fs::remove(type_of(from));
        return what;
    };
    const auto to = path_of(sha256);
    if (fs::exists(from)) {
        if (sha256_of(from) != sha256) return done_with({blob_error::wrong_content, 0, false});
        if (!is_taken(u.media_type, sniff(from, u.media_type))) return done_with({blob_error::wrong_type, 0, false});
        file(from, O_WRONLY).sync();
    } else if (!fs::exists(to)) {
        return done_with({blob_error::wrong_content, 0, false});
    }
    // One after another, as two may have sent the same.
    std::lock_guard hold(mutex_);
    auto there = blobs_.find(sha256);
    auto senders = there == blobs_.end() ? std::set<events::member_id>() : there->second.senders;
    senders.insert(which.first);
    if (there == blobs_.end()) {
        events::bytes::make_folder(to.parent_path());
        if (fs::exists(from)) fs::rename(from, to);
        write_senders(sha256, senders);
        // Last: a content counts once it has its type.
        events::bytes::write_file(type_of(to), u.media_type);
        there = blobs_.emplace(sha256, kept{{u.bytes, u.media_type}, 0, {}, changed_ns(to)}).first;
    } else {
        write_senders(sha256, senders);
    }
    there->second.senders = std::move(senders);
    there->second.wanted = now_seconds();
    return done_with({blob_error::none, u.bytes, true});
}

std::optional<blob> store::find(const std::string& sha256) const {
    std::lock_guard hold(mutex_);
    const auto found = blobs_.find(sha256);
    return found == blobs_.end() ? std::nullopt : std::optional<blob>(found->second);
}

bool store::check(const std::string& sha256, bool anew) const {
    const auto path = path_of(sha256);
    const auto now = changed_ns(path);
    {
        std::lock_guard hold(mutex_);
        const auto found = blobs_.find(sha256);
        if (found == blobs_.end()) return false;
        if (!anew && now != 0 && found->second.checked == now) return true;
    }
    bool whole = false;
    std::string why = "its content does not have its hash any more: bring it back from a backup";
    try {
        whole = sha256_of(path) == sha256;
    } catch (const std::exception& e) {
        why = std::string("it can't be read (") + e.what() + "): bring it back from a backup";
    }
    if (!whole) tell(path, why);
    std::lock_guard hold(mutex_);
    if (const auto found = blobs_.find(sha256); found != blobs_.end()) found->second.checked = whole ? now : 0;
    return whole;
}

std::vector<std::string> store::check_all() const {
    std::vector<std::string> all, damaged;
    {
        std::lock_guard hold(mutex_);
        for (const auto& [sha256, b] : blobs_) all.push_back(sha256);
    }
    for (const auto& sha256 : all)
        if (!check(sha256, true) && find(sha256)) damaged.push_back(sha256);
    return damaged;
}

std::string store::read(const std::string& sha256, std::uint64_t offset, std::size_t most) const {
    return file(path_of(sha256), O_RDONLY).read_at(offset, most);
}

bool store::has(const events::attachment& a) const {
    std::lock_guard hold(mutex_);
    const auto found = blobs_.find(a.sha256);
    if (found == blobs_.end() || found->second.bytes != a.bytes) return false;
    // Who sent it second may have called it otherwise: text is what libmagic tells, not of which kind.
    const auto is_text = [](std::string_view type) { return type.starts_with("text/"); };
    const auto type = essence_of(a.media_type);
    if (found->second.media_type != type && !(is_text(found->second.media_type) && is_text(type))) return false;
    found->second.wanted = now_seconds();
    return true;
}

bool store::is_from(events::member_id who, const std::string& sha256) const {
    std::lock_guard hold(mutex_);
    const auto found = blobs_.find(sha256);
    return found != blobs_.end() && found->second.senders.contains(who);
}

std::size_t store::sweep(std::int64_t then, const std::function<bool(const std::string&)>& is_carried) {
    // What is of a time to come was wanted by a clock that was set back since.
    const auto is_old = [then, latest = now_seconds() + day_seconds](const kept& b) { return b.wanted < then || b.wanted > latest; };
    auto count = sweep_unfinished(then);
    std::vector<std::string> old;
    {
        std::lock_guard hold(mutex_);
        for (const auto& [sha256, b] : blobs_)
            if (is_old(b)) old.push_back(sha256);
    }
    // Asked without the lock, as others wait for it. What is wanted meanwhile stays.
    std::erase_if(old, is_carried);
    for (const auto& sha256 : old) {
        std::lock_guard hold(mutex_);
        const auto found = blobs_.find(sha256);
        if (found == blobs_.end() || !is_old(found->second)) continue;
        fs::remove(path_of(sha256));
        fs::remove(type_of(path_of(sha256)));
        fs::remove(senders_of(path_of(sha256)));
        blobs_.erase(found);
        ++count;
    }
    return count;
}

std::size_t store::sweep_unfinished(std::int64_t then) {
    std::lock_guard hold(mutex_);
    return std::erase_if(unfinished_, [&](const auto& one) {
        const auto path = incoming(one.first);
        const auto at = changed(path);
        // What got no byte was not meant.
        const auto until = one.second.have == 0 ? std::max(then, now_seconds() - empty_seconds_max) : then;
        if (one.second.busy || at == 0 || at >= until) return false;
        fs::remove(path);
        fs::remove(type_of(path));
        return true;
    });
}

}  // namespace server::blobs
