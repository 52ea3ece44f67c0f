#pragma once
// Who may read an attached file: whoever may see an event that carries it. And by whose keys it has to be readable.

#include "server/blobs/carriers.hpp"
#include "server/engine/committed.hpp"
#include "server/wire/documents.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace server::wire {

/// Reads the log. Any thread.
bool may_read_file(const documents& from, events::member_id who, std::string_view sha256);

/// What carries a content, as far as the views have come. Reads the log. Any thread.
blobs::carriers carriers_of(const documents& from, std::string_view sha256);

/// The contents that events of a batch carry.
std::vector<std::string> attached_in(const engine::committed& batch);

}  // namespace server::wire
