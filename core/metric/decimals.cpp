#include "core/metric/decimals.hpp"

namespace core::metrics {

std::optional<std::int64_t> decimal_of(std::string_view text, std::uint32_t places) {
    constexpr std::size_t digits_max = 18;
    const bool below = text.starts_with('-');
    if (below) text.remove_prefix(1);
    const auto point = text.find('.');
    const auto whole = text.substr(0, point), after = point == text.npos ? std::string_view() : text.substr(point + 1);
    const auto all_digits = [](std::string_view s) { return s.find_first_not_of("0123456789") == s.npos; };
    if (whole.empty() || !all_digits(whole) || !all_digits(after) || (point != text.npos && after.empty())) return std::nullopt;
    if (after.size() > places || whole.size() + places > digits_max) return std::nullopt;
    std::int64_t units = 0;
    for (const char c : whole) units = units * 10 + (c - '0');
    for (std::uint32_t i = 0; i < places; ++i) units = units * 10 + (i < after.size() ? after[i] - '0' : 0);
    return below ? -units : units;
}

std::string decimal_text(std::int64_t units, std::uint32_t places) {
    auto digits = std::to_string(units < 0 ? 0 - static_cast<std::uint64_t>(units) : static_cast<std::uint64_t>(units));
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    if (places > 0) digits.insert(digits.size() - places, 1, '.');
    return (units < 0 ? "-" : "") + digits;
}

}  // namespace core::metrics
