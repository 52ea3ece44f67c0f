#pragma once
// Days and moments as text, the same everywhere.

#include <cstdint>
#include <string>

namespace data_worker {

/// Of days since 1970: "2026-11-30".
std::string day_text(std::int32_t day);
/// Of microseconds since 1970: "2026-11-30 08:30:00", with what there is of a second behind the point.
std::string moment_text(std::int64_t micros);

}  // namespace data_worker
