#pragma once
// A sheet of a workbook (Office Open XML): values as they read on the screen, dates as 2026-12-01.

#include "clients/cli/bulk/sheet.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cli::bulk {

/// `bytes`: the whole file. `sheet_name` empty: the first. Throws `failure` (invalid).
sheet read_xlsx(const std::string& bytes, const std::string& sheet_name);

/// The day that a serial number stands for, counted from 1900 (with its 29 February that never was) or from 1904.
std::optional<std::chrono::year_month_day> day_of_serial(double serial, bool from_1904);

/// Whether a number format shows dates: its number where it is built in, else its code.
bool shows_dates(unsigned number, std::string_view code);

/// 27 of "AB12", from 0; nothing where it is no cell's name.
std::optional<std::size_t> column_of(std::string_view cell);

}  // namespace cli::bulk
