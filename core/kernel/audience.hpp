#pragma once
// Who is whom to what is a department's, wherever the rules of who may see something ask it (D5, S1.3.4).

#include "core/kernel/context.hpp"
#include "core/kernel/flow.hpp"

namespace core::access {

/// Who holds no role is a guest: brought over from elsewhere, or let into a channel or two. They see those channels and the
/// people in them, and what they have a part in; and neither the directory, nor who is there, nor what is for everyone or for
/// their department.
inline bool is_guest(const person& who) { return who.roles.empty(); }

/// The directory of members: every active member who is no guest.
inline bool may_see_directory(const person& reader) { return reader.active && !is_guest(reader); }

/// What is a department's, for who works there.
inline bool is_of(const events::department& department, const person& reader) { return !is_guest(reader) && reader.department == department; }

/// Sees the tasks of every department.
inline bool may_see_every_task(const person& reader) { return reader.active && (reader.has("SL") || reader.has("AU")); }

/// What can be left to somebody can be seen by them while they stand in.
template <class May>
bool self_or_stood_in_for(const context& by, May may) {
    return may(*by.actor) || (by.actor->active && flow::any_principal(by, may));
}

}  // namespace core::access
