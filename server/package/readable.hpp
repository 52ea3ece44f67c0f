#pragma once
// The forms of a package as a page that any browser shows, in one language. Nothing in it is fetched from anywhere.

#include "server/package/contents.hpp"

#include <array>
#include <string>

namespace server::package {

std::string readable(const contents& what, events::language l, std::chrono::minutes utc_offset);

/// What the package is, and how it is checked; in both languages.
std::string readme(const contents& what);

std::string hex(const std::array<unsigned char, 32>& sum);

}  // namespace server::package
