#pragma once
// The command line program, within this process.

#include "clients/cli/run.hpp"

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace opsroom_test {

struct ended_run {
    int code;
    std::string out;
    std::string err;
};

/// Without any login, and nowhere near the developer's own.
inline ended_run run(const std::vector<std::string>& words) {
    const auto nowhere = std::filesystem::temp_directory_path() / "opsroom-no-such-folder";
    ::setenv("XDG_CONFIG_HOME", nowhere.c_str(), 1);
    for (const char* name : {"OPSROOM_TOKEN", "OPSROOM_SERVER", "OPSROOM_LANG", "LC_ALL"}) ::unsetenv(name);
    ::setenv("LANG", "C", 1);
    std::vector<const char*> arguments{"opsroom"};
    for (const auto& each : words) arguments.push_back(each.c_str());
    std::ostringstream out;
    std::ostringstream err;
    std::istringstream in("secret\n");
    auto* const before = std::cin.rdbuf(in.rdbuf());
    const int code = cli::run(static_cast<int>(arguments.size()), arguments.data(), out, err);
    std::cin.rdbuf(before);
    return {code, out.str(), err.str()};
}

}  // namespace opsroom_test
