#pragma once
// Whose department it is (D16): an operations manager decides on what is addressed to theirs. What is addressed to none
// that has a manager is looked after by all of them.

#include "core/kernel/context.hpp"

namespace core {

inline bool has_manager(const events::department& of, const context& by) {
    bool found = false;
    by.people->each_manager([&](const person& p) {
        found = p.department == of;
        return !found;
    });
    return found;
}

/// Manages what is addressed to that department.
inline bool manages(const person& who, const events::department& addressed, const context& by) {
    return who.has("OM") && (who.department == addressed || !has_manager(addressed, by));
}

/// Manages what holds for every department alike: where no other one has a manager.
inline bool manages_all(const person& who, const context& by) {
    bool alone = who.has("OM");
    by.people->each_manager([&](const person& p) {
        alone = alone && p.department == who.department;
        return alone;
    });
    return alone;
}

/// To which department somebody of `own` turns who does not say: their own, where it has a manager; that of the first of the
/// asker's superiors who is one; that of the manager who has been here longest. Where there is no manager, their own.
inline events::department addressee(const events::department& own, const context& by) {
    if (has_manager(own, by)) return own;
    constexpr int levels_max = 32;
    const person* at = by.actor;
    for (int level = 0; at && at->superior && level < levels_max; ++level) {
        at = by.people->find(at->superior);
        if (at && at->active && at->has("OM")) return at->department;
    }
    const person* longest = nullptr;
    by.people->each_manager([&](const person& p) {
        if (!longest || p.id < longest->id) longest = &p;
        return true;
    });
    return longest ? longest->department : own;
}

}  // namespace core
