#pragma once
// A checkpoint (C2SP tlog-checkpoint) states how long the log was and what its root was, over a signature.

#include "events/proof/hash.hpp"
#include "events/proof/note.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace events::proof {

struct checkpoint {
    std::string origin;  ///< which log; the signing key's name
    std::uint64_t size = 0;
    hash root{};

    bool operator==(const checkpoint&) const = default;
};

/// The note's text: origin, size and base64 root, a line each.
std::string to_text(const checkpoint& c);

/// Lines past the third are allowed and passed over.
boost::system::result<checkpoint> parse_checkpoint(std::string_view text);

/// A whole signed note. The origin is the signer's name.
std::string sign_checkpoint(std::uint64_t size, const hash& root, const note_signer& by);

/// The checkpoint in `note`, if `by` signed it and its origin is theirs.
boost::system::result<checkpoint> verify_checkpoint(std::string_view note, const note_verifier& by);

/// The log's signing key from `file`; makes it, named `origin`, where there is none yet. The file is
/// readable by its owner only. An existing key keeps the name that it was made with.
/// Throws boost::system::system_error where it can't be read or written, and std::runtime_error, saying
/// what to do, where it is damaged.
note_signer open_signing_key(const std::filesystem::path& file, std::string_view origin);

}  // namespace events::proof
