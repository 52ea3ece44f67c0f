#pragma once
// The indicators that the handbook names, to begin with.

#include "clients/cli/client.hpp"

#include <optional>
#include <string_view>

namespace cli {

/// As `indicators.publish` takes them; of OM, SP and DA.
std::optional<json> handbook_indicators(std::string_view role);

}  // namespace cli
