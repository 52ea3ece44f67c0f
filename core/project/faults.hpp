#pragma once
// What is wrong with the fields of a project's commands beyond their bounds; nothing where they are good.

#include "core/project/project.hpp"

#include <optional>

namespace core::project_faults {

using check = std::optional<project_rejection>;
using state = project::state;

inline check at_fault(const auto&, const state&, const context&) { return {}; }
check at_fault(const project::draft_charter& c, const state& now, const context& by);
check at_fault(const project::submit_charter& c, const state& now, const context& by);
check at_fault(const project::approve_charter& c, const state& now, const context& by);
check at_fault(const project::add_member& c, const state& now, const context& by);
check at_fault(const project::remove_member& c, const state& now, const context& by);
check at_fault(const project::reach_milestone& c, const state& now, const context& by);
check at_fault(const project::request_acceptance& c, const state& now, const context& by);
check at_fault(const project::convene_acceptance& c, const state& now, const context& by);
check at_fault(const project::sign_acceptance& c, const state& now, const context& by);
check at_fault(const project::accept& c, const state& now, const context& by);
check at_fault(const project::summarise& c, const state& now, const context& by);
check at_fault(const project::file_record& c, const state& now, const context& by);
check at_fault(const project::extend_acceptance& c, const state& now, const context& by);

}  // namespace core::project_faults
