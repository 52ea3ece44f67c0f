#include "events/codec/references.hpp"

#include "events/codec/json_read.hpp"

#include <charconv>

namespace events::codec {
namespace {

thread_local bool allowed = false;
thread_local std::uint64_t read_so_far = 0;

}  // namespace

references_allowed::references_allowed() {
    allowed = true;
    read_so_far = 0;
}
references_allowed::~references_allowed() { allowed = false; }
std::uint64_t references_allowed::count() const { return read_so_far; }

std::optional<std::uint32_t> parse_reference(std::string_view text) {
    std::uint32_t n = 0;
    if (text.size() < 2 || text[0] != '#') return std::nullopt;
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), n);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return n;
}

fault read_id(element e, std::uint64_t& out) {
    std::string_view text;
    if (allowed && e.get(text) == simdjson::SUCCESS) {
        const auto place = parse_reference(text);
        if (!place) return {fault_kind::bad_format, "", "#3"};
        out = reference_bit | *place;
        ++read_so_far;
        return {};
    }
    return read_unsigned(e, out, std::numeric_limits<std::int64_t>::max());
}

}  // namespace events::codec
