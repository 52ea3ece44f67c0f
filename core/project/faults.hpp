#pragma once
// What is wrong with the fields of a project's commands; nothing where they are good.

#include "core/project/project.hpp"

#include <optional>

namespace core::project_faults {

using check = std::optional<project_rejection>;
using state = project::state;

check at_fault(const project::draft_charter& c, const state& now, const context& by);
check at_fault(const project::submit_charter& c, const state& now, const context& by);
check at_fault(const project::approve_charter& c, const state& now, const context& by);
check at_fault(const project::return_charter& c, const state& now, const context& by);
check at_fault(const project::reject_charter& c, const state& now, const context& by);
check at_fault(const project::clarify& c, const state& now, const context& by);
check at_fault(const project::answer& c, const state& now, const context& by);
check at_fault(const project::link_channel& c, const state& now, const context& by);
check at_fault(const project::change_lead& c, const state& now, const context& by);
check at_fault(const project::add_member& c, const state& now, const context& by);
check at_fault(const project::remove_member& c, const state& now, const context& by);
check at_fault(const project::hand_over& c, const state& now, const context& by);
check at_fault(const project::report_progress& c, const state& now, const context& by);
check at_fault(const project::reach_milestone& c, const state& now, const context& by);
check at_fault(const project::request_acceptance& c, const state& now, const context& by);
check at_fault(const project::convene_acceptance& c, const state& now, const context& by);
check at_fault(const project::sign_acceptance& c, const state& now, const context& by);
check at_fault(const project::accept& c, const state& now, const context& by);
check at_fault(const project::fail_acceptance& c, const state& now, const context& by);
check at_fault(const project::summarise& c, const state& now, const context& by);
check at_fault(const project::acknowledge_summary& c, const state& now, const context& by);
check at_fault(const project::file_record& c, const state& now, const context& by);
check at_fault(const project::submit_archive& c, const state& now, const context& by);
check at_fault(const project::return_archive& c, const state& now, const context& by);
check at_fault(const project::seal& c, const state& now, const context& by);
check at_fault(const project::suspend& c, const state& now, const context& by);
check at_fault(const project::resume& c, const state& now, const context& by);
check at_fault(const project::cancel& c, const state& now, const context& by);
check at_fault(const project::extend_acceptance& c, const state& now, const context& by);

}  // namespace core::project_faults
