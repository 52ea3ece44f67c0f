#pragma once
// How `documents` puts its lists together. Internal to wire.

#include "core/views/views.hpp"
#include "events/codec/json_write.hpp"
#include "server/wire/problem.hpp"

#include <string>
#include <string_view>

namespace server::wire {

inline problem missing() { return make(404, problems::not_found); }

inline std::string open_list(events::position at) {
    std::string out = R"({"position":)";
    events::codec::write_number(out, at.value);
    out += R"(,"items":[)";
    return out;
}

/// An empty `next` is none.
inline void close_list(std::string& out, std::string_view next) {
    out += R"(],"next":)";
    if (next.empty()) {
        out += "null}";
        return;
    }
    out += '"';
    out += next;
    out += "\"}";
}
inline void close_list(std::string& out, std::uint64_t next) { close_list(out, next ? std::to_string(next) : std::string()); }

/// Before each item but the first.
inline void comma(std::string& out) {
    if (out.back() != '[') out += ',';
}

}  // namespace server::wire
