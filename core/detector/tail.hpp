#pragma once
// How rare a size is among all sizes of its kind that were seen: counts by quarter octaves, and beyond the largest of them a tail that
// falls as the upper hundredth did.

#include <boost/describe/class.hpp>

#include <cstdint>
#include <vector>

namespace core::detector {

struct tail {
    static constexpr std::size_t bins = 320;  ///< from 2^-30 to 2^50; the first is for what is smaller
    static constexpr unsigned enough = 50;    ///< sizes, before any is called rare

    std::vector<std::uint32_t> counts;  ///< none yet, or one a bin
    std::uint32_t seen = 0;
    std::uint16_t top = 0;  ///< the highest bin that anything was counted in

    /// -log10 of the share of sizes that reach `size`: 2 is one in a hundred. 0 for no size at all, and before enough were seen.
    /// At most 12.
    ///
    /// Up to the largest that was seen it is the share that was counted. Beyond, the size's logarithm is taken to fall off
    /// exponentially: a Pareto tail by Hill's estimator (Hill 1975, Annals of Statistics 3:1163) over the upper hundredth, ten at least.
    double rarity(double size) const;
    /// The smallest size, to a quarter octave, that at most one in 10^`rarity` exceeded.
    double size_at(double rarity) const;
    void add(double size);
    /// What was read is a tail.
    bool is_sound() const { return counts.empty() ? seen == 0 && top == 0 : counts.size() == bins && top < bins; }

    bool operator==(const tail&) const = default;
};
BOOST_DESCRIBE_STRUCT(tail, (), (counts, seen, top))

}  // namespace core::detector
