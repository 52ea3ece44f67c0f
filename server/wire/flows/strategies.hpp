#pragma once
// Regular analyses, strategies and plans, and proposals (S3.2.3, S3.2.4, S1.3.5): lists, dossiers, rows.

#include "server/wire/flows/dossier.hpp"
#include "server/wire/flows/listing.hpp"

namespace server::wire {

reading read_analyses(const documents& from, events::member_id who, const flow_query& q);
reading read_strategies(const documents& from, events::member_id who, const flow_query& q);
reading read_proposals(const documents& from, events::member_id who, const flow_query& q);

reading read_analysis(const documents& from, const reader& by, events::analysis_id which, const std::optional<moment>& as_of = {});
reading read_strategy(const documents& from, const reader& by, events::strategy_id which, const std::optional<moment>& as_of = {});
reading read_proposal(const documents& from, const reader& by, events::proposal_id which, const std::optional<moment>& as_of = {});

void write_row(std::string& out, const core::views::entity_row<core::analysis>& row, const core::views::views& v, const core::context& by);
void write_row(std::string& out, const core::views::entity_row<core::strategy>& row, const core::views::views& v, const core::context& by);
void write_row(std::string& out, const core::views::entity_row<core::proposal>& row, const core::views::views& v, const core::context& by);

}  // namespace server::wire
