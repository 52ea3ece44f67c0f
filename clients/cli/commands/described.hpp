#pragma once
// Nouns, lists and dossiers of the kinds that the schema describes, and forms of them to fill in. Kinds that are written by hand
// (is_by_hand()) are left to those who wrote them.

#include "clients/cli/commands/commands.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/schema/schema.hpp"

namespace cli {

void add_described_nouns(tree& t, nouns& n);
void add_described_views(tree& t, const nouns& n);

/// `KIND template`, where one of its commands takes a form.
void add_described_template(tree& t, CLI::App* noun, const described_kind& kind);

/// A part of a command that is long enough to come from a file.
bool is_filled_in(const described_field& f);

/// The form that a command fills in; null where it has none.
const described_field* form_in(const described_command& command);

/// What there is to fill in, by its fields.
json form_to_fill_in(const std::vector<described_field>& fields);

/// Of its list beside what all kinds have: what each of them says.
std::vector<shown_column> described_columns(context& about, const described_kind& kind);

std::vector<shown_fact> described_facts(context& about, const described_kind& kind, const json& dossier);

/// Its sections, in their order.
std::string described_forms(context& about, const described_kind& kind, const json& dossier);

}  // namespace cli
