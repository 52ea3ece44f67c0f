#include "server/blobs/store.hpp"

#include "events/bytes/durable_file.hpp"
#include "server/blobs/sealed_content.hpp"
#include "server/blobs/senders.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <vector>

namespace server::blobs {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t empty_seconds_max = 1'800;
constexpr std::int64_t day_seconds = 86'400;

std::int64_t now_seconds() { return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count(); }

}  // namespace

fs::path store::path_of(const std::string& sha256) const { return folder_ / sha256.substr(0, 2) / sha256.substr(2); }
fs::path store::incoming(const sending& which) const {
    return folder_ / "incoming" / (std::to_string(which.first.value) + '-' + which.second);
}
fs::path store::incoming_keys(const sending& which) const {
    return keys_folder_ / "incoming" / (std::to_string(which.first.value) + '-' + which.second + ".key");
}
void store::forget_incoming(const sending& which) const {
    fs::remove(incoming(which));
    fs::remove(type_of(incoming(which)));
    events::bytes::shred_file(incoming_keys(which));
}

void store::write_senders(const std::string& sha256, const std::set<events::member_id>& all) const {
    events::bytes::write_file(senders_of(path_of(sha256)), to_text(all));
}

void store::tell(const fs::path& file, const std::string& why) const {
    if (at_most_.damaged) at_most_.damaged(file.string(), why);
}

upload store::begin(events::member_id who, const std::string& sha256, std::uint64_t bytes, std::string_view given_type,
                    std::uint64_t bytes_max, bool sees) {
    const auto media_type = essence_of(given_type);
    if (!is_name(sha256)) return {blob_error::bad_name};
    if (bytes > std::min(bytes_max, at_most_.blob_bytes_max) || bytes == 0) return {blob_error::too_large};
    const sending which{who, sha256};
    std::unique_lock hold(mutex_);
    if (const auto there = blobs_.find(sha256); there != blobs_.end() && (sees || there->second.senders.contains(who)) && is_readable(sha256, there->second)) {
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
    auto keys = make_keys(bytes);
    try {
        events::bytes::write_file(type_of(path), std::to_string(bytes) + ' ' + media_type);
        events::bytes::replace_file(incoming_keys(which), to_text(keys));
        sealed_content::begin(path, keys.id);
    } catch (const std::exception& e) {
        if (!is_full(e)) throw;
        return {blob_error::no_room, 0};
    }
    unfinished_[which] = {bytes, 0, media_type, std::move(keys), false};
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
            if (there != blobs_.end() && there->second.senders.contains(who) && is_readable(sha256, there->second)) return {blob_error::none, there->second.bytes, true};
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
        if (!part.empty()) write_part(which, offset, part, now);
        now.have = done.have;
        if (now.have == now.bytes) done = finish(which, now);
    } catch (const std::exception& e) {
        {
            // As far as it is known to have come: the last step is taken anew with the next begin() or append().
            std::lock_guard hold(mutex_);
            unfinished_[which] = {now.bytes, now.have, now.media_type, now.keys, false};
        }
        if (is_full(e)) return {blob_error::no_room, now.have};
        throw;
    }
    std::lock_guard hold(mutex_);
    if (done.complete || done.error != blob_error::none) unfinished_.erase(which);
    else unfinished_[which] = {now.bytes, done.have, now.media_type, now.keys, false};
    return done;
}

/// Where it does not come to its end, `now` says what is left of the parts before.
void store::write_part(const sending& which, std::uint64_t offset, std::string_view part, unfinished& now) const {
    sealed_content to(incoming(which), O_RDWR, *now.keys.open);
    try {
        to.write(offset, part);
    } catch (...) {
        now.have = to.mend(offset);
        throw;
    }
}

upload store::finish(const sending& which, const unfinished& u) {
    const auto& sha256 = which.second;
    auto wrong = blob_error::none;
    try {
        if (fs::exists(incoming(which))) {
            sealed_content sent(incoming(which), O_RDWR, *u.keys.open);
            const content_reader all = [&](std::uint64_t offset, std::size_t most) { return sent.read(offset, most); };
            if (sha256_of(all) != sha256) wrong = blob_error::wrong_content;
            else if (!is_taken(u.media_type, sniff(all, u.media_type))) wrong = blob_error::wrong_type;
            sent.sync();
        } else if (!fs::exists(path_of(sha256))) {
            wrong = blob_error::wrong_content;
        }
    } catch (const sealed_content::damaged&) {
        wrong = blob_error::wrong_content;
    }
    if (wrong == blob_error::none) keep(which, u);
    forget_incoming(which);
    return wrong == blob_error::none ? upload{wrong, u.bytes, true} : upload{wrong, 0, false};
}

// Any step may have been the last one before: each is right to take again. One after another, as two may have sent the same.
void store::keep(const sending& which, const unfinished& u) {
    const std::lock_guard alone(changing_);
    const auto& sha256 = which.second;
    const auto from = incoming(which), to = path_of(sha256), keys = keys_file(keys_folder_, sha256);
    std::set<events::member_id> senders{which.first};
    bool there = false;
    {
        const std::lock_guard hold(mutex_);
        if (const auto found = blobs_.find(sha256); found != blobs_.end()) {
            senders.insert(found->second.senders.begin(), found->second.senders.end());
            there = is_readable(sha256, found->second);
        }
    }
    if (!there) {
        events::bytes::make_folder(to.parent_path());
        events::bytes::make_folder(keys.parent_path());
        if (fs::exists(from)) {
            // Before: a content without its keys is nothing.
            events::bytes::replace_file(keys, to_text(u.keys));
            fs::rename(from, to);
        }
    }
    write_senders(sha256, senders);
    // Last: a content counts once it has its type.
    if (!there) events::bytes::write_file(type_of(to), u.media_type);
    const std::lock_guard hold(mutex_);
    unusable_.erase(sha256);
    if (!there) blobs_.insert_or_assign(sha256, kept{{u.bytes, u.media_type}, 0, {}, changed_ns(to), u.keys});
    auto& now = blobs_.at(sha256);
    now.senders = std::move(senders);
    now.wanted = now_seconds();
    keys_alone_.erase(sha256);
}

std::optional<blob> store::find(const std::string& sha256) const {
    std::lock_guard hold(mutex_);
    const auto found = blobs_.find(sha256);
    return found == blobs_.end() ? std::nullopt : std::optional<blob>(found->second);
}

std::optional<std::string> store::unusable(const std::string& sha256) const {
    std::lock_guard hold(mutex_);
    const auto found = unusable_.find(sha256);
    return found == unusable_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::pair<std::string, std::string>> store::unusable_files() const {
    std::lock_guard hold(mutex_);
    std::vector<std::pair<std::string, std::string>> all(unusable_beside_.begin(), unusable_beside_.end());
    all.insert(all.end(), unusable_.begin(), unusable_.end());
    return all;
}

bool store::is_readable(const std::string& sha256, const kept& k) const { return !k.keys || key_of(*k.keys, sha256, people_); }

bool store::check(const std::string& sha256, bool anew) const {
    const auto path = path_of(sha256);
    const auto now = changed_ns(path);
    kept k;
    {
        std::lock_guard hold(mutex_);
        const auto found = blobs_.find(sha256);
        if (found == blobs_.end()) return false;
        k = found->second;
    }
    if (!is_readable(sha256, k)) {
        if (!is_erased(*k.keys, people_)) tell(keys_file(keys_folder_, sha256), "none of these keys can be opened: bring the keys back from a backup");
        return false;
    }
    if (!anew && now != 0 && k.checked == now) return true;
    const auto why = why_not_whole(sha256, k);
    if (!why.empty()) tell(path, why + ": bring it back from a backup");
    std::lock_guard hold(mutex_);
    if (const auto found = blobs_.find(sha256); found != blobs_.end()) found->second.checked = why.empty() ? now : 0;
    return why.empty();
}

std::string store::why_not_whole(const std::string& sha256, const kept& k) const {
    try {
        const auto path = path_of(sha256);
        if (k.keys && fs::file_size(path) != sealed_content::bytes_on_disk(k.keys->bytes)) return "it is cut off, or longer than it was";
        if (k.keys && sealed_content::id_of(path) != k.keys->id) return "its beginning is damaged";
        const content_reader all = [&](std::uint64_t offset, std::size_t most) { return read(sha256, offset, most); };
        return sha256_of(all) == sha256 ? "" : "its content does not have its hash any more";
    } catch (const sealed_content::damaged& e) {
        return e.what();
    } catch (const std::exception& e) {
        return std::string("it can't be read (") + e.what() + ')';
    }
}

std::vector<std::string> store::check_all() const {
    std::vector<std::string> all, damaged;
    {
        std::lock_guard hold(mutex_);
        for (const auto& [sha256, b] : blobs_) all.push_back(sha256);
    }
    for (const auto& sha256 : all) {
        if (check(sha256, true)) continue;
        std::lock_guard hold(mutex_);
        const auto found = blobs_.find(sha256);
        if (found != blobs_.end() && (is_readable(sha256, found->second) || !is_erased(*found->second.keys, people_))) damaged.push_back(sha256);
    }
    return damaged;
}

std::string store::read(const std::string& sha256, std::uint64_t offset, std::size_t most) const {
    const std::shared_lock as_it_lies(replacing_);
    std::optional<content_keys> keys;
    {
        std::lock_guard hold(mutex_);
        const auto found = blobs_.find(sha256);
        if (found == blobs_.end()) throw unreadable(path_of(sha256).string() + " is gone");
        keys = found->second.keys;
    }
    return reader_of(path_of(sha256), sha256, keys)(offset, most);
}

content_reader store::reader_of(const fs::path& content, const std::string& sha256, const std::optional<content_keys>& keys) const {
    if (!keys) {
        auto in = std::make_shared<const file>(content, O_RDONLY);
        return [in](std::uint64_t offset, std::size_t most) { return in->read_at(offset, most); };
    }
    const auto key = key_of(*keys, sha256, people_);
    if (!key) throw unreadable("there is no key to read " + content.string() + " with");
    auto in = std::make_shared<const sealed_content>(content, O_RDONLY, *key);
    return [in, all = keys->bytes](std::uint64_t offset, std::size_t most) {
        return offset < all ? in->read(offset, static_cast<std::size_t>(std::min<std::uint64_t>(most, all - offset))) : std::string();
    };
}

bool store::has(const events::attachment& a) const {
    std::lock_guard hold(mutex_);
    const auto found = blobs_.find(a.sha256);
    if (found == blobs_.end() || found->second.bytes != a.bytes) return false;
    // Who sent it second may have called it otherwise: text is what libmagic tells, not of which kind.
    const auto is_text = [](std::string_view type) { return type.starts_with("text/"); };
    const auto type = essence_of(a.media_type);
    if (found->second.media_type != type && !(is_text(found->second.media_type) && is_text(type))) return false;
    auto& now = found->second;
    const auto key = now.keys ? key_of(*now.keys, a.sha256, people_) : std::nullopt;
    if (now.keys && !key) return false;
    now.wanted = now_seconds();
    now.asked = steady::now();
    if (key) {
        now.at_hand = key;
        unsettled_.insert(a.sha256);
    }
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
        const std::lock_guard alone(changing_);
        bool sealed = false;
        {
            std::lock_guard hold(mutex_);
            const auto found = blobs_.find(sha256);
            if (found == blobs_.end() || !is_old(found->second)) continue;
            sealed = found->second.keys.has_value();
            forget(sha256);
        }
        remove_files(sha256, sealed);
        ++count;
    }
    sweep_keys(is_carried);
    return count;
}

/// With the lock: it is not there any more.
void store::forget(const std::string& sha256) {
    blobs_.erase(sha256);
    for (const bool open : {false, true}) clear_.erase({open, sha256});
}

// Cut off after any step, the next start clears the rest away without a word.
void store::remove_files(const std::string& sha256, bool sealed) const {
    const auto content = path_of(sha256);
    fs::remove(type_of(content));
    events::bytes::shred_file(keys_file(keys_folder_, sha256));
    if (sealed) fs::remove(content);
    else events::bytes::shred_file(content);
    fs::remove(senders_of(content));
}

/// Keys of a content that is gone wait for it to be brought back, unless nothing carries it.
void store::sweep_keys(const std::function<bool(const std::string&)>& is_carried) {
    std::set<std::string> alone;
    {
        std::lock_guard hold(mutex_);
        alone = keys_alone_;
    }
    for (const auto& sha256 : alone) {
        if (is_carried(sha256)) continue;
        const std::lock_guard only(changing_);
        {
            std::lock_guard hold(mutex_);
            if (keys_alone_.erase(sha256) == 0) continue;
        }
        events::bytes::shred_file(keys_file(keys_folder_, sha256));
    }
}

std::size_t store::sweep_unfinished(std::int64_t then) {
    std::lock_guard hold(mutex_);
    return std::erase_if(unfinished_, [&](const auto& one) {
        const auto path = incoming(one.first);
        const auto at = changed(path);
        // What got no byte was not meant.
        const auto until = one.second.have == 0 ? std::max(then, now_seconds() - empty_seconds_max) : then;
        if (one.second.busy || at == 0 || at >= until) return false;
        forget_incoming(one.first);
        return true;
    });
}

}  // namespace server::blobs
