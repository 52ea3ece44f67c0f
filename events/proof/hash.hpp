#pragma once
#include <array>
#include <cstdint>

namespace events::proof {
/// SHA-256.
using hash = std::array<std::uint8_t, 32>;
}  // namespace events::proof
