#pragma once
// How toys are shown (core/kernel/shown.hpp).

#include "core/kernel/shown.hpp"
#include "core/toy/toy.hpp"

namespace core {

template <>
struct shown_as<toy> : shown_plainly {
    static void put_own(auto& o, const toy::state& s, const context&) {
        o.put("name", s.name).put("material", s.material).put("department", s.department).put("keeper", s.keeper);
        if (s.borrower) o.put("borrower", s.borrower);
    }
};

}  // namespace core
