#include "server/upkeep.hpp"

#include "server/ops/logging.hpp"

namespace server {

void say_mended(std::string_view what, std::string_view why) { ops::log_warning("mended", {{"file", what}, {"why", why}}); }

void say_key_lost(events::member_id who, const std::string& file, const std::string& why) {
    ops::log_error("the key of a person is lost: what is sealed with it can't be read until it is brought back from a backup",
                   {{"member", who.value}, {"file", file}, {"why", why}});
}

void say_file_damaged(const std::string& file, const std::string& why) { ops::log_error("a file is damaged", {{"file", file}, {"why", why}}); }

events::cannot_go_on no_address(const std::string& where, const boost::system::system_error& why) {
    const auto reason = where + " (" + why.code().message() + ")";
    return {events::ending::no_address, {"无法监听 " + reason + "：请停止占用它的程序，或用 --listen-address、--listen-port 换一个",
                                         "can't listen on " + reason + ": stop what listens there, or choose another with --listen-address, --listen-port"}};
}

void upkeep::left(events::member_id who) {
    const std::lock_guard hold(mutex_);
    departures_.push_back(who);
}

void upkeep::watch(ops::metrics& metrics) const {
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
    accounts_.tick();
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
        if (!files_.find(sha256)) {
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
