#pragma once
// How incentives are shown (core/kernel/shown.hpp).

#include "core/incentive/incentive.hpp"
#include "core/kernel/shown.hpp"

#include <string>

namespace core {

template <>
struct shown_as<incentive> : shown_plainly {
    struct also {
        std::string name;
    };
    static void put_own(auto& o, const incentive::state& s, const context&) {
        o.put("name", name_of(s)).put("kind", s.kind).put("member", s.member).put("effective", s.effective).put("proposer", s.proposer);
        o.put_if(bool(s.appraisal), "appraisal", s.appraisal).put_if(bool(s.election), "election", s.election).put("sha256", s.sha256);
    }
};
OPSROOM_DESCRIBE(shown_as<incentive>::also, (name, line("名称", "Name")))

}  // namespace core
