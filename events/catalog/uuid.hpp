#pragma once
// A command's id: a UUID (RFC 9562), chosen by the client. Version 7 is advised: it sorts by time, so
// the index of commands grows at its end. The server takes any version.

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace events {

struct uuid {
    std::array<std::uint8_t, 16> bytes{};

    constexpr auto operator<=>(const uuid&) const = default;
};

/// Parses the 36-character form, upper or lower case. Nothing else is taken.
std::optional<uuid> parse_uuid(std::string_view text);

/// Writes the 36-character lower-case form to `out` (no terminating zero).
void write_uuid(const uuid& u, char* out);

std::string to_string(const uuid& u);

/// Version 7 from a Unix time in milliseconds and 80 bits of which 74 are used.
uuid make_uuid_v7(std::uint64_t unix_ms, const std::array<std::uint8_t, 10>& random);

}  // namespace events
