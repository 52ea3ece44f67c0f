#include "events/catalog/uuid.hpp"

#include <algorithm>

namespace events {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";

// What each character stands for; a bit above the digits where it stands for none. Digits and letters come in no order
// that a branch could be guessed from, and a log that is read again has a million of these.
constexpr std::uint8_t no_digit = 0x80;
constexpr auto hex_values = [] {
    std::array<std::uint8_t, 256> t{};
    t.fill(no_digit);
    for (std::uint8_t i = 0; i < 16; ++i) t[static_cast<unsigned char>(hex_digits[i])] = i;
    for (std::uint8_t i = 10; i < 16; ++i) t[static_cast<unsigned char>(hex_digits[i] - 'a' + 'A')] = i;
    return t;
}();

constexpr bool dash_before(int byte) { return byte == 4 || byte == 6 || byte == 8 || byte == 10; }

}  // namespace

std::optional<uuid> parse_uuid(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    uuid u;
    const char* at = text.data();
    std::uint8_t wrong = 0;
    for (int i = 0; i < 16; ++i) {
        if (dash_before(i) && *at++ != '-') return std::nullopt;
        const auto high = hex_values[static_cast<unsigned char>(at[0])];
        const auto low = hex_values[static_cast<unsigned char>(at[1])];
        wrong |= high | low;
        u.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
        at += 2;
    }
    if (wrong & no_digit) return std::nullopt;
    return u;
}

void write_uuid(const uuid& u, char* out) {
    for (int i = 0; i < 16; ++i) {
        if (dash_before(i)) *out++ = '-';
        *out++ = hex_digits[u.bytes[i] >> 4];
        *out++ = hex_digits[u.bytes[i] & 15];
    }
}

std::string to_string(const uuid& u) {
    std::string text(36, '\0');
    write_uuid(u, text.data());
    return text;
}

uuid make_uuid_v7(std::uint64_t unix_ms, const std::array<std::uint8_t, 10>& random) {
    uuid u;
    for (int i = 0; i < 6; ++i) u.bytes[i] = static_cast<std::uint8_t>(unix_ms >> (40 - 8 * i));
    std::copy(random.begin(), random.end(), u.bytes.begin() + 6);
    u.bytes[6] = static_cast<std::uint8_t>((u.bytes[6] & 0x0f) | 0x70);
    u.bytes[8] = static_cast<std::uint8_t>((u.bytes[8] & 0x3f) | 0x80);
    return u;
}

}  // namespace events
