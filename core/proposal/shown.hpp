#pragma once
// How proposals are shown (core/kernel/shown.hpp).

#include "core/kernel/shown.hpp"
#include "core/proposal/proposal.hpp"

namespace core {

template <>
struct shown_as<proposal> : shown_plainly {
    static void put_own(auto& o, const proposal::state& s, const context&) {
        o.put("title", s.title).put("kind", s.kind).put("department", s.department).put("proposer", s.proposer).put("with", s.with);
        if (!s.credited.empty()) o.put("credited", s.credited);
    }
};

}  // namespace core
