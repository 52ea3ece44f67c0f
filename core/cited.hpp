#pragma once
// Which clause a refusal cites. The same words refuse many steps ("this is for the operations manager"): where it is the step that
// is not somebody's, or not for this status, the rule is that of the step.

#include "core/kernel/refusal.hpp"

#include <string_view>

namespace core {

/// `why`, said of the step `command`, which carries out `clause` here. Who is barred (D1), a condition and a field cite the rule that
/// they come from.
refusal cited(refusal why, std::string_view command, std::string_view clause);

}  // namespace core
