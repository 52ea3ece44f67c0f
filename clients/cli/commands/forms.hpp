#pragma once
// What forms have besides what a person fills in: the version that they are filled in by, added fields, attachments.

#include "clients/cli/context.hpp"

#include <string>
#include <string_view>

namespace cli {

/// What the wire wants and a person need not say. `target`: of the command ("request/7"), empty where it creates. A form that was
/// begun under a version of its definition keeps it; others get the version in force.
void fill_in(context& about, std::string_view command, const std::string& target, json& data);

/// A form to fill in, with the fields that its definition has today; without them where the server can't be asked.
std::string form_to_fill_in(context& about, std::string_view form, json fields);

}  // namespace cli
