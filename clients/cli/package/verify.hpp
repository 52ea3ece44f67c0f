#pragma once
// Whether a sealed package is what the server sealed, checked here: with the log's public key and nothing else.

#include "clients/cli/client.hpp"
#include "clients/cli/package/file.hpp"

#include <functional>
#include <string>

namespace cli::package {

struct verified {
    json manifest;
    std::uint64_t events = 0;
    std::uint64_t vouched = 0;  ///< of these, whose words the seal alone vouches for
    std::uint64_t files = 0;
    std::string origin;      ///< of the checkpoint
    std::uint64_t size = 0;  ///< events that it is about
};

/// Throws `failure` (conflict) with the first thing that does not hold. `progress` is told bytes looked at, of how many.
///
/// Every byte is held against something: what lies between the parts against the one form that it can have, each part against
/// its hash in the manifest, the manifest against the seal, the seal against the key; and each event, besides, against the
/// checkpoint by its proof.
verified verify(const std::string& path, const std::string& key, const std::function<void(std::uint64_t, std::uint64_t)>& progress);

/// The name of the key that sealed it, by what it says itself.
std::string sealer_of(const std::string& path);

/// Whether it was sealed with this key; several logs may have one of the same name.
bool is_sealed_by(const std::string& path, const std::string& key);

}  // namespace cli::package
