#pragma once
// Days as people type them, and moments as the wire writes them.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cli {

using instant = std::chrono::sys_time<std::chrono::microseconds>;

/// "2026-12-01", "today", "tomorrow", "今天", "明天", "后天", "+3d", "+2w": the day that it means, counted from `today`.
std::optional<std::chrono::year_month_day> parse_day(std::string_view typed, std::chrono::year_month_day today);

/// "2026/12/1", "2026.12.1", "2026年12月1日", with or without a time behind a blank, as "2026-12-01"; all else as it is.
std::string plain_day(std::string_view typed);

/// Whether it means another day tomorrow.
bool is_counted_from_today(std::string_view typed);

/// "2026-12-01"
std::string written(std::chrono::year_month_day day);

/// RFC 3339: "2008-01-01T00:39:00Z", with a fraction of up to 9 digits (cut to microseconds) and "Z" or "+08:00".
std::optional<instant> parse_instant(std::string_view text);

/// "2026-11-23T08:00:00.000000Z"
std::string written(instant at);

/// A wire time as a person reads it, in this machine's time zone: "11-23 16:00", with the year where it is another.
std::string shown_time(std::string_view wire_time);

}  // namespace cli
