#pragma once
// How data sources are shown (core/kernel/shown.hpp).

#include "core/kernel/shown.hpp"
#include "core/source/source.hpp"

namespace core {

template <>
struct shown_as<source> : shown_plainly {
    static void put_own(auto& o, const source::state& s, const context&) {
        o.put("name", s.name).put("kind", s.kind).put("holds", s.holds).put("department", s.department).put("owner", s.owner);
    }
};

}  // namespace core
