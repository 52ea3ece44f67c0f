#include "events/catalog/uuid.hpp"

#include <algorithm>

namespace events {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";

constexpr int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

constexpr bool dash_before(int byte) { return byte == 4 || byte == 6 || byte == 8 || byte == 10; }

}  // namespace

std::optional<uuid> parse_uuid(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    uuid u;
    const char* at = text.data();
    for (int i = 0; i < 16; ++i) {
        if (dash_before(i) && *at++ != '-') return std::nullopt;
        const int high = hex_value(at[0]);
        const int low = hex_value(at[1]);
        if (high < 0 || low < 0) return std::nullopt;
        u.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
        at += 2;
    }
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
