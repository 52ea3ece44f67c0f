#pragma once
#include <ostream>

namespace cli {

/// The whole program: parses, acts, and says what went wrong on `err`. Returns the exit code (see failure.hpp).
int run(int argc, const char* const* argv, std::ostream& out, std::ostream& err);

}  // namespace cli
