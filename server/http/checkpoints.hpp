#pragma once
// Signed checkpoints of the log, kept so that a later verification can hold the log against them.

#include "events/catalog/value.hpp"
#include "events/log/log.hpp"
#include "events/log/verify.hpp"
#include "events/proof/checkpoint.hpp"

#include <optional>
#include <string>
#include <vector>

namespace server::http {

/// A checkpoint of the log as far as proofs go, signed, and kept.
std::string sign_and_keep(events::log& log, const events::proof::note_signer& signer);

/// Those that are kept, by what they are good for. A damaged file vouches for nothing, and so does one that is signed with another key:
/// neither says that the log was rewritten.
struct kept_checkpoints {
    std::vector<events::known_root> ours;  ///< with a good signature: they vouch for their roots
    struct other {
        std::string file;
        std::string key;  ///< "name+hexkeyid"
        events::proof::checkpoint says;
    };
    std::vector<other> others;
    std::vector<std::string> damaged;  ///< "kept/checkpoint-7 (why)"
};
kept_checkpoints look_at_checkpoints(const events::log& log, const events::proof::note_verifier& by);

/// Where some are signed with another key, as the log's was lost or changed: which one, since when, whether the log fits them by its
/// hashes all the same, and what to do.
std::optional<events::bilingual> about_other_keys(const kept_checkpoints& kept, const events::log& log, const events::proof::note_verifier& by);

/// What is wrong with them, a line each. Quick: it goes by the tree, and not by the events.
std::vector<std::string> contradictions(const events::log& log, const events::proof::note_verifier& by);

}  // namespace server::http
