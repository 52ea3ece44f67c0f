#include "clients/cli/range.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace cli {

std::optional<std::uint64_t> whole_number(std::string_view typed, range within) {
    std::uint64_t out = 0;
    const auto* const end = typed.data() + typed.size();
    const auto [at, error] = std::from_chars(typed.data(), end, out);
    if (typed.empty() || error != std::errc() || at != end || !within.takes(out)) return std::nullopt;
    return out;
}

std::optional<std::uint64_t> hundredths(std::string_view typed) {
    const auto point = std::min(typed.find('.'), typed.size());
    const auto places = typed.size() - point;  // with the point
    const auto whole = whole_number(typed.substr(0, point), {0, 90'000'000'000'000});
    if (!whole || places == 1 || places > 3) return std::nullopt;
    const auto part = places ? whole_number(typed.substr(point + 1), any_or_none) : std::optional<std::uint64_t>(0);
    if (!part) return std::nullopt;
    return *whole * 100 + (places == 2 ? *part * 10 : *part);
}

failure out_of_range(const std::string& name, range within, std::string_view typed) {
    if (within.most == 0)
        return {exit_code::invalid, fmt::format("{} 应为不小于 {} 的整数，而不是“{}”", name, within.least, typed),
                fmt::format("{} is a whole number, {} or more, not “{}”", name, within.least, typed)};
    return {exit_code::invalid, fmt::format("{} 应为 {}–{} 的整数，而不是“{}”", name, within.least, within.most, typed),
            fmt::format("{} is a whole number from {} to {}, not “{}”", name, within.least, within.most, typed)};
}

}  // namespace cli
