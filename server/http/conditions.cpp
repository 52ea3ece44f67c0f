#include "server/http/conditions.hpp"

#include "server/http/framing.hpp"

#include <algorithm>
#include <charconv>

namespace server::http {
namespace {

std::string_view field(const response& r, std::string_view name) {
    for (const auto& [key, value] : r.headers)
        if (key == name) return value;
    return {};
}

void empty(response& r, int status) {
    r.status = status;
    r.body.clear();
    r.still = {};
    r.stream = {};
    r.file.reset();
    // Of what would have been sent, only what is true of it as it is kept by the client.
    std::erase_if(r.headers, [](const auto& f) {
        return f.first != "ETag" && f.first != "Cache-Control" && f.first != "Vary" && f.first != "Content-Location" && f.first != "Expires";
    });
}

void settle_range(const request& asked, events::language reader, response& r) {
    r.headers.emplace_back("Accept-Ranges", "bytes");
    if (asked.method != method::get || asked.range.empty()) return;
    // Another file than the one whose part is there already is sent whole. Weak tags say too little for that.
    if (!asked.if_range.empty() && asked.if_range != field(r, "ETag")) return;
    const auto of = "/" + std::to_string(r.file->bytes);
    switch (read_range(asked.range, r.file->bytes, r.file->part)) {
        case range_is::whole: return;
        case range_is::part:
            r.status = 206;
            r.headers.emplace_back("Content-Range", "bytes " + std::to_string(r.file->part.from) + "-" + std::to_string(r.file->part.from + r.file->part.count - 1) + of);
            return;
        case range_is::beyond:
            r = refuse(wire::make(416, wire::problems::beyond_the_end), reader);
            r.headers.emplace_back("Content-Range", "bytes *" + of);
            return;
    }
}

}  // namespace

bool names_tag(std::string_view header, std::string_view tag, bool weakly) {
    constexpr std::string_view weak = "W/";
    const auto plain = [&](std::string_view t) { return t.starts_with(weak) ? t.substr(weak.size()) : t; };
    for (const auto one : list_of(header)) {
        if (one == "*") return true;
        if (weakly ? plain(one) == plain(tag) : one == tag && !one.starts_with(weak)) return true;
    }
    return false;
}

range_is read_range(std::string_view header, std::uint64_t bytes, byte_range& into) {
    const auto whole = [&] {
        into = {0, bytes};
        return range_is::whole;
    };
    constexpr std::string_view unit = "bytes=";
    // Another unit, or several parts: the whole is an answer to that.
    if (in_small_letters(header.substr(0, unit.size())) != unit || header.find(',') != header.npos) return whole();
    const auto said = header.substr(unit.size());
    const auto dash = said.find('-');
    if (dash == said.npos) return whole();
    const auto number = [](std::string_view text, std::uint64_t& n) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
        if (error == std::errc::result_out_of_range) n = UINT64_MAX;  // beyond any file all the same
        return !text.empty() && error != std::errc::invalid_argument && end == text.data() + text.size();
    };
    std::uint64_t first = 0, last = 0;
    const auto from = said.substr(0, dash), to = said.substr(dash + 1);
    if (from.empty()) {  // the last so many
        if (!number(to, last)) return whole();
        if (last == 0 || bytes == 0) return range_is::beyond;
        const auto count = std::min(last, bytes);
        into = {bytes - count, count};
        return range_is::part;
    }
    if (!number(from, first) || (!to.empty() && (!number(to, last) || last < first))) return whole();
    if (first >= bytes) return range_is::beyond;
    into = {first, (to.empty() ? bytes : std::min(last, bytes - 1) + 1) - first};
    return range_is::part;
}

void settle_conditions(const request& asked, events::language reader, response& r) {
    if (r.status != 200 || (asked.method != method::get && asked.method != method::head)) return;
    const auto tag = std::string(field(r, "ETag"));
    if (!tag.empty()) {
        if (!asked.if_match.empty() && !names_tag(asked.if_match, tag, false)) {
            r = refuse(wire::make(412, wire::problems::changed_meanwhile), reader);
            return;
        }
        if (!asked.if_none_match.empty() && names_tag(asked.if_none_match, tag, true)) return empty(r, 304);
    }
    if (r.file) settle_range(asked, reader, r);
}

}  // namespace server::http
