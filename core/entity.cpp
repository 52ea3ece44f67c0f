#include "core/entity.hpp"

namespace core {

any_command entity::handed_over(member_id from, member_id to, const context& by) const { return kind_->handed_over(state_, from, to, by); }

entity entities::any(events::stream_id which) const {
    const auto* of = kind_of(which.kind);
    return of ? entity(*of, state_of(which)) : entity();
}

bool may_see(events::stream_id which, const context& by) {
    const auto* of = kind_of(which.kind);
    if (of && of->is_everybodys()) return by.actor->active;
    const auto found = by.others->any(which);
    return found && found.may_see(by);
}

}  // namespace core
