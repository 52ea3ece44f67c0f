#pragma once
// Why something may not be done, for a person: the clause, and what would make it pass, in both languages.

#include "events/catalog/value.hpp"

#include <string_view>

namespace core {

/// All text is static.
struct refusal {
    std::string_view code;    ///< stable, for programs: "own_work"
    std::string_view clause;  ///< of the handbook: "D1"
    std::string_view zh;
    std::string_view en;

    constexpr std::string_view in(events::language l) const { return l == events::language::zh ? zh : en; }
};

}  // namespace core
