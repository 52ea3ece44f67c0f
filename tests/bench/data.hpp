#pragma once

#include <filesystem>

namespace bench {

/// As those of bench.hpp.
void data(const std::filesystem::path& folder);

}  // namespace bench
