#pragma once
// What a cell says, by our own exact rules: no number ever goes through a double, and what is not plainly a value is a fault in words.
// Pure.

#include "server/data_worker/engine/int128.hpp"
#include "server/data_worker/trouble.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace data_worker {

/// A value; or why not; or neither, where the cell says that there is none ("", "-", "N/A").
template <class T>
struct cast {
    std::optional<T> value;
    std::optional<said> why;
};

/// Without blanks around, also the wide ones.
std::string_view trimmed(std::string_view text);

/// "", "-", "—", "N/A", "NULL": what people write where there is no number and no day.
bool says_missing(std::string_view text);

/// In units of 10^-places: 1,234.50 and ￥1,234.50 and １２３４．５ of 2 are 123450, (200.00) is -20000. With `percent` "12.5%" is 12.5, and
/// without the sign it is taken as it is. At most 24 digits before the point; a digit too many after it is a fault, never rounded.
cast<int128> cast_decimal(std::string_view text, unsigned places, bool percent = false);

/// Days since 1970: 2026-11-30, 2026/11/30, 2026.11.30, 20261130, 2026年11月30日. A time beside it has to be 0:00.
cast<std::int32_t> cast_day(std::string_view text);

/// Microseconds since 1970 on the department's clock (UTC+8): a day, with 08:30, 08:30:15 or 08:30:15.25 behind it; what is of another
/// zone (Z, +09:00) is moved there.
cast<std::int64_t> cast_moment(std::string_view text);

/// "yes" or "no" of 是/否, yes/no, true/false, y/n, 1/0.
cast<std::string_view> cast_yes_no(std::string_view text);

/// Of a workbook: days since 1899-12-31 (with a 29 February 1900 that never was) or since 1904, in decimal text.
cast<std::int64_t> moment_of_serial(std::string_view serial, bool from_1904);

/// A number as a workbook's XML has it ("1.5E-3", "0.30000000000000004"), as decimal text of at most 15 digits, which is what a
/// spreadsheet keeps. `shift` moves the point to the right: 2 for per cent. Nothing where it is none, or out of all bounds.
std::optional<std::string> spreadsheet_number(std::string_view text, int shift = 0);

}  // namespace data_worker
