#pragma once
// What happens once a command has passed: the event, with every text sealed as the employee's.

#include "core/appraisal/appraisal.hpp"

namespace core::appraisal_happenings {

using event = appraisal::event;
using state = appraisal::state;

event event_of(const appraisal::open& c, const context& by);
/// What of it the appraisal does not have yet.
events::appraisal::evidence_suggested news(const appraisal::suggest_evidence& c, const state& now);

event event_of(const appraisal::draft_self& c, const state& now, const context& by);
event event_of(const appraisal::submit_self& c, const state& now, const context& by);
event event_of(const appraisal::return_self& c, const state& now, const context& by);
event event_of(const appraisal::draft_evaluation& c, const state& now, const context& by);
event event_of(const appraisal::evaluate& c, const state& now, const context& by);
event event_of(const appraisal::extend& c, const state& now, const context& by);
event event_of(const appraisal::add_evidence& c, const state& now, const context& by);
event event_of(const appraisal::remove_evidence& c, const state& now, const context& by);
event event_of(const appraisal::record_talk& c, const state& now, const context& by);
event event_of(const appraisal::revise_talk& c, const state& now, const context& by);
event event_of(const appraisal::confirm_talk& c, const state& now, const context& by);
event event_of(const appraisal::return_talk& c, const state& now, const context& by);
event event_of(const appraisal::calibrate& c, const state& now, const context& by);
event event_of(const appraisal::finalise& c, const state& now, const context& by);
event event_of(const appraisal::appeal& c, const state& now, const context& by);
event event_of(const appraisal::uphold_appeal& c, const state& now, const context& by);
event event_of(const appraisal::reject_appeal& c, const state& now, const context& by);
event event_of(const appraisal::reopen& c, const state& now, const context& by);
event event_of(const appraisal::apply& c, const state& now, const context& by);
event event_of(const appraisal::cancel& c, const state& now, const context& by);
event event_of(const appraisal::change_evaluator& c, const state& now, const context& by);
event event_of(const appraisal::hand_over& c, const state& now, const context& by);
event event_of(const appraisal::extend_appeal& c, const state& now, const context& by);

}  // namespace core::appraisal_happenings
