#pragma once
// What somebody else's statement reads, seen in its syntax tree before it is run. Pure.

#include <nlohmann/json.hpp>

#include <set>
#include <string>
#include <string_view>

namespace data_worker {

/// `tree`: what the engine's json_serialize_sql says of the statement. `may_see`: names of sets; `there_are`: of all that is in the database, both in
/// small letters. The names of the sets that it reads. Throws `trouble`: refused, where it reads anything but sets that may be seen; engine,
/// where it is no statement, and where in it that is seen.
std::set<std::string> see_what_it_reads(const nlohmann::json& tree, std::string_view statement, const std::set<std::string>& may_see, const std::set<std::string>& there_are);

}  // namespace data_worker
