#pragma once
// Who may see what (D5, S1.3.4). It holds for lists, counts, feeds and single reads alike. Who may do what is in the
// flows of the aggregates. Somebody who has left sees nothing.

#include "core/channel/channel.hpp"
#include "core/kernel/context.hpp"
#include "core/project/project.hpp"
#include "core/request/request.hpp"
#include "events/catalog/catalog.hpp"

namespace core::views {
struct task_row;
struct channel_row;
}  // namespace core::views

namespace core::access {

/// The directory of members: every active member.
bool may_see_directory(const person& reader);

/// A channel for everyone: any active member. For members only: the people in it, and AU for audit; not even AD.
bool may_see_channel(const channel::state& channel, const person& reader);
bool may_see_channel(const views::channel_row& channel, const person& reader);

/// Whether `reader`, who may see the channel, may be pushed this event of it: how far somebody has read is shown to
/// that person alone.
bool may_be_pushed(const events::channel::any& event, const person& reader);

/// A task: its department's active members, who it is assigned to, who assigned it; and SL, AU, AD.
bool may_see_task(const views::task_row& task, const person& reader);

/// A request: its requester and their department, who assesses it; OM, SL, AU, AD.
bool may_see_request(const request::state& request, const person& reader);

/// A project: the department that runs it and the one that asked for it, its team, panel and recipients; OM, SL, AU, AD
/// (S1.3.4). `others` knows the request that it comes from.
bool may_see_project(const project::state& project, const person& reader, const entities& others);

/// Sees the tasks of every department.
bool may_see_every_task(const person& reader);

/// The log itself, with everything in it: AU, AD.
bool may_audit(const person& reader);

}  // namespace core::access
