#pragma once
// How wide a set's columns of numbers are: 18 digits until a delivery brings more, and 38 from then on.

#include "server/data_worker/engine/database.hpp"
#include "server/data_worker/plan.hpp"

#include <string>

namespace data_worker {

/// So that what is staged, and what the set has, can be kept in the set's table: widens columns of it, and says in the plan which are wide.
void make_room(database& in, plan& by, const std::string& staged);

}  // namespace data_worker
