#include "events/catalog/stream.hpp"

#include <array>
#include <charconv>

namespace events {
namespace {
constexpr std::array<std::string_view, category_count> names{
    "", "member", "channel", "task", "request", "project", "org", "calendar", "definitions", "desk",
    "indicators", "cycle", "appraisal", "incentive", "election", "analysis", "strategy", "proposal"};
constexpr std::array<std::string_view, category_count> plurals{
    "", "members", "channels", "tasks", "requests", "projects", "org", "calendar", "definitions", "desks",
    "indicators", "cycles", "appraisals", "incentives", "elections", "analyses", "strategies", "proposals"};
}

std::string_view name_of(category c) { return names.at(static_cast<std::size_t>(c)); }

std::string_view plural_of(category c) { return plurals.at(static_cast<std::size_t>(c)); }

std::optional<category> category_of(std::string_view name) {
    for (std::size_t i = 1; i < names.size(); ++i)
        if (names[i] == name) return static_cast<category>(i);
    return std::nullopt;
}

std::string to_string(stream_id s) {
    std::string text(name_of(s.kind));
    text += '/';
    text += std::to_string(s.number);
    return text;
}

std::optional<stream_id> parse_stream(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == text.npos) return std::nullopt;
    const auto kind = category_of(text.substr(0, slash));
    if (!kind) return std::nullopt;
    const auto digits = text.substr(slash + 1);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size() || number == 0) return std::nullopt;
    return stream_id{*kind, number};
}

}  // namespace events
