#pragma once
// The ballots of an election, as they are read.

#include "server/wire/documents.hpp"

namespace server::wire {

/// All ballots that count, sealed as they are, with what it takes to check the count; once it is made (D7).
reading read_ballots(const documents& from, events::member_id who, events::election_id which);

}  // namespace server::wire
