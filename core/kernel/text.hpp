#pragma once
// Checks on text from outside. It is valid UTF-8 by the time that it gets here.
//
// What is new comes as tidied() makes it, and holds nothing that first_unwanted() finds (core/kernel/texts.hpp sees to both
// for every field of every command). What was said before there were these rules stays as it is.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace core::text {

/// Unicode code points.
constexpr std::size_t characters(std::string_view s) {
    return static_cast<std::size_t>(std::count_if(s.begin(), s.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// Nothing in it that can be seen: blanks, controls, and what is there to join or to part others.
bool blank(std::string_view s);

/// One line, all of which can be seen: no line ends, tabs or other controls, nothing that turns the direction of writing, and
/// nothing unseen but where a script or an emoji needs it.
bool one_line(std::string_view s);

/// A line that says something, of at most so many characters.
inline bool is_line(std::string_view s, std::size_t characters_max) { return characters(s) <= characters_max && one_line(s) && !blank(s); }

/// Says something, in at most so many bytes.
inline bool is_prose(std::string_view s, std::size_t bytes_max) { return s.size() <= bytes_max && !blank(s); }

/// A code that data are keyed by: a line without blanks.
bool is_code(std::string_view s, std::size_t bytes_max);

/// Whether a person or a channel can be called so: not like a mention ("@everyone", "#general").
bool is_name(std::string_view s, std::size_t characters_max);

/// One emoji, with what belongs to it: a skin tone, a flag's two letters, a family.
bool is_emoji(std::string_view s);

/// A name that is a name on every system, and leads nowhere else.
bool is_file_name(std::string_view s, std::size_t characters_max);

/// A character that no text may have: a control other than tab and line end, one that turns the direction of writing (what is
/// read would not be what is there), or none at all (U+FFFE).
std::optional<char32_t> first_unwanted(std::string_view s);

/// As it is kept: composed (NFC), "\n" as the only line end, no blanks and nothing unseen around. Empty where nothing of it
/// can be seen.
std::string tidied(std::string_view s);

/// Whether tidied() would leave it as it is and first_unwanted() find nothing: most text, and quick to see. False where that
/// has to be looked at.
bool is_plainly_tidy(std::string_view s);

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

/// What a step leaves behind of its words, so that the same step with the same words is known again. The step is told by the
/// command's type; `about` is the number of whom it is about, where it is about somebody.
inline std::uint64_t said(std::string_view step, std::string_view words, std::uint64_t about = 0) { return digest(words, digest(step, about)); }

}  // namespace core::text
