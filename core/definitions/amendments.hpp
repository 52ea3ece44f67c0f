#pragma once
// What of a row of a flow can be amended (D12). Never a control: what decides can only be narrowed, what writes what is decided
// on stays where it is, what somebody says for themselves is theirs; all else can be opened to more people, and to statuses
// from which one gets to the same place without anybody's decision anyway. No step is left without somebody who may take it.

#include "core/definitions/definitions.hpp"
#include "core/definitions/written.hpp"

#include <optional>

namespace core::amendments {

using check = std::optional<definitions_rejection>;

/// The set of these names; nothing where one is unknown.
std::optional<std::uint32_t> bits_of(const std::vector<std::string>& names, const std::vector<std::string_view>& known);

/// Null where the flow has no such row.
const definitions::written_row* find_row(const definitions::written_flow& f, std::string_view command);

/// Nothing where the row can be amended so.
check row_at_fault(const definitions::written_flow& f, const events::definitions::row_change& change);

/// Of what was amended before this was decided: as much as holds.
void hold_to(const definitions::written_row& row, definitions_of_flows::row_of_version& amended);

}  // namespace core::amendments
