#pragma once
#include <string>

namespace opsroom {

/// Whom to believe, when the server's address is https.
struct trust {
    std::string ca;         ///< file of certificates, beside the system's; empty: the system's alone
    bool insecure = false;  ///< anyone
};

}  // namespace opsroom
