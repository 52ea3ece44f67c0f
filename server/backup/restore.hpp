#pragma once
// A data folder from a backup, as it was at the backup's end, at a position or at a time. It is made beside and put in
// place once it is whole and proven. The log that comes of it goes on otherwise than the one that was backed up, so its
// history has a name of its own: clients that were ahead begin with a snapshot.
//
// Needs nothing but the folder: no server runs on what is restored, and none has to run elsewhere.

#include "server/backup/verify.hpp"

namespace server::backup {

struct wanted {
    std::filesystem::path folder;               ///< of the backups
    std::filesystem::path data;                 ///< to be made: empty, or not there
    std::optional<std::uint64_t> number;        ///< which backup; nothing: the newest, or the one that suits the moment
    std::optional<events::position> position;   ///< the last event to keep
    std::optional<events::instant> time;        ///< the same: the last one that is not later
    std::filesystem::path keys;                 ///< where they are now; empty: where the manifest says
    bool without_keys = false;                  ///< nothing personal and no attachment can be read
    std::vector<std::filesystem::path> checkpoints;  ///< signed ones from elsewhere that have to hold
    bool quick = false;                         ///< trusts the files' checksums; the events are not hashed again
};

struct restored {
    manifest from;
    events::position at;
    events::instant time{};         ///< of the last event
    std::string history;            ///< the new one
    std::uint64_t people = 0;       ///< whose keys came back
    bool index_was_made = false;    ///< none was old enough for so early a moment
    std::vector<std::string> held;  ///< the checkpoints that hold of what was restored
    std::vector<std::string> beyond;  ///< of the given ones, those of later events than were restored
    std::vector<events::election_id> uncountable;  ///< elections whose ballots can't be counted: their keys are in no backup
};

/// Throws events::cannot_go_on where `data` is what a restore that was cut off has left: nobody has proven it.
void refuse_half_restored(const std::filesystem::path& data);

/// Throws failure, and the exceptions of what it is made of. Nothing is left at `data` then.
restored restore(const wanted& what, const pace& at);

}  // namespace server::backup
