#pragma once
// What somebody may have meant who has typed it wrong.

#include <string>
#include <string_view>
#include <vector>

namespace opsroom {

/// Of these the one that is typed most alike: few letters missing, added, changed or swapped. Empty where none is near.
std::string nearest(std::string_view typed, const std::vector<std::string>& all);

}  // namespace opsroom
