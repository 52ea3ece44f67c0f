#pragma once
// The sealing itself, with a key at hand. Any thread; each keeps prepared keys (at most 256 a direction,
// about 1 KB each) and random numbers of its own.

#include "events/catalog/id.hpp"
#include "events/catalog/uuid.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace events {

using secret_key = std::array<std::uint8_t, 32>;

/// From the system's random numbers; std::runtime_error where it gives none.
secret_key make_secret_key();

/// As keyring::seal and keyring::open have it.
std::string seal_with(const secret_key& key, std::string_view text, std::string_view bound_to);
std::optional<std::string> open_with(const secret_key& key, std::string_view sealed, std::string_view bound_to);

/// The first 64 bits of HMAC-SHA-256 (RFC 2104) over the three, never 0.
std::uint64_t mac_with(const secret_key& key, member_id actor, const uuid& command, std::uint64_t digest);

/// A random number other than 0.
std::uint64_t make_salt();

/// Overwrites a key that is not needed any more.
void forget(secret_key& key);

/// Tells every thread to drop what it has prepared for sealing and opening faster, when it next does either. To be
/// called when a key is destroyed.
void forget_prepared();

}  // namespace events
