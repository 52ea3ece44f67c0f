#pragma once
// What one formula means by itself: check.cpp asks this of each part, and sees to what lies between them.

#include "core/formula/check.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace core::formula {

struct meaning {
    std::optional<formula::unit> unit;  ///< nothing: a fault is told already, and it fits everywhere
    additivity adds = additivity::nowhere;
    bool rolls = false;                 ///< looks at several periods together
};

struct referred {
    std::size_t part;
    meaning means;
};
/// What stands behind a metric's name. Where nothing does, it has said why.
using refer = std::function<std::optional<referred>(const std::string& name, place where)>;

/// Binds the names in `of` to those of the catalogue, and adds to `faults`.
meaning understand(expression& of, const catalogue& against, const refer& reference_to, std::vector<fault>& faults);

}  // namespace core::formula
