#pragma once
// The format of a log: one number for all that its bytes can be. A log says the highest that was ever written to it, and a
// build that knows a lower one leaves it alone.
//
// It is raised whenever an older build could not read what is written: with every new type of event, and every other change of
// the stored form. tests/golden/formats.txt says which format each type came with; a test holds both against the catalog.
//
// 1  all types up to analyses, strategies and proposals
// 2  in_place_of and keyed digests in the envelope; notices, take-backs and what else tests/golden/formats.txt has
// 3  the clock set back, and what was dated by a wrong one; time given back;
//    attachments beside the log lie sealed, with their keys in keys/files
// 4  words that are nobody's or somebody's, as those of tasks
// 5  data sources
// 6  collection plans, deliveries and metrics
// 7  queries, alert rules, alerts, reports and recommendations

#include <cstdint>

namespace events {

inline constexpr std::uint64_t log_format = 7;

}  // namespace events
