#pragma once
// Whole numbers of up to 38 digits, as the engine keeps decimals.

#include <string>

namespace data_worker {

__extension__ using int128 = __int128;
__extension__ using uint128 = unsigned __int128;

/// Of so many units of 10^-places: 123450 of 2 is "1234.50".
inline std::string decimal_text(int128 units, unsigned places) {
    const bool below = units < 0;
    auto left = below ? -static_cast<uint128>(units) : static_cast<uint128>(units);
    char text[64];
    char* at = text + sizeof text;
    unsigned written = 0;
    do {
        if (written == places && places > 0) *--at = '.';
        *--at = static_cast<char>('0' + static_cast<int>(left % 10));
        left /= 10;
        ++written;
    } while (left > 0 || written <= places);
    if (below) *--at = '-';
    return {at, static_cast<std::size_t>(text + sizeof text - at)};
}

}  // namespace data_worker
