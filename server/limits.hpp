#pragma once
// What one person may take of what all need, from the settings, and how much of it is taken.

#include "server/ops/config.hpp"
#include "server/ops/metrics.hpp"
#include "server/shares/backlog.hpp"
#include "server/shares/lanes.hpp"
#include "server/shares/rates.hpp"

#include <exception>
#include <string_view>

namespace server {

shares::rates::limits limits_of(const ops::config& c);

/// Of all connections what one address, or one person, may have: half, so that nobody else is shut out.
std::size_t share_of_connections(std::uint64_t all);

/// A lane's, of what got out of its work.
void say_of_failure(std::string_view lane, const std::exception_ptr& failed);

/// All of them outlive the metrics' last scrape.
void watch(ops::metrics& metrics, const shares::lanes& lanes, const shares::rates& rates, const shares::backlog& backlog);

}  // namespace server
