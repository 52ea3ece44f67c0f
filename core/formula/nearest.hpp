#pragma once
// What somebody meant who mistyped a name.

#include <string>
#include <string_view>
#include <vector>

namespace core::formula {

/// Of `all` the one that differs by the fewest characters, the first of equals; empty where none is near: of two characters
/// one may differ, of longer names a third.
std::string nearest(std::string_view typed, const std::vector<std::string>& all);

}  // namespace core::formula
