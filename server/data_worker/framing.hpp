#pragma once
// Messages on a pipe: their length in 4 bytes, the least first, and then so many bytes.

#include <cstddef>
#include <optional>
#include <string>

namespace data_worker {

inline constexpr std::size_t frame_bytes_max = 64u << 20;

/// Nothing where the other side has ended. Throws `trouble` (too_large, unreadable) where it can't go on.
std::optional<std::string> read_frame(int from, std::size_t bytes_max = frame_bytes_max);
/// False where the other side is gone.
bool write_frame(int to, const std::string& bytes);

}  // namespace data_worker
