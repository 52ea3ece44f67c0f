#pragma once
// A sheet of a workbook (Office Open XML): values as they read on the screen, dates as 2026-12-01. Rows and sheets that are
// hidden are left out, and said; a cell that can't be had as it is shown is a bad one.

#include "clients/cli/bulk/sheet.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cli::bulk {

/// `bytes`: the whole file. Throws `failure` (invalid).
sheet read_xlsx(const std::string& bytes, reading& how);

/// The day that a serial number stands for, counted from 1900 (with its 29 February that never was) or from 1904.
std::optional<std::chrono::year_month_day> day_of_serial(double serial, bool from_1904);

/// 27 of "AB12", from 0; nothing where it is no cell's name.
std::optional<std::size_t> column_of(std::string_view cell);

/// "AB" of 27.
std::string letters_of(std::size_t column);

/// Text as workbooks write it: "_x000D_" is the character with that number.
std::string unescaped(std::string_view text);

}  // namespace cli::bulk
