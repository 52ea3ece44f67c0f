#pragma once
// What is looked after beside everything else, on a worker: the disk's room, accounts of who has left, files that documents
// carry; and how what was put right by itself is said.

#include "events/ending/ending.hpp"
#include "events/keys/file_keyring.hpp"
#include "server/blobs/store.hpp"
#include "server/engine/committed.hpp"
#include "server/engine/snapshots.hpp"
#include "server/identity/accounts.hpp"
#include "server/ops/disk.hpp"
#include "server/ops/health.hpp"
#include "server/ops/metrics.hpp"
#include "server/search/texts.hpp"
#include "server/wire/documents.hpp"

#include <boost/system/system_error.hpp>

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace server {

class upkeep {
public:
    /// All of them outlive this.
    upkeep(identity::accounts& accounts, events::file_keyring& keys, blobs::store& files, const wire::documents& read, ops::disk& disk, ops::health& health)
        : accounts_(accounts), keys_(keys), files_(files), read_(read), disk_(disk), health_(health) {}

    /// Any thread. Their account goes at the next each_second(), and where the disk does not do it, at a later one: whoever left
    /// can't sign in whatever becomes of it, as an account is asked for who it is of.
    void left(events::member_id who);
    /// The projector's thread: left(), for who left or was erased; and at the next each_second() files are read by the keys that what
    /// happened asks for, and those that only somebody who was erased had are removed.
    void published(const engine::committed& batch);

    void watch(ops::metrics& metrics) const;

    // A worker.

    void each_second();
    /// What documents carry has to be there; said where it is not.
    void check_files() const;

private:
    void remove_departed();
    void settle_files();
    void look_after_keys();

    identity::accounts& accounts_;
    events::file_keyring& keys_;
    blobs::store& files_;
    const wire::documents& read_;
    ops::disk& disk_;
    ops::health& health_;
    std::mutex mutex_;
    std::vector<events::member_id> departures_;
    std::vector<events::member_id> erasures_;
    std::string failed_;           ///< why files could not be settled, as was said last
    std::string keys_failed_;      ///< why a key could not be written again, as was said last
    std::size_t said_clear_ = 0;   ///< how many files lay in the clear, as was said last
    std::atomic<bool> was_full_{false};
};

/// How far search is, and what it takes.
void watch(ops::metrics& metrics, const search::texts& texts);

// Log lines of what nobody asked for, and should know.
void say_mended(std::string_view what, std::string_view why);
void say_key_lost(events::member_id who, const std::string& file, const std::string& why);
void say_file_damaged(const std::string& file, const std::string& why);
void say_of_search(const std::string& why);
void say_of_snapshot(const engine::snapshot_report& r);
void say_no_moment(std::string_view why);

/// The last line where the address can't be had.
events::cannot_go_on no_address(const std::string& where, const boost::system::system_error& why);

}  // namespace server
