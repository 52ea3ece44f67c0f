#pragma once
// Logarithms from additions, multiplications and divisions alone. Those round the same everywhere (IEEE 754), while what a machine's
// library makes of log() may differ in the last digit, and with it a score that is replayed elsewhere.

#include <bit>
#include <cmath>
#include <cstdint>

namespace core::detector {

inline constexpr double ln2 = 0.693147180559945309417;

/// log2 of a positive normal number, to about 1e-15; of anything else as of the smallest of them.
/// ln m = 2 artanh((m - 1) / (m + 1)), with m in [sqrt(1/2), sqrt(2)): Abramowitz & Stegun 4.1.27.
constexpr double log2_of(double x) {
    constexpr double smallest = 2.2250738585072014e-308;
    if (!(x > smallest)) x = smallest;
    const auto bits = std::bit_cast<std::uint64_t>(x);
    auto exponent = static_cast<int>(bits >> 52 & 0x7ff) - 1023;
    auto m = std::bit_cast<double>((bits & 0xf'ffff'ffff'ffffULL) | 0x3ff0'0000'0000'0000ULL);
    if (m > 1.41421356237309504880) {
        m *= 0.5;
        ++exponent;
    }
    const double u = (m - 1) / (m + 1), square = u * u;
    double sum = 0;
    for (int k = 21; k >= 1; k -= 2) sum = sum * square + 1.0 / k;
    return exponent + 2 * u * sum / ln2;
}

constexpr double ln_of(double x) { return log2_of(x) * ln2; }
constexpr double log10_of(double x) { return log2_of(x) * 0.301029995663981195214; }

/// 2 to the power of x, for |x| < 1000: the series of e^(f ln 2) for the fraction, the exponent's bits for the rest.
inline double exp2_of(double x) {
    const double whole = std::floor(x + 0.5), f = (x - whole) * ln2;
    double sum = 1;
    for (int k = 18; k >= 1; --k) sum = 1 + sum * f / k;
    return sum * std::bit_cast<double>(static_cast<std::uint64_t>(static_cast<int>(whole) + 1023) << 52);
}
inline double exp_of(double x) { return exp2_of(x / ln2); }

}  // namespace core::detector
