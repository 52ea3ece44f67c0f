#pragma once
// One backup of a running server, added to a folder that may hold others: the databases, then what may lie beside them as
// long as it is not older (accounts, attachments, keys), then the manifest. Nothing waits for it but for the disk.

#include "events/keys/keyring.hpp"
#include "events/proof/note.hpp"
#include "server/backup/copying.hpp"
#include "server/identity/accounts.hpp"

namespace events {
class rocksdb_log;
}

namespace server::backup {

/// What is backed up. Outlives the call.
struct source {
    const events::rocksdb_log& log;
    const events::proof::note_signer& signer;
    const identity::accounts& accounts;
    std::filesystem::path data;
    std::string history;
    std::string settings;  ///< as a configuration file
    std::string version;
    const events::keyring* people = nullptr;  ///< opens attachments that are sealed; null: they are taken as they lie
    std::function<bool(const std::string& sha256)> erased{};  ///< whether an attachment was of people who were erased; empty: not known
};

struct target {
    std::filesystem::path folder;
    std::filesystem::path keys;  ///< empty: `folder`/keys
    std::size_t keep = 0;        ///< how many backups stay, the newest; 0: all
};

struct created {
    manifest what;
    std::vector<events::member_id> keys_destroyed;  ///< of people who were erased since the last backup here
    std::vector<std::string> damaged;               ///< attachments that are not what they were, and were left out
};

/// Throws failure, and the exceptions of what it is made of, where it did not come about: the ones before are whole then.
created create(const source& from, const target& to, const pace& at, events::instant now);

/// Whether the folder is given or takes what another log's backups lie in: nothing, or why not.
void check_owner(const std::filesystem::path& folder, const std::string& verifier);

}  // namespace server::backup
