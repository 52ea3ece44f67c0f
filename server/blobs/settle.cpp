// By which keys contents are read, as what carries them changes; and contents from before they were sealed.

#include "events/bytes/durable_file.hpp"
#include "server/blobs/sealed_content.hpp"
#include "server/blobs/store.hpp"

#include <fcntl.h>

#include <algorithm>
#include <exception>

namespace server::blobs {
namespace {

namespace fs = std::filesystem;

// One turn: what only has to be looked at is asked of what carries it; what changes is synced.
constexpr std::size_t looked_at_max = 2'000;
constexpr std::size_t changed_max = 64;
constexpr std::size_t read_at_once = 1u << 20;
constexpr std::uint64_t of_one_at_least = 256u << 10;  ///< what a small one counts for, as it is synced as well

}  // namespace

/// A content that is being sealed, over as many turns as it takes. Cut off, it begins anew.
struct store::sealing {
    sealing(std::string name, const fs::path& path, std::uint64_t bytes)
        : sha256(std::move(name)), content(path), beside(path.string() + std::string(sealing_suffix)), keys(make_keys(bytes)), from(path, O_RDWR) {
        sealed_content::begin(beside, keys.id);
        to.emplace(beside, O_RDWR, *keys.open);
    }

    std::string sha256;
    fs::path content, beside;
    content_keys keys;
    file from;
    std::optional<sealed_content> to;
    sum read;
    std::uint64_t at = 0;
};

store::store(fs::path folder, fs::path keys, const events::keyring& people, limits at_most)
    : folder_(std::move(folder)), keys_folder_(std::move(keys)), people_(people), at_most_(std::move(at_most)) {
    events::bytes::make_folder(folder_ / "incoming");
    events::bytes::make_folder(keys_folder_ / "incoming");
    scan();
}

store::~store() = default;

void store::look_again(const std::vector<std::string>& attached) {
    std::lock_guard hold(mutex_);
    unsettled_.insert(attached.begin(), attached.end());
}

void store::look_again_for(events::member_id who) {
    std::lock_guard hold(mutex_);
    for (const auto& [sha256, k] : blobs_)
        if (k.keys && k.keys->people.contains(who)) unsettled_.insert(sha256);
}

std::size_t store::in_the_clear() const {
    std::lock_guard hold(mutex_);
    return clear_.size();
}

bool store::settle(std::uint64_t bytes_most, const carried_by& by) {
    settle_some(by);
    seal_some(bytes_most, by);
    std::lock_guard hold(mutex_);
    return !unsettled_.empty() || !clear_.empty();
}

/// The next ones, going round.
std::vector<std::string> store::take_unsettled() {
    std::vector<std::string> next;
    std::lock_guard hold(mutex_);
    for (auto at = unsettled_.upper_bound(settled_after_); next.size() < looked_at_max && !unsettled_.empty(); at = unsettled_.erase(at)) {
        if (at == unsettled_.end()) at = unsettled_.begin();
        next.push_back(*at);
    }
    if (!next.empty()) settled_after_ = next.back();
    return next;
}

// What can't be done now has its turn again.
void store::settle_some(const carried_by& by) {
    const auto next = take_unsettled();
    std::vector<std::string> later;
    std::exception_ptr failed;
    std::size_t changed = 0;
    for (const auto& sha256 : next) {
        auto what = outcome::not_yet;
        try {
            if (changed < changed_max && !failed) what = settle_one(sha256, by);
        } catch (const std::exception&) {
            failed = std::current_exception();
        }
        changed += what == outcome::changed;
        if (what == outcome::not_yet) later.push_back(sha256);
    }
    look_again(later);
    if (failed) std::rethrow_exception(failed);
}

store::outcome store::settle_one(const std::string& sha256, const carried_by& by) {
    kept now;
    {
        std::lock_guard hold(mutex_);
        const auto found = blobs_.find(sha256);
        if (found == blobs_.end()) return outcome::as_it_was;
        now = found->second;
    }
    const auto of = by(sha256);
    if (of.erased()) return remove_erased(sha256);
    if (now.keys) return settle_keys(sha256, now, of);
    std::lock_guard hold(mutex_);
    if (!of.everybody() && clear_.erase({true, sha256}) > 0) clear_.emplace(false, sha256);
    return outcome::as_it_was;
}

store::outcome store::settle_keys(const std::string& sha256, const kept& now, const carriers& by) {
    const auto key = now.at_hand ? now.at_hand : key_of(*now.keys, sha256, people_);
    if (!key) return outcome::as_it_was;  // check() says what is the matter
    const bool early = was_asked_lately(now);
    auto next = keys_for(*now.keys, sha256, by, *key);
    // It may be on its way to be attached to something open.
    if (early && now.keys->open) next.open = now.keys->open;
    const bool changes = next != *now.keys;
    const std::lock_guard alone(changing_);
    const auto found = [&]() -> kept* {
        const auto there = blobs_.find(sha256);
        return there != blobs_.end() && there->second.keys && there->second.keys->id == next.id ? &there->second : nullptr;
    };
    {
        std::lock_guard hold(mutex_);
        if (!found()) return outcome::as_it_was;
    }
    if (changes) events::bytes::replace_file(keys_file(keys_folder_, sha256), to_text(next));
    std::lock_guard hold(mutex_);
    auto* k = found();
    k->keys = std::move(next);
    if (early || was_asked_lately(*k)) return outcome::not_yet;
    k->at_hand.reset();
    if (k->keys->open && !by.everybody()) return outcome::not_yet;
    return changes ? outcome::changed : outcome::as_it_was;
}

/// As they have to be for these carriers; `key` is the content's. It is not taken from everybody before it is sealed for each whose it is:
/// somebody's own key may be lost, and has to be brought back first.
content_keys store::keys_for(content_keys k, const std::string& sha256, const carriers& by, const events::secret_key& key) const {
    std::erase_if(k.people, [&](const auto& one) { return !people_.has(one.first) && !people_.lost(one.first); });
    bool theirs = !by.people.empty() && !by.everybody();
    if (!by.everybody())
        for (const auto who : by.people) {
            const bool waits = people_.lost(who) && k.people.contains(who);
            theirs = (waits || opens_for(k, sha256, who, people_) || seal_for(k, sha256, who, key, people_)) && theirs;
        }
    k.open = theirs ? std::nullopt : std::optional(key);
    return k;
}

store::outcome store::remove_erased(const std::string& sha256) {
    const std::lock_guard alone(changing_);
    bool sealed = false;
    {
        std::lock_guard hold(mutex_);
        const auto found = blobs_.find(sha256);
        if (found == blobs_.end()) return outcome::as_it_was;
        if (was_asked_lately(found->second)) return outcome::not_yet;
        sealed = found->second.keys.has_value();
        forget(sha256);
    }
    remove_files(sha256, sealed);
    return outcome::changed;
}

void store::seal_some(std::uint64_t bytes_most, const carried_by& by) {
    for (std::uint64_t done = 0; done < bytes_most && begin_sealing();) {
        const auto sha256 = sealing_->sha256;
        try {
            const auto part = sealing_->from.read_at(sealing_->at, read_at_once);
            if (part.empty()) {
                finish_sealing(by);
            } else {
                sealing_->read.add(part);
                sealing_->to->write(sealing_->at, part);
                sealing_->at += part.size();
            }
            done += std::max<std::uint64_t>(part.size(), of_one_at_least);
        } catch (const std::exception& e) {
            give_up(sha256, e);
            if (is_full(e)) return;
        }
    }
}

/// False where there is none to go on with, or no room.
bool store::begin_sealing() {
    while (!sealing_) {
        std::string sha256;
        std::uint64_t bytes = 0;
        {
            std::lock_guard hold(mutex_);
            if (clear_.empty()) return false;
            sha256 = clear_.begin()->second;
            bytes = blobs_.at(sha256).bytes;
        }
        if (at_most_.has_room && !at_most_.has_room(bytes)) return false;
        try {
            sealing_ = std::make_unique<sealing>(sha256, path_of(sha256), bytes);
        } catch (const std::exception& e) {
            give_up(sha256, e);
            if (is_full(e)) return false;
        }
    }
    return true;
}

void store::finish_sealing(const carried_by& by) {
    const auto sha256 = sealing_->sha256;
    if (sealing_->read.hex() != sha256) throw std::runtime_error("its content does not have its hash any more: bring it back from a backup");
    sealing_->to->sync();
    const auto of = by(sha256);
    if (!of.erased() || remove_erased(sha256) == outcome::not_yet) put_in_place(of);
    std::error_code ignored;
    fs::remove(sealing_->beside, ignored);
    sealing_.reset();
}

// First its keys, then it; cut off between them it is in the clear as before. The room that it took is overwritten at the end.
void store::put_in_place(const carriers& by) {
    const std::lock_guard alone(changing_);
    auto& s = *sealing_;
    {
        std::lock_guard hold(mutex_);
        const auto found = blobs_.find(s.sha256);
        if (found == blobs_.end() || found->second.keys) return;
    }
    auto keys = keys_for(s.keys, s.sha256, by, *s.keys.open);
    const auto file = keys_file(keys_folder_, s.sha256);
    events::bytes::make_folder(file.parent_path());
    events::bytes::replace_file(file, to_text(keys));
    fs::last_write_time(s.beside, fs::last_write_time(s.content));
    {
        const std::unique_lock nobody_reads(replacing_);
        fs::rename(s.beside, s.content);
        std::lock_guard hold(mutex_);
        auto& k = blobs_.at(s.sha256);
        k.keys = std::move(keys);
        k.checked = changed_ns(s.content);
        // A rule may have asked for it meanwhile, and found it.
        k.at_hand = s.keys.open;
        for (const bool open : {false, true}) clear_.erase({open, s.sha256});
        unsettled_.insert(s.sha256);
    }
    events::bytes::sync_folder_of(s.content);
    s.from.overwrite();
}

/// It stays as it lies until the next start; where only the disk is full, until there is room.
void store::give_up(const std::string& sha256, const std::exception& why) {
    std::error_code ignored;
    fs::remove(path_of(sha256).string() + std::string(sealing_suffix), ignored);
    sealing_.reset();
    if (is_full(why)) return;
    {
        std::lock_guard hold(mutex_);
        for (const bool open : {false, true}) clear_.erase({open, sha256});
    }
    tell(path_of(sha256), std::string("it lies in the clear and could not be sealed: ") + why.what());
}

}  // namespace server::blobs
