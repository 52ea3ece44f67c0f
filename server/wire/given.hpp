#pragma once
// What the wire says of itself: for the documents that describe it (server/openapi).

#include "core/kernel/refusal.hpp"
#include "events/catalog/value.hpp"

#include <string>
#include <string_view>

namespace server::wire {

/// Whether there is such a command for anybody to give.
bool takes_command(std::string_view type);

/// The fields that are given in place of a command's own, as the schema has them. False where they are its own.
bool write_given(std::string& out, std::string_view type);

/// What is told of an `as_of=` that is no moment.
extern const core::refusal bad_moment;

/// What a status is called.
std::string_view title_of(int status, events::language reader);

}  // namespace server::wire
