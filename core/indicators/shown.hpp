#pragma once
// How templates of indicators are shown (core/kernel/shown.hpp).

#include "core/indicators/indicators.hpp"
#include "core/kernel/shown.hpp"

namespace core {

template <>
struct shown_as<indicators> : shown_plainly {
    static void put_own(auto& o, const indicators::state& s, const context&) {
        o.put("name", s.name).put("role", s.role).put("template_version", s.template_version).put("indicators", s.indicators);
    }
};

}  // namespace core
