#pragma once
// Secret ballots with a count that can be checked (S6.4.3, D7): exponential ElGamal over ristretto255 (RFC 9496).
//
// A ballot has, for each nominee, an encryption of 1 (chosen) or 0, a proof that it is one of the two, and a proof that
// they add up to 1. Encryptions can be added without being opened: only the sum for each nominee ever is, with a proof
// that it was opened rightly. The proofs are Chaum and Pedersen's of equal logarithms and Cramer, Damgård and
// Schoenmakers' of one or the other, made non-interactive by Fiat and Shamir over SHA-512, bound to the election's key
// and the voter.
//
// Formats, all binary, points and scalars of 32 bytes:
//   ballot   for each nominee A B c0 c1 z0 z1, then c z
//   proof    for each nominee D c z
//
// Pure but for the randomness that is handed in. Any thread. Needs sodium_init().

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace server::ballots {

struct scalar : std::array<unsigned char, 32> {};
struct point : std::array<unsigned char, 32> {};

/// Fills the bytes: from the system's generator, or from a seed where a history has to be played again.
using randomness = std::function<void(std::span<unsigned char>)>;
/// The system's.
randomness system_randomness();

struct key_pair {
    scalar secret;
    point open;
};
key_pair make_keys(const randomness& random);
/// Nothing where it is none: a group element that is not the identity.
std::optional<point> read_key(std::string_view bytes);

inline constexpr std::size_t nominees_max = 60;

/// A sealed ballot for nominee number `choice`, from 0, of `nominees`, in the name of `voter`.
std::string seal(const point& key, std::uint64_t voter, std::size_t choice, std::size_t nominees, const randomness& random);

/// Whether it is a ballot of this voter for exactly one of so many nominees.
bool is_ballot(std::string_view ballot, const point& key, std::uint64_t voter, std::size_t nominees);

struct sealed_ballot {
    std::uint64_t voter;
    std::string bytes;
};
struct tally {
    std::vector<std::uint32_t> votes;  ///< by nominee
    std::uint32_t invalid = 0;         ///< ballots that are none
    std::string proof;
};
/// Opens the sums. Nothing where the secret is not that of the key.
std::optional<tally> count(const key_pair& keys, std::span<const sealed_ballot> ballots, std::size_t nominees, const randomness& random);

}  // namespace server::ballots
