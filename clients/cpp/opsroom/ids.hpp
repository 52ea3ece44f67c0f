#pragma once
// Command ids (RFC 9562).

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace opsroom {

/// Version 7: the time and 74 random bits. Sorts by time.
std::string new_uuid();

/// The same, of a given Unix time in milliseconds and given random bytes.
std::string make_uuid_v7(std::uint64_t unix_ms, const std::array<std::uint8_t, 10>& random);

/// Version 8: the same for the same two texts, for ever. A command that is named by what it answers, or is made of, is given once
/// however often a program begins anew.
std::string uuid_of(std::string_view kind, std::string_view content);

/// The 36-character form.
bool is_uuid(std::string_view text);

/// Fills `size` bytes from the system.
void fill_random(void* bytes, std::size_t size);

}  // namespace opsroom
