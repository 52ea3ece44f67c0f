#include "server/upkeep.hpp"

#include "server/ops/logging.hpp"
#include "server/wire/attachments.hpp"

#include <algorithm>
#include <utility>

namespace server {
namespace {

constexpr std::uint64_t sealed_a_second_bytes = 32u << 20;  ///< of files from before they were sealed

}  // namespace

void say_mended(std::string_view what, std::string_view why) { ops::log_warning("mended", {{"file", what}, {"why", why}}); }

void say_key_lost(events::member_id who, const std::string& file, const std::string& why) {
    if (who == events::the_installation) return ops::log_warning("the key of digests was not there", {{"file", file}, {"why", why}});
    ops::log_error("the key of a person can't be used: what is sealed with it can't be read until that is mended",
                   {{"member", who.value}, {"file", file}, {"why", why}});
}

void say_file_damaged(const std::string& file, const std::string& why) { ops::log_error("a file is damaged", {{"file", file}, {"why", why}}); }

events::cannot_go_on no_address(const std::string& where, const boost::system::system_error& why) {
    const auto reason = where + " (" + why.code().message() + ")";
    return {events::ending::no_address, {"无法监听 " + reason + "：请停止占用它的程序，或用 --listen-address、--listen-port 换一个",
                                         "can't listen on " + reason + ": stop what listens there, or choose another with --listen-address, --listen-port"}};
}

void say_of_search(const std::string& why) { ops::log_error("search could not go on, and tries again from what it kept", {{"why", why}}); }

void say_of_snapshot(const engine::snapshot_report& r) {
    if (r.failed.empty()) ops::log_info("snapshot kept", {{"position", r.at.value}, {"bytes", r.bytes}, {"took_ms", r.took.count()}});
    else ops::log_warning("no snapshot", {{"position", r.at.value}, {"why", r.failed}});
}

void say_no_moment(std::string_view why) { ops::log_warning("no moment of the past kept", {{"why", why}}); }

void upkeep::left(events::member_id who) {
    const std::lock_guard hold(mutex_);
    departures_.push_back(who);
}

void upkeep::published(const engine::committed& batch) {
    if (const auto attached = wire::attached_in(batch); !attached.empty()) files_.look_again(attached);
    for (const auto& e : batch.events) {
        const auto* about = events::get_if<events::member::any>(&e.what.event);
        const events::member_id who{e.what.envelope.stream.number};
        if (!about) continue;
        const bool erased = std::holds_alternative<events::member::erased>(*about);
        if (erased || std::holds_alternative<events::member::left>(*about)) left(who);
        if (!erased) continue;
        const std::lock_guard hold(mutex_);
        erasures_.push_back(who);
    }
}

void upkeep::watch(ops::metrics& metrics) const {
    metrics.watch_gauge("opsroom_files_in_the_clear", "Attachments from before they were sealed that have yet to be.",
                        [this] { return static_cast<double>(files_.in_the_clear()); });
    metrics.watch_gauge("opsroom_disk_free_bytes", "Free on the disk of the data folder, without the reserve.",
                        [this] { return static_cast<double>(disk_.free_bytes()); });
    metrics.watch_gauge("opsroom_disk_full", "1 while nothing is taken because the disk is full.", [this] { return disk_.full() ? 1.0 : 0.0; });
}

void watch(ops::metrics& metrics, const search::texts& texts) {
    const auto gauge = [&](const char* name, const char* help, auto value) { metrics.watch_gauge(name, help, [value] { return static_cast<double>(value()); }); };
    gauge("opsroom_search_position", "Position that the search index has reached.", [&texts] { return texts.follower.position().value; });
    gauge("opsroom_search_behind_events", "Events that the search index has yet to take in.", [&texts] { return texts.follower.behind(); });
    gauge("opsroom_search_text_bytes", "Text that can be searched.", [&texts] { return texts.in.bytes_of_text(); });
    gauge("opsroom_search_disk_bytes", "What the search index takes on the disk.", [&texts] { return texts.in.bytes_on_disk(); });
    metrics.watch_counter("opsroom_search_let_go_total", "Texts that can't be searched any more, as a bound was reached.",
                          [&texts] { return static_cast<double>(texts.in.let_go()); });
}

void upkeep::each_second() {
    disk_.look_after();
    const bool full = disk_.full();
    health_.read_only(full);
    if (was_full_.exchange(full) != full)
        ops::log_warning(full ? "the disk is full: nothing new is taken until there is room" : "there is room on the disk again",
                         {{"free_bytes", disk_.free_bytes()}});
    remove_departed();
    if (!full) {
        look_after_keys();
        settle_files();
    }
    accounts_.tick();
}

// Somebody took it away meanwhile: what is sealed with it would be lost with the process.
void upkeep::look_after_keys() {
    try {
        for (const auto who : keys_.write_again()) ops::log_warning("the key of a person was gone from the folder while it was in use, and was written again", {{"member", who.value}});
        keys_failed_.clear();
    } catch (const std::exception& e) {  // it has its turn again
        if (std::exchange(keys_failed_, e.what()) != e.what()) ops::log_error("the key of a person is gone from the folder, and can't be written again yet", {{"why", e.what()}});
    }
}

void upkeep::settle_files() {
    std::vector<events::member_id> gone;
    {
        const std::lock_guard hold(mutex_);
        gone.swap(erasures_);
    }
    for (const auto who : gone) files_.look_again_for(who);
    try {
        files_.settle(sealed_a_second_bytes, [this](const std::string& sha256) { return wire::carriers_of(read_, sha256); });
        failed_.clear();
    } catch (const std::exception& e) {  // it has its turn again
        if (std::exchange(failed_, e.what()) != e.what()) ops::log_warning("the keys of a file could not be changed yet", {{"why", e.what()}});
    }
    const auto clear = files_.in_the_clear();
    if (clear == 0 && said_clear_ > 0) ops::log_info("files from before they were sealed are sealed now", {{"count", said_clear_}});
    if (clear > 0 && said_clear_ == 0) ops::log_info("files from before they were sealed are being sealed", {{"count", clear}});
    said_clear_ = clear == 0 ? 0 : std::max(said_clear_, clear);
}

void upkeep::remove_departed() {
    std::vector<events::member_id> gone;
    {
        const std::lock_guard hold(mutex_);
        gone.swap(departures_);
    }
    for (std::size_t i = 0; i < gone.size(); ++i) {
        try {
            accounts_.remove(gone[i]);
        } catch (const std::exception& e) {
            ops::log_warning("the account of somebody who left could not be removed yet", {{"member", gone[i].value}, {"why", e.what()}});
            const std::lock_guard hold(mutex_);
            departures_.insert(departures_.end(), gone.begin() + static_cast<std::ptrdiff_t>(i), gone.end());
            return;
        }
    }
}

void upkeep::check_files() const {
    std::vector<std::string> carried;
    read_.views().read([&](const core::views::views& v, events::position) { v.attachments.each([&](const std::string& sha256) { carried.push_back(sha256); }); });
    std::size_t gone = 0;
    std::string one;
    for (const auto& sha256 : carried)
        if (!files_.find(sha256) && !files_.unusable(sha256) && !wire::carriers_of(read_, sha256).erased()) {
            ++gone;
            one = sha256;
        }
    if (gone > 0)
        ops::log_error("attachments are gone: bring blobs back from a backup", {{"count", gone}, {"file", "blobs/" + one.substr(0, 2) + '/' + one.substr(2)}});
}

events::cannot_go_on why_it_ended(const std::exception& failed) {
    const auto* known = dynamic_cast<const boost::system::system_error*>(&failed);
    if (!known || known->code().category() != identity::category()) return events::what_ended(failed, "");
    using enum identity::error;
    const auto why = static_cast<identity::error>(known->code().value());
    const auto words = identity::explain(why);
    const auto code = why == locked ? events::ending::in_use
                      : why == newer_version ? events::ending::newer_version
                      : why == no_room ? events::ending::disk_full
                      : why == io_failed ? events::ending::no_access
                                         : events::ending::damaged;
    // Boost says the category's own words once more.
    const std::string what = failed.what();
    const auto detail = what.substr(0, what.rfind(": " + std::string(words.en)));
    return {code, {std::string(words.zh) + "（" + detail + "）", std::string(words.en) + " (" + detail + ")"}};
}

}  // namespace server
