#pragma once
// What embed.mjs writes: every file of the built page, sorted by path.

#include "server/assets/assets.hpp"

#include <span>

namespace server::assets {

std::span<const asset> table();

}  // namespace server::assets
