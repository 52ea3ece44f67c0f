#pragma once
// What writes the schema of a kind, whichever it is.

#include "core/kernel/context.hpp"
#include "events/catalog/stream.hpp"

#include <string>

namespace server::wire {

struct kind_schema {
    events::category category;
    /// Appends the kind's object, with its flow and forms as they are amended where `by` knows.
    void (*write)(std::string& out, const core::context& by);
};

/// Of a category that there is.
const kind_schema& schema_of(events::category which);

}  // namespace server::wire
