#pragma once
// Project requests and projects, as they are read.

#include "server/wire/flows/listing.hpp"
#include "server/wire/flows/moment.hpp"

namespace server::wire {

/// A page; `total` is how many there are in all.
reading read_requests(const documents& from, events::member_id who, const flow_query& q);
reading read_projects(const documents& from, events::member_id who, const flow_query& q);

/// A dossier (flows/dossier.hpp), as of now or of a moment before, which is read-only.
reading read_request(const documents& from, const reader& by, events::request_id which, const std::optional<moment>& as_of = {});
reading read_project(const documents& from, const reader& by, events::project_id which, const std::optional<moment>& as_of = {});

/// The row of a list. `by` is any context of now.
void write_row(std::string& out, const core::views::entity_row<core::request>& row, const core::views::views& v, const core::context& by);
void write_row(std::string& out, const core::views::entity_row<core::project>& row, const core::views::views& v, const core::context& by);

}  // namespace server::wire
