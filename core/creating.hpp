#pragma once
// What somebody may begin: of every flow the commands that make something new, asked before anything is filled in. The same
// rows that decide.

#include "core/kernel/context.hpp"
#include "core/kernel/flow.hpp"

#include <vector>

namespace core {

/// In the order of the flows, one action for each command that creates and is not the system's alone; without whose turn it is.
/// `within`: of a task, the project that it would belong to; none: any of their own department. A command that hangs on what
/// is filled in (whose indicators they are) may be given where there is something that it may be given for.
std::vector<flow::action> creating(const context& by, project_id within = {});

}  // namespace core
