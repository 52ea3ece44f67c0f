#pragma once
// What is wrong with the fields of an appraisal's commands; nothing where they are good.

#include "core/appraisal/appraisal.hpp"

#include <optional>

namespace core::appraisal_faults {

using check = std::optional<appraisal_rejection>;
using state = appraisal::state;

check at_fault(const appraisal::open& c, const context& by);

/// Of what has no rule beyond its fields' bounds.
inline check at_fault(const auto&, const state&, const context&) { return {}; }
check at_fault(const appraisal::draft_self& c, const state& now, const context& by);
check at_fault(const appraisal::submit_self& c, const state& now, const context& by);
check at_fault(const appraisal::draft_evaluation& c, const state& now, const context& by);
check at_fault(const appraisal::evaluate& c, const state& now, const context& by);
check at_fault(const appraisal::extend& c, const state& now, const context& by);
check at_fault(const appraisal::add_evidence& c, const state& now, const context& by);
check at_fault(const appraisal::remove_evidence& c, const state& now, const context& by);
check at_fault(const appraisal::record_talk& c, const state& now, const context& by);
check at_fault(const appraisal::revise_talk& c, const state& now, const context& by);
check at_fault(const appraisal::confirm_talk& c, const state& now, const context& by);
check at_fault(const appraisal::calibrate& c, const state& now, const context& by);
check at_fault(const appraisal::uphold_appeal& c, const state& now, const context& by);
check at_fault(const appraisal::reject_appeal& c, const state& now, const context& by);
check at_fault(const appraisal::reopen& c, const state& now, const context& by);
check at_fault(const appraisal::cancel& c, const state& now, const context& by);
check at_fault(const appraisal::change_evaluator& c, const state& now, const context& by);
check at_fault(const appraisal::hand_over& c, const state& now, const context& by);
check at_fault(const appraisal::extend_appeal& c, const state& now, const context& by);

}  // namespace core::appraisal_faults
