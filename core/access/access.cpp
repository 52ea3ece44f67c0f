#include "core/access/access.hpp"

#include "core/appraisal/visibility.hpp"
#include "core/kernel/forms.hpp"
#include "core/views/task_board.hpp"
#include "core/views/timeline.hpp"

#include <algorithm>

namespace core::access {
namespace {

bool may_see(channel::visibility visibility, const seats& people, const person& reader) {
    if (!reader.active) return false;
    return (visibility == channel::visibility::everyone && !is_guest(reader)) || people.contains(reader.id) || reader.has("AU");
}

}  // namespace

bool may_see_member(member_id who, const person& reader, const views::timeline& channels) {
    if (!reader.active) return false;
    if (!is_guest(reader) || who == reader.id) return true;
    const auto shared = channels.channels_of(reader.id);
    return std::any_of(shared.begin(), shared.end(), [&](channel_id c) { return channels.row(c)->people.contains(who); });
}

bool may_see_channel(const channel::state& channel, const person& reader) {
    return channel.is != channel_status::absent && may_see(channel.visibility, channel.people, reader);
}

bool may_see_channel(const views::channel_row& channel, const person& reader) {
    return may_see(channel.visibility, channel.people, reader);
}

bool may_be_pushed(const events::channel::any& event, const person& reader) {
    const auto* read = std::get_if<events::channel::read>(&event);
    return reader.active && (!read || read->member == reader.id);
}

bool may_see_task(const task_sight& task, const context& by) {
    const auto& reader = *by.actor;
    if (!reader.active) return false;
    if (task.improvement) {
        const auto* plan = by.others->find<appraisal>(task.improvement.value);
        return task.to == reader.id || (plan && may_see_appraisal(*plan, reader, by));
    }
    const auto may = [&](const person& p) { return is_of(task.department, p) || task.to == p.id || task.by == p.id || may_see_every_task(p); };
    return self_or_stood_in_for(by, may);
}

bool may_see_task(const views::task_row& task, const context& by) { return may_see_task({task.department, task.to, task.by, task.improvement}, by); }

bool may_audit(const person& reader) { return reader.active && (reader.has("AU") || reader.has("AD")); }

}  // namespace core::access
