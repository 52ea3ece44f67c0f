#pragma once
#include <cstddef>
#include <stdexcept>
#include <string_view>

namespace events {

/// In bytes: with every one of them escaped, it still makes a file name.
inline constexpr std::size_t blob_name_max = 80;

/// The names that log::keep takes. Throws std::invalid_argument for any other.
inline void check_blob_name(std::string_view name) {
    if (name.empty() || name.size() > blob_name_max)
         throw std::invalid_argument("the name of what is kept is 1 to 80 bytes long");
}

}  // namespace events
