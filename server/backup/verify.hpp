#pragma once
// Proves a backup: every file is what it was, every event is one and in its place, and together they have the root that
// was signed. Nothing of the server is needed, and nothing is written.

#include "events/log/verify.hpp"
#include "events/proof/note.hpp"
#include "server/backup/copying.hpp"

#include <optional>

namespace server::backup {

struct verified {
    std::uint64_t number = 0;
    std::uint64_t events = 0;
    std::uint64_t files = 0;
    std::vector<failure> wrong;  ///< at most some; nothing: it is whole
};

/// `known`: what else has to hold of the log, such as old checkpoints; those beyond the backup say nothing of it.
verified verify(const std::filesystem::path& folder, const manifest& which, std::span<const events::known_root> known, const pace& at);

/// The checkpoints that were kept with it, and its own, by whoever the folder's backups are of.
std::vector<events::known_root> known_roots(const std::filesystem::path& folder, const manifest& which);

/// Of a file with a signed checkpoint. Throws failure where it is none, or not by them.
events::known_root read_checkpoint(const std::filesystem::path& file, const events::proof::note_verifier& by);

events::proof::note_verifier verifier_of(const std::filesystem::path& folder);

}  // namespace server::backup
