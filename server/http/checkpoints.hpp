#pragma once
// Signed checkpoints of the log, kept so that a later verification can hold the log against them.

#include "events/log/log.hpp"
#include "events/log/verify.hpp"
#include "events/proof/checkpoint.hpp"

#include <string>
#include <vector>

namespace server::http {

/// A checkpoint of the log as far as proofs go, signed, and kept.
std::string sign_and_keep(events::log& log, const events::proof::note_signer& signer);

/// The roots that kept checkpoints with a good signature vouch for.
std::vector<events::known_root> known_roots(const events::log& log, const events::proof::note_verifier& by);

/// Kept checkpoints that this log does not fit, a line each: which, and why. Quick: it goes by the tree, and not by the events.
std::vector<std::string> contradictions(const events::log& log, const events::proof::note_verifier& by);

}  // namespace server::http
