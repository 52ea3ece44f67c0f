#pragma once
// Real numbers in the compact form of archive.hpp: as their bits, so that what is read back is the same to the last of them.

#include "core/kernel/archive.hpp"

#include <bit>
#include <cstdint>

namespace core::archive {

inline void write(writer& w, double x) {
    const auto bits = std::bit_cast<std::uint64_t>(x);
    char bytes[8];
    for (unsigned i = 0; i < 8; ++i) bytes[i] = static_cast<char>(bits >> 8 * i);
    w.bytes({bytes, 8});
}
inline void read(reader& r, double& x) {
    std::uint64_t bits = 0;
    const auto bytes = r.bytes(8);
    for (unsigned i = 0; i < bytes.size(); ++i) bits |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << 8 * i;
    x = std::bit_cast<double>(bits);
}

inline void write(writer& w, float x) { w.number(std::bit_cast<std::uint32_t>(x)); }
inline void read(reader& r, float& x) {
    std::uint32_t bits = 0;
    read(r, bits);
    x = std::bit_cast<float>(bits);
}

}  // namespace core::archive
