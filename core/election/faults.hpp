#pragma once
// What is wrong with the fields of an election's commands; nothing where they are good.

#include "core/election/election.hpp"

namespace core::election_faults {

using check = std::optional<election_rejection>;
using state = election::state;

/// Of the others what is described is all there is.
inline check at_fault(const auto&, const state&, const context&) { return {}; }
check at_fault(const election::open& c, const state& now, const context& by);
check at_fault(const election::reschedule& c, const state& now, const context& by);
check at_fault(const election::nominate& c, const state& now, const context& by);
check at_fault(const election::cast& c, const state& now, const context& by);
check at_fault(const election::count& c, const state& now, const context& by);
check at_fault(const election::decide_winners& c, const state& now, const context& by);

/// Whether nobody who was left out has more votes than somebody who was chosen.
bool is_as_counted(const std::vector<member_id>& winners, const state& now);

}  // namespace core::election_faults
