#pragma once
// What waits on somebody and has to go to somebody else when they leave (S1.3.4).

#include "core/entity.hpp"

#include <functional>

namespace core {

/// Calls `visit(stream, entity)` with every open entity that `who` has a part in, kind by kind, until false. Whether it went on to
/// the end.
bool each_work_of(member_id who, const context& by, const std::function<bool(events::stream_id, const entity&)>& visit);

/// Calls `visit` with everyone here who answers to `who`, until false. Whether it went on to the end.
bool each_below(member_id who, const context& by, const std::function<bool(member_id)>& visit);

/// Whether anything open waits on `who`, or anyone answers to them.
bool has_open_work(member_id who, const context& by);

/// Whether anyone answers to `who`, or is being evaluated by them.
bool leads_people(member_id who, const context& by);

}  // namespace core
