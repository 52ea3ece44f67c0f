#pragma once
// Indicators, appraisal cycles and elections, as they are read.

#include "server/wire/flows/listing.hpp"
#include "server/wire/flows/moment.hpp"

namespace server::wire {

reading read_templates(const documents& from, events::member_id who, const flow_query& q);
reading read_cycles(const documents& from, events::member_id who, const flow_query& q);
reading read_elections(const documents& from, events::member_id who, const flow_query& q);

/// A dossier (flows/dossier.hpp).
reading read_template(const documents& from, const reader& by, events::template_id which, const std::optional<moment>& as_of = {});
reading read_cycle(const documents& from, const reader& by, events::cycle_id which, const std::optional<moment>& as_of = {});
reading read_election(const documents& from, const reader& by, events::election_id which, const std::optional<moment>& as_of = {});

/// All ballots that count, sealed as they are, with what it takes to check the count; once it is made (D7).
reading read_ballots(const documents& from, events::member_id who, events::election_id which);

void write_row(std::string& out, const core::views::entity_row<core::indicators>& row, const core::views::views& v, const core::context& by);
void write_row(std::string& out, const core::views::entity_row<core::cycle>& row, const core::views::views& v, const core::context& by);
void write_row(std::string& out, const core::views::entity_row<core::election>& row, const core::views::views& v, const core::context& by);

}  // namespace server::wire
