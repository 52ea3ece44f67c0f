#pragma once
#include <cstddef>
#include <stdexcept>
#include <string_view>

namespace events {

/// The names that log::keep takes. Throws std::invalid_argument for any other.
inline void check_blob_name(std::string_view name) {
    constexpr std::size_t longest = 150;  // escaped it still makes a file name
    if (name.empty() || name.size() > longest) throw std::invalid_argument("the name of what is kept is 1 to 150 bytes long");
}

}  // namespace events
