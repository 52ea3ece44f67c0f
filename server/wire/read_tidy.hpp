#pragma once
// What somebody says in a command, read and made as it is kept.

#include "core/kernel/texts.hpp"
#include "events/codec/json_read.hpp"

#include <cstdio>

namespace server::wire {

template <class Command>
events::codec::fault read_tidy(simdjson::dom::element data, Command& into) {
    if (auto wrong = events::codec::read_json(data, into)) return wrong;
    const auto bad = core::text::tidy(into);
    if (!bad) return {};
    char code[16];
    std::snprintf(code, sizeof code, "U+%04X", static_cast<unsigned>(bad->character));
    return {events::codec::fault_kind::unwanted_character, "/" + bad->place, code};
}

}  // namespace server::wire
