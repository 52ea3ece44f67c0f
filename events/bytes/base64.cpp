#include "events/bytes/base64.hpp"

#include <array>
#include <cstdint>

namespace events::bytes {
namespace {

constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint32_t bad = 1u << 24;  // never among the bits of four good characters

/// Two characters at a time, for each 12 bits: this is on the way of every sealed event.
constexpr auto pairs = [] {
    std::array<std::array<char, 2>, 4096> table{};
    for (std::size_t bits = 0; bits < table.size(); ++bits) table[bits] = {alphabet[bits >> 6], alphabet[bits & 63]};
    return table;
}();

constexpr auto values = [] {
    std::array<std::uint32_t, 256> table{};
    table.fill(bad);
    for (std::uint32_t v = 0; v < 64; ++v) table[static_cast<unsigned char>(alphabet[v])] = v;
    return table;
}();

std::uint32_t octet(std::string_view bytes, std::size_t i) { return static_cast<unsigned char>(bytes[i]); }
std::uint32_t value(std::string_view text, std::size_t i) { return values[static_cast<unsigned char>(text[i])]; }

}  // namespace

std::string to_base64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4, '=');
    char* out = text.data();
    std::size_t i = 0;
    for (; i + 3 <= bytes.size(); i += 3, out += 4) {
        const auto bits = octet(bytes, i) << 16 | octet(bytes, i + 1) << 8 | octet(bytes, i + 2);
        const auto high = pairs[bits >> 12];
        const auto low = pairs[bits & 4095];
        out[0] = high[0];
        out[1] = high[1];
        out[2] = low[0];
        out[3] = low[1];
    }
    if (i < bytes.size()) {
        const bool two = i + 2 == bytes.size();
        const auto bits = octet(bytes, i) << 16 | (two ? octet(bytes, i + 1) << 8 : 0);
        out[0] = alphabet[bits >> 18];
        out[1] = alphabet[bits >> 12 & 63];
        if (two) out[2] = alphabet[bits >> 6 & 63];
    }
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    if (text.empty()) return std::string();
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    std::string bytes(text.size() / 4 * 3 - padding, '\0');
    const auto whole = text.size() - (padding ? 4 : 0);
    char* out = bytes.data();
    std::uint32_t faults = 0;
    for (std::size_t i = 0; i < whole; i += 4, out += 3) {
        const auto a = value(text, i), b = value(text, i + 1), c = value(text, i + 2), d = value(text, i + 3);
        faults |= a | b | c | d;
        const auto bits = a << 18 | b << 12 | c << 6 | d;
        out[0] = static_cast<char>(bits >> 16);
        out[1] = static_cast<char>(bits >> 8);
        out[2] = static_cast<char>(bits);
    }
    if (padding) {
        const auto a = value(text, whole), b = value(text, whole + 1), c = padding == 1 ? value(text, whole + 2) : 0;
        faults |= a | b | c;
        const auto bits = a << 18 | b << 12 | c << 6;
        out[0] = static_cast<char>(bits >> 16);
        if (padding == 1) out[1] = static_cast<char>(bits >> 8);
        if ((padding == 2 ? b & 15 : c & 3) != 0) return std::nullopt;
    }
    if (faults & bad) return std::nullopt;
    return bytes;
}

}  // namespace events::bytes
