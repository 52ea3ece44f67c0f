#pragma once
// GET /api/v1/schema: what there is, in words of both languages: kinds of documents, their statuses, commands, events, forms and fields;
// flows and forms as they are amended now. Clients make their forms, options, lists and types from it.

#include "server/wire/documents.hpp"

#include <string>

namespace server::wire {

/// For who is here. It changes when a definition is amended, or the server is another version.
reading schema_document(const documents& from, events::member_id who);

/// As it is written, before anything is amended.
std::string schema_as_written();

}  // namespace server::wire
