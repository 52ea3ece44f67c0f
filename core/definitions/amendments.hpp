#pragma once
// What of a row of a flow can be amended (D12). Never a control: what decides can only be narrowed, what writes what is decided
// on stays where it is, what somebody says for themselves is theirs; all else can be opened to more people, and to statuses
// from which one gets to the same place without anybody's decision anyway. No step is left without somebody who may take it. What
// would change nothing is no amendment.

#include "core/definitions/definitions.hpp"
#include "core/definitions/written.hpp"

#include <optional>

namespace core::amendments {

using check = std::optional<definitions_rejection>;

/// What holds for what begins now, to be amended further. `amended`: null where the flow never was.
definitions::flow_version newest(const definitions::amended_flow* amended, const written::written_flow& f);

/// A name that the program does not know any more changes nothing.
void apply(definitions::flow_version& v, const written::written_flow& f, const events::definitions::row_change& change);
void apply(definitions::flow_version& v, const written::written_flow& f, const events::definitions::step_limit& limit);

/// Nothing where all of it can be amended so, and each row and limit of it changes something of what held before.
check changes_at_fault(const written::written_flow& f, const definitions::flow_version& before, const events::definitions::amendment& what);

}  // namespace core::amendments
