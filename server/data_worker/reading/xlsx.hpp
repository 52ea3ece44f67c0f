#pragma once
// A sheet of a workbook (Office Open XML), row by row: numbers as exact decimal text, percentages with their sign, days and moments as
// 2026-12-01 and 2026-12-01 08:30:00, whatever they look like on the screen. Hidden rows are rows.

#include "server/data_worker/reading/record.hpp"

#include <memory>
#include <string>

namespace data_worker {

/// `sheet`: its name; empty: the first that is shown. Rows that are not in the file are left out.
std::unique_ptr<record_source> xlsx_rows(const std::string& path, const std::string& sheet);

/// What a number format makes of a number.
enum class number_look { plain, percent, day };
number_look look_of(std::string_view format_code);

}  // namespace data_worker
