#pragma once
// Words in a sealed package: in what happened, in whom it names and in the texts that are attached.

#include "clients/cli/client.hpp"

#include <string>
#include <vector>

namespace cli::package {

/// Places where all the words are found, in the order of the package: {"part","position"?,"stream"?,"type"?,"field"?,"excerpt"}.
/// Capital letters are as good as small ones. Throws `failure` where the package is none or not whole; it is not verified.
json search(const std::string& path, const std::vector<std::string>& words);

}  // namespace cli::package
