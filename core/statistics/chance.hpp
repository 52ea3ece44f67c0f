#pragma once
// Numbers that look random and are the same on every run: of a seed that stands in the answer (SplitMix64; Steele, Lea and Flood 2014).

#include <cstddef>
#include <cstdint>

namespace core::statistics {

class chance {
public:
    explicit chance(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        auto z = state_ += 0x9E3779B97F4A7C15ull;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }
    /// 0 ≤ x < 1.
    double share() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    /// 0 … n − 1. What it is off by for so few is far below what is asked of it.
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }

private:
    std::uint64_t state_;
};

}  // namespace core::statistics
