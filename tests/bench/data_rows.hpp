#pragma once
// The orders that the figures of the data part are about: files as a department delivers them, the plan that they are read by, and the
// metrics that are published of them.

#include <nlohmann/json.hpp>

#include <cstddef>
#include <filesystem>
#include <string>

namespace bench {

constexpr std::size_t order_rows = 1'000'000;
inline const std::string orders_from = "2025-12-01", orders_until = "2026-11-30", day_after = "2026-12-01";

struct order_files {
    std::filesystem::path orders;     ///< a year of them
    std::filesystem::path ledger;     ///< their totals by day, channel and region, as the finance department has them
    std::filesystem::path next_day;   ///< orders of the day behind
};

/// The same whenever it is made.
order_files write_orders(const std::filesystem::path& folder);

/// All ten checks have something to look at.
nlohmann::json orders_plan();
nlohmann::json ledger_plan();
/// What a check is asked beside plan and file: what arrived when.
nlohmann::json known_of_orders();

/// The columns of the orders' file as the engine's own reader is told of them.
std::string columns_for_the_engine();

/// One metric by day for the year.
nlohmann::json amount_by_day();

/// What the server asks to be published of so many metrics.
nlohmann::json figures_of_metrics();
constexpr std::size_t published_metrics = 20;

}  // namespace bench
