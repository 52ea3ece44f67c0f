#pragma once
// What is wrong with the fields of an incentive's commands; nothing where they are good.

#include "core/incentive/incentive.hpp"

namespace core::incentive_faults {

using check = std::optional<incentive_rejection>;
using state = incentive::state;

check form_at_fault(const incentive::form& f, const context& by, std::uint32_t begun = 0);
/// Whether what it rests on still stands.
check ground_at_fault(const state& now, const context& by);

/// Text about somebody who is forgotten can't be kept.
check text_at_fault(const state& now, const context& by);

inline check at_fault(const auto&, const state& now, const context& by) { return text_at_fault(now, by); }
inline check at_fault(const incentive::take_effect&, const state&, const context&) { return {}; }
check at_fault(const incentive::revise& c, const state& now, const context& by);
check at_fault(const incentive::approve& c, const state& now, const context& by);
check at_fault(const incentive::hand_over& c, const state& now, const context& by);

}  // namespace core::incentive_faults
