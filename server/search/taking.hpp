#pragma once
// What there is to find in an event, and what it takes away.

#include "events/catalog/any.hpp"
#include "server/search/holdings.hpp"

namespace server::search {

/// Personal fields are open already. True where somebody was erased of whom something was held.
bool take(holdings& to, const events::recorded& e);

}  // namespace server::search
