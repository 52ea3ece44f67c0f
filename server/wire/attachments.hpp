#pragma once
// Who may read an attached file: whoever may see an event that carries it.

#include "server/wire/documents.hpp"

#include <string_view>

namespace server::wire {

/// Reads the log. Any thread.
bool may_read_file(const documents& from, events::member_id who, std::string_view sha256);

}  // namespace server::wire
