#pragma once
// The Merkle tree's proofs (RFC 9162), checked here and not believed.

#include "clients/cli/client.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// Of one entry's bytes.
hash leaf_hash(std::string_view entry);

/// The root that a tree of `size` leaves has, if `leaf` is its `index`th (from 0) and `path` its proof. Nothing where
/// the proof does not fit such a tree.
std::optional<hash> root_by_inclusion(const hash& leaf, std::uint64_t index, std::uint64_t size, const std::vector<hash>& path);

/// Whether `path` proves that the tree of `new_size` leaves with `new_root` begins with the one of `old_size` with
/// `old_root`.
bool is_extension(std::uint64_t old_size, const hash& old_root, std::uint64_t new_size, const hash& new_root,
                  const std::vector<hash>& path);

struct checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    hash root{};
};

/// Whether the note (C2SP signed note) carries a good Ed25519 signature by `key`, which is written
/// "name+hexkeyid+base64(0x01 ‖ public key)". Nothing where that is not a key.
std::optional<bool> is_signed_by(std::string_view note, std::string_view key);

/// The first three lines of a C2SP checkpoint; the signatures below them are `is_signed_by`'s.
std::optional<checkpoint> parse_checkpoint(std::string_view note);

std::optional<hash> parse_base64_hash(std::string_view text);
/// 64 lower-case digits.
std::optional<hash> parse_hex_hash(std::string_view text);

}  // namespace cli
