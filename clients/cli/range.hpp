#pragma once
// Which whole numbers an option or an argument takes.

#include "clients/cli/failure.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cli {

struct range {
    std::uint64_t least = 1;
    std::uint64_t most = 0;  ///< 0: as large as numbers get

    bool takes(std::uint64_t n) const { return n >= least && (most == 0 || n <= most); }
};

/// Of what there is one after another: tasks, messages, positions of the log.
inline constexpr range any_number{1, 0};
inline constexpr range any_or_none{0, 0};
inline constexpr range percentage{0, 100};
/// How much of a list.
inline constexpr range how_many{1, 1'000'000};

/// Digits alone, in the range; nothing otherwise.
std::optional<std::uint64_t> whole_number(std::string_view typed, range within);

/// "1234.5" as 123450; nothing where it is no amount of money.
std::optional<std::uint64_t> hundredths(std::string_view typed);

/// That `name` takes numbers of this range, and not what was typed.
failure out_of_range(const std::string& name, range within, std::string_view typed);

}  // namespace cli
