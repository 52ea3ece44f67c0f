// Of each assessor the last opinion counts (S3.1.2).

#include "clients/cli/commands/special/special.hpp"

namespace cli {

const special_view special_request{.kind = "request", .newest_of_each = "F1a"};

}  // namespace cli
