#pragma once
// What is the server's to do on its own machine, without a server that runs: its program does it.

#include "clients/cli/context.hpp"

#include <string>
#include <vector>

namespace cli {

/// Becomes `opsroomd ARGUMENTS`, in the language that was asked for. Throws `failure` where it is not installed beside this.
[[noreturn]] void become_server(context& about, const std::vector<std::string>& arguments);

}  // namespace cli
