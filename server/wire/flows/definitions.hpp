#pragma once
// The flows and forms themselves, how long their steps take, what waits on whom; the organisation and the calendar.

#include "core/definitions/written.hpp"
#include "core/kernel/amendments.hpp"
#include "server/wire/flows/listing.hpp"
#include "server/wire/json_object.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace server::wire {

/// Every flow's name, statuses, number of rows and newest version.
reading flows_document(const documents& from, events::member_id who);
/// One flow's rows as they are written, and every version since.
reading flow_document(const documents& from, events::member_id who, std::string_view name);
/// Its states and commands as a diagram in Mermaid's language.
std::optional<std::string> flow_diagram(std::string_view name);
/// Every form, its newest version, and the fields that it adds.
reading forms_document(const documents& from, events::member_id who);

/// What the reader may begin: of each command that creates whether they may give it, and why not. `within`: of tasks, their project.
reading creating_document(const documents& from, const reader& by, events::project_id within);

/// How long each step of a flow takes in working time: of what the reader may see, ended and going on (S1.3.3).
reading times_document(const documents& from, events::member_id who, std::string_view flow);
/// Everything that waits now, on whom, since when and until when: the latest due first to last. Of what the reader may see.
reading waiting_document(const documents& from, events::member_id who, const flow_query& q);

/// A row of a flow; as it is written, or as it was amended.
void write_flow_row(std::string& out, const core::written::written_flow& f, const core::written::written_row& row,
                    const core::flow::amended_row* changed = nullptr);
/// A form's version in force, and the fields that it adds.
void put_form_in_force(json_object& o, std::string_view form, const core::context& by);

reading org_document(const documents& from, events::member_id who);
/// Changes of members that wait for a second person, as far as they concern the reader.
reading changes_document(const documents& from, events::member_id who);
reading calendar_document(const documents& from, events::member_id who, int year);

}  // namespace server::wire
