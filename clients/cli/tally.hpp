#pragma once
// Checks the count of an election from its sealed ballots alone: every ballot is for exactly one nominee, their sums are
// what was opened, and the totals are what came out (D7). Formats and formulas are those of exponential ElGamal over
// ristretto255 (RFC 9496), as GET /api/v1/elections/{}/ballots gives them. Pure.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cli {

/// Binary, as they come out of base64.
struct counted_election {
    std::string key;
    std::vector<std::pair<std::uint64_t, std::string>> ballots;  ///< voter, sealed ballot
    std::vector<std::uint32_t> totals;                           ///< by nominee
    std::uint32_t invalid = 0;
    std::string proof;
};

enum class count_verdict { holds, bad_key, voted_twice, wrong_invalid, bad_opening, wrong_total };

struct checked_count {
    count_verdict verdict = count_verdict::holds;
    std::size_t nominee = 0;             ///< at fault, from 0
    std::vector<std::uint64_t> invalid;  ///< voters whose ballot is none
};
checked_count check_count(const counted_election& of);

}  // namespace cli
