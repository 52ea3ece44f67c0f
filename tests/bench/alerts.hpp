#pragma once

#include <filesystem>

namespace bench {

/// As those of bench.hpp.
void alerts(const std::filesystem::path& folder);

}  // namespace bench
