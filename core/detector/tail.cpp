#include "core/detector/tail.hpp"

#include "core/detector/numbers.hpp"

#include <algorithm>

namespace core::detector {
namespace {

constexpr double per_octave = 4;
constexpr double lowest = -30;  // octaves: sizes below 2^-30 are none
constexpr double nothing = 1e-9;
constexpr double upper_share = 0.01;
constexpr double upper_least = 10;
constexpr double falls_least = 0.1;  // a mean of logarithms: no tail is taken to fall faster than size^-10
constexpr double rarest = 12;

double position(double size) {
    return size <= nothing ? 0 : std::clamp((log2_of(size) - lowest) * per_octave, 1.0, static_cast<double>(tail::bins) - 1.001);
}
double ln_at(double bin) { return (bin / per_octave + lowest) * ln2; }

}  // namespace

double tail::rarity(double size) const {
    if (seen < enough || size <= nothing) return 0;
    const auto bin = static_cast<std::size_t>(position(size));
    double reached = 0;
    for (std::size_t b = top; b >= bin; --b) reached += counts[b];
    const double counted = -log10_of((reached + 0.5) / (seen + 1.0));

    double upper = 0, sum = 0;
    std::size_t from = top;
    for (const double need = std::max(upper_least, upper_share * seen); from > 0; --from) {
        upper += counts[from];
        sum += counts[from] * (static_cast<double>(from) + 0.5);
        if (upper >= need) break;
    }
    const double beyond = ln_of(size) - ln_at(static_cast<double>(from));
    if (upper == 0 || beyond <= 0) return counted;
    const double falls = std::max((sum / upper - static_cast<double>(from)) / per_octave * ln2, falls_least);
    const double fitted = -log10_of(upper / seen) + beyond / falls * 0.434294481903251827651;
    return std::min(bin <= top ? std::min(fitted, counted) : fitted, rarest);
}

double tail::size_at(double rarity) const {
    double allowed = exp2_of(-rarity / 0.301029995663981195214) * seen;
    std::size_t b = top;
    for (; b > 0 && counts[b] <= allowed; --b) allowed -= counts[b];
    return seen == 0 || b == 0 ? 0 : exp_of(ln_at(static_cast<double>(b) + 1));
}

void tail::add(double size) {
    if (counts.empty()) counts.resize(bins);
    const auto bin = static_cast<std::size_t>(position(size));
    top = std::max(top, static_cast<std::uint16_t>(bin));
    ++counts[bin];
    ++seen;
}

}  // namespace core::detector
