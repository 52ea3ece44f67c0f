#pragma once
// Whether somebody is the last who holds a role that steps wait for: what waits for it would wait on nobody (S1.3.3).

#include "core/member/member.hpp"

#include <array>

namespace core {

/// Whether, with them as `after` (or gone, without roles), nobody would be left who is OM of their department, SL or HR.
inline bool is_last_holder(const member::state& now, const std::vector<role>& roles_after, const department& department_after, const context& by) {
    constexpr std::array<std::string_view, 3> awaited{"OM", "SL", "HR"};
    return std::any_of(awaited.begin(), awaited.end(), [&](std::string_view code) {
        const auto holds = [&](const std::vector<role>& all) { return std::any_of(all.begin(), all.end(), [&](const role& r) { return r.code == code; }); };
        const bool of_department = code == "OM";
        if (!holds(now.roles) || (holds(roles_after) && (!of_department || department_after == now.department))) return false;
        bool another = false;
        by.people->each_active([&](const person& p) {
            another = p.id != now.id && p.has(code) && (!of_department || p.department == now.department);
            return !another;
        });
        return !another;
    });
}

}  // namespace core
