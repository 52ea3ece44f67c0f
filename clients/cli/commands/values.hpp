#pragma once
// What was typed for a field, as the wire wants it.

#include "clients/cli/commands/rows.hpp"
#include "clients/cli/context.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// Whether a field of this kind may be given more than once.
bool takes_many(value kind);

/// Puts it where the field's key says. `given` is not empty. Throws `failure`.
void put_value(context& about, const field& f, const std::vector<std::string>& given, json& data);

}  // namespace cli
