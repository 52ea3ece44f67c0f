#include "core/appraisal/people.hpp"

namespace core::appraisal_people {
namespace {

/// Who evaluated it before somebody else does counts as a side, too.
bool is_side(member_id who, const appraisal::state& of) {
    return who == of.employee || who == of.evaluator || (of.hands.of(who) & appraisal::evaluator);
}

/// Nobody says whether they were right themselves.
bool may_hear(member_id who, const appraisal::state& of) { return !is_side(who, of) && !(of.hands.of(who) & appraisal::judge); }

bool any_with(std::string_view role, const context& by, const auto& good) {
    bool found = false;
    by.people->each_active([&](const person& p) {
        found = p.has(role) && good(p.id);
        return !found;
    });
    return found;
}

/// 0: nobody above is neutral.
member_id above(const appraisal::state& of, const context& by) {
    constexpr int levels_max = 32;
    const person* at = by.people->find(of.evaluator);
    for (int level = 0; at && at->superior && level < levels_max; ++level) {
        at = by.people->find(at->superior);
        if (at && at->active && !is_side(at->id, of)) return at->id;
    }
    return {};
}

}  // namespace

member_id evaluator_for(member_id employee, const context& by) {
    const person* self = by.people->find(employee);
    if (!self) return {};
    if (self->superior && self->superior != employee && by.people->is_active(self->superior)) return self->superior;
    member_id found;
    // Nobody is evaluated by one of their own post.
    if (!self->has("OM"))
        by.people->each_active([&](const person& p) {
            if (p.has("OM") && p.department == self->department && p.id != employee) found = p.id;
            return !found;
        });
    if (found) return found;
    by.people->each_active([&](const person& p) {
        if (p.has("SL") && p.id != employee) found = p.id;
        return !found;
    });
    return found;
}

bool reviews(const person& who, const appraisal::state& of, const context& by) {
    if (!who.active || is_side(who.id, of)) return false;
    if (const auto superior = above(of, by)) return who.id == superior;
    return who.has(any_with("SL", by, [&](member_id m) { return !is_side(m, of); }) ? "SL" : "HR");
}

bool arbitrates(const person& who, const appraisal::state& of, const context& by) {
    if (!who.active || is_side(who.id, of)) return false;
    return who.has(any_with("SL", by, [&](member_id m) { return !is_side(m, of); }) ? "SL" : "HR");
}

bool hears(const person& who, const appraisal::state& of, const context& by) {
    if (!who.active || !may_hear(who.id, of)) return false;
    return who.has(any_with("SL", by, [&](member_id m) { return may_hear(m, of); }) ? "SL" : "HR");
}

}  // namespace core::appraisal_people
