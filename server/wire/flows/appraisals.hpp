#pragma once
// Appraisals and what is made of their results, as they are read. Who may read what is in core/appraisal/visibility.hpp and
// core/incentive: everything here asks there (D4, D5).

#include "server/wire/flows/listing.hpp"
#include "server/wire/flows/moment.hpp"

namespace server::wire {

/// While a cycle calibrates, HR and SL find the rows of it with scores alone.
reading read_appraisals(const documents& from, events::member_id who, const flow_query& q);
reading read_incentives(const documents& from, events::member_id who, const flow_query& q);

/// A dossier (flows/dossier.hpp) with those forms and events that the reader may read.
reading read_appraisal(const documents& from, const reader& by, events::appraisal_id which, const std::optional<moment>& as_of = {});
reading read_incentive(const documents& from, const reader& by, events::incentive_id which, const std::optional<moment>& as_of = {});

/// What the appraisal points at, by indicator, with the events themselves where the reader may see those.
reading read_evidence(const documents& from, events::member_id who, events::appraisal_id which);

void write_row(std::string& out, const core::views::entity_row<core::appraisal>& row, const core::views::views& v, const core::context& by);
void write_row(std::string& out, const core::views::entity_row<core::incentive>& row, const core::views::views& v, const core::context& by);

}  // namespace server::wire
