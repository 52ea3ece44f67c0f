#pragma once
// Files to attach: sent once, by content, and taken up again where they were cut off.

#include "clients/cli/context.hpp"

#include <string>

namespace cli {

/// The attachment as forms carry it: {"sha256","name","media_type","bytes"}. Throws `failure`.
json upload(context& about, const std::string& path);

}  // namespace cli
