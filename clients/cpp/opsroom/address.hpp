#pragma once
// Where a server is.

#include <string>
#include <string_view>

namespace opsroom {

struct address {
    bool tls = false;
    std::string host;
    std::string port;

    /// "https://room.example:8443"
    std::string url() const;

    /// What the Host header says.
    std::string authority() const;
};

/// "http://127.0.0.1:8080", "https://room.example", "[::1]:8080"; without a scheme it is http. Throws `problem`
/// (bad_address).
address parse_address(std::string_view url);

/// Percent-encodes what may not stand in a path's segment or a query's value.
std::string percent_encoded(std::string_view text);

/// The address of what stands at `path`, as it was then; as it is where `as_of` is empty.
std::string at_moment(std::string path, std::string_view as_of);

}  // namespace opsroom
