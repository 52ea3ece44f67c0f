#include "events/catalog/stream.hpp"

#include <charconv>

namespace events {
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
