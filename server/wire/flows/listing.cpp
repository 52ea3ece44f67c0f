#include "server/wire/flows/listing.hpp"

#include "events/bytes/base64.hpp"

#include <charconv>

namespace server::wire {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

/// Base64url, so that a cursor needs no escaping in an address.
std::string in_address(std::string text) {
    for (auto& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
    text.erase(text.find_last_not_of('=') + 1);
    return text;
}
std::string from_address(std::string_view text) {
    std::string plain(text);
    for (auto& c : plain) c = c == '-' ? '+' : c == '_' ? '/' : c;
    plain.append((4 - plain.size() % 4) % 4, '=');
    return plain;
}

}  // namespace

std::string to_cursor(const list_place& at) {
    return std::to_string(at.key) + "." + std::to_string(at.number) + "." + in_address(events::bytes::to_base64(at.text));
}

std::optional<list_place> read_cursor(std::string_view cursor) {
    list_place at;
    const auto* const end = cursor.data() + cursor.size();
    const auto [dot, bad_key] = std::from_chars(cursor.data(), end, at.key);
    if (bad_key != std::errc{} || dot == end || *dot != '.') return std::nullopt;
    const auto [last, bad_number] = std::from_chars(dot + 1, end, at.number);
    if (bad_number != std::errc{} || last == end || *last != '.') return std::nullopt;
    auto text = events::bytes::from_base64(from_address({last + 1, static_cast<std::size_t>(end - last - 1)}));
    if (!text) return std::nullopt;
    at.text = std::move(*text);
    return at;
}

bool mentions(std::string_view text, std::string_view words) {
    const auto found = std::search(text.begin(), text.end(), words.begin(), words.end(), [](char a, char b) { return lower(a) == lower(b); });
    return words.empty() || found != text.end();
}

}  // namespace server::wire
