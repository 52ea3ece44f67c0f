#pragma once
// What somebody may do now with something, where nobody asks why not, or whose turn the rest is: of that flow::actions() tells all,
// for many times the cost.

#include "core/kernel/flow.hpp"

namespace core::flow {

/// The commands of those of actions() that are not refused, in their order.
template <class A>
std::vector<std::string_view> allowed(const typename A::state& now, const context& by) {
    std::vector<std::string_view> all;
    for (const auto& row : A::flow) {
        // Whether it is the time for it costs least, and refuses most.
        if (!is_offered<A>(row) || state_refuses<A>(row, now, by) || who_refuses<A>(row, now, by) || is_taken<A>(row, now, by)) continue;
        all.push_back(row.command);
    }
    return all;
}

}  // namespace core::flow
