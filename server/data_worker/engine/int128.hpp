#pragma once
// Whole numbers of up to 38 digits, as the engine keeps decimals.

#include <cstdint>
#include <string>

namespace data_worker {

__extension__ using int128 = __int128;
__extension__ using uint128 = unsigned __int128;

/// The engine keeps decimals of up to 18 digits in half the room, and reads them some forty times as fast as longer ones.
constexpr int narrow_digits = 18, wide_digits = 38;
constexpr bool is_narrow(int128 units) {
    constexpr std::int64_t end = 1'000'000'000'000'000'000;
    return units > -end && units < end;
}

/// Of so many units of 10^-places: 123450 of 2 is "1234.50".
inline std::string decimal_text(int128 units, unsigned places) {
    const bool below = units < 0;
    auto left = below ? -static_cast<uint128>(units) : static_cast<uint128>(units);
    char text[64];
    char* at = text + sizeof text;
    unsigned written = 0;
    const auto digit = [&](int n) {
        if (written == places && places > 0) *--at = '.';
        *--at = static_cast<char>('0' + n);
        ++written;
    };
    for (; left > UINT64_MAX; left /= 10) digit(static_cast<int>(left % 10));
    // The rest by the machine's own division, which is several times as fast.
    for (auto rest = static_cast<std::uint64_t>(left); rest > 0 || written <= places; rest /= 10) digit(static_cast<int>(rest % 10));
    if (below) *--at = '-';
    return {at, static_cast<std::size_t>(text + sizeof text - at)};
}

}  // namespace data_worker
