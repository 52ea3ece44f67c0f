#pragma once
// What appraisals point at, as it is read. Who may read what is in core/appraisal/visibility.hpp: everything here asks there (D4, D5).

#include "server/wire/documents.hpp"

namespace server::wire {

/// What the appraisal points at, by indicator, with the events themselves where the reader may see those.
reading read_evidence(const documents& from, events::member_id who, events::appraisal_id which);

}  // namespace server::wire
