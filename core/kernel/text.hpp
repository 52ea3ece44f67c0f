#pragma once
// Checks on text from outside. It is valid UTF-8 by the time that it gets here.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace core::text {

/// Unicode code points.
constexpr std::size_t characters(std::string_view s) {
    return static_cast<std::size_t>(std::count_if(s.begin(), s.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// Nothing in it but spaces, tabs and line ends; also the ideographic space U+3000.
constexpr bool blank(std::string_view s) {
    while (!s.empty()) {
        if (s.starts_with("\u3000")) s.remove_prefix(3);
        else if (s[0] == ' ' || (s[0] >= '\t' && s[0] <= '\r')) s.remove_prefix(1);
        else return false;
    }
    return true;
}

/// No control characters, so no line ends either.
constexpr bool one_line(std::string_view s) {
    return std::none_of(s.begin(), s.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

/// A line that says something, of at most so many characters.
constexpr bool is_line(std::string_view s, std::size_t characters_max) {
    return !blank(s) && one_line(s) && characters(s) <= characters_max;
}

/// Says something, in at most so many bytes.
constexpr bool is_prose(std::string_view s, std::size_t bytes_max) { return s.size() <= bytes_max && !blank(s); }

/// A code that data are keyed by: no spaces, no control characters.
constexpr bool is_code(std::string_view s, std::size_t bytes_max) {
    return !s.empty() && s.size() <= bytes_max && one_line(s) && s.find(' ') == s.npos;
}

/// 64 bits of it, the same on every run. Not for adversaries: only to notice that something is said again.
inline std::uint64_t digest(std::string_view s, std::uint64_t seed = 0) {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15ull;
    std::uint64_t h = (seed + 1) * odd ^ s.size();
    const auto mix = [&](std::uint64_t word) {
        h = (h ^ word) * 0xBF58476D1CE4E5B9ull;
        h ^= h >> 29;
    };
    while (s.size() >= 8) {
        std::uint64_t word;
        std::memcpy(&word, s.data(), 8);
        mix(word);
        s.remove_prefix(8);
    }
    std::uint64_t rest = 0;
    if (!s.empty()) std::memcpy(&rest, s.data(), s.size());
    mix(rest);
    return h * odd ^ h >> 32;
}

}  // namespace core::text
