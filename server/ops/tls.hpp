#pragma once
// Certificates: a self-signed one for trying out and for closed networks, and a look at the ones that were given.

#include "server/ops/config.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace server::ops {

struct self_signed {
    std::filesystem::path certificate;  ///< cert.pem, mode 0644
    std::filesystem::path key;          ///< key.pem, mode 0600
    std::string sha256;                 ///< fingerprint, "AB:CD:…"
};

/// Makes an ECDSA P-256 key and a certificate for `hosts` (names or IP addresses, at least one) in `folder`, which is
/// made where it is missing. Valid for 825 days, the longest that browsers take. Replaces nothing: where one of the
/// files exists it is a problem.
struct self_signed_result {
    std::optional<self_signed> made;
    config_problem problem;  ///< where nothing was made
};
self_signed_result make_self_signed(const std::vector<std::string>& hosts, const std::filesystem::path& folder);

/// Nothing where both can be read, belong together and are valid now.
std::optional<config_problem> check_certificate(const std::string& certificate_file, const std::string& key_file);

}  // namespace server::ops
