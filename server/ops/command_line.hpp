#pragma once
// opsroomd's command line: `opsroomd [flags]` serves, `opsroomd config` shows the configuration, `opsroomd tls
// self-signed` makes a certificate, `opsroomd demo` plays the demo year into a folder; --help and --version.

#include "server/ops/config.hpp"

#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace server::ops {

struct invocation {
    std::optional<effective> serve;  ///< set: go and serve with this
    std::optional<std::uint64_t> play_seed;  ///< with `serve`: do not serve, but play the demo year into its folder
    int exit_code = 0;               ///< otherwise: everything is said and done. 0 done, 2 bad usage or configuration, 1 failed
};

/// `arguments` without the program's name; `environment` as "NAME=value". Writes answers to `out` and refusals, one
/// line each, to `err`.
invocation read_command_line(const std::vector<std::string>& arguments, const std::vector<std::string>& environment, std::ostream& out,
                             std::ostream& err);

/// The process's own environment.
std::vector<std::string> process_environment();

}  // namespace server::ops
