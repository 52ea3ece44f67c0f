#pragma once
// What forms have besides what a person fills in: the version that they are filled in by, added fields, attachments.

#include "clients/cli/commands/rows.hpp"
#include "clients/cli/context.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// Of a command that carries a form: what every form can have beside its own fields, wherever those come from. Laid over a file
/// they add to what it says.
std::vector<field> added_fields_of(std::string_view command);

/// The form that a command carries, by its name; empty where it carries none.
std::string form_carried_by(std::string_view command);

/// The refusal with which fields there are, where it is for those of a form.
failure with_added_fields(context& about, std::string_view command, const failure& refused);

/// What the wire wants and a person need not say. `target`: of the command ("request/7"), empty where it creates. A form that was
/// begun under a version of its definition keeps it; others get the version in force.
void fill_in(context& about, std::string_view command, const std::string& target, json& data);

/// A form to fill in, with the fields that its definition has today; without them where the server can't be asked.
std::string form_to_fill_in(context& about, std::string_view form, json fields);

}  // namespace cli
