#pragma once
// Decimals as people type them and as figures are shown, in units of their last place. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace core::metrics {

/// "12.5" of two places is 1250; nothing where it is no such decimal. 18 digits in all, as data have them.
std::optional<std::int64_t> decimal_of(std::string_view text, std::uint32_t places);

/// 1250 of two places is "12.50".
std::string decimal_text(std::int64_t units, std::uint32_t places);

}  // namespace core::metrics
