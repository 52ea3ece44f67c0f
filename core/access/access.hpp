#pragma once
// Who may see what (D5, S1.3.4). It holds for lists, counts, feeds and single reads alike. Who may do what is in the
// flows of the aggregates. Somebody who has left sees nothing.

#include "core/channel/channel.hpp"
#include "core/kernel/audience.hpp"
#include "core/kernel/context.hpp"
#include "events/catalog/any.hpp"

namespace core::views {
struct task_row;
struct channel_row;
class timeline;
}  // namespace core::views

namespace core::access {

/// Somebody in the directory: a guest sees themselves, and with whom they share a channel.
bool may_see_member(member_id who, const person& reader, const views::timeline& channels);

/// A channel for everyone: any active member who is no guest. Else the people in it, and AU for audit; not even AD.
bool may_see_channel(const channel::state& channel, const person& reader);
bool may_see_channel(const views::channel_row& channel, const person& reader);

/// Whether `reader`, who may see the channel, may be pushed this event of it: how far somebody has read is shown to
/// that person alone.
bool may_be_pushed(const events::channel::any& event, const person& reader);

/// A task, as far as who may see it goes. What is null is not known.
struct task_sight {
    const events::department& department;
    member_id to, by;
    appraisal_id improvement;
};
/// A task: its department, who it is assigned to, who assigned it; and SL, AU; and who stands in for one of them (D13). One that
/// carries out an improvement plan: who may see the appraisal, and who it is assigned to; no role counts, nor standing in (D5).
bool may_see_task(const task_sight& task, const context& by);
bool may_see_task(const views::task_row& task, const context& by);

/// The log itself, with everything in it: AU, AD.
bool may_audit(const person& reader);

}  // namespace core::access
