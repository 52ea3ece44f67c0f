#pragma once
// Which server, and as whom: kept between runs in ~/.config/opsroom/credentials.json, which only its owner may read.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cli {

struct credential {
    std::string server;  ///< its URL
    std::string login;
    std::string token;
    std::uint64_t token_id = 0;  ///< 0: not known
    std::string ca;      ///< file of certificates that the login was made with; empty: the system's
    std::string device;  ///< what the server knows this machine by; empty: nothing yet
};

/// Throws `failure` where the file is there but cannot be read or understood.
class credential_store {
public:
    /// XDG_CONFIG_HOME or ~/.config.
    credential_store();
    explicit credential_store(std::string file) : file_(std::move(file)) {}

    /// What is kept for `server`, or for the one that was logged in to last where that is empty.
    std::optional<credential> find(const std::string& server) const;

    /// Keeps it, and makes its server the one used by default. The file is replaced as a whole.
    void keep(const credential& c) const;

    void forget(const std::string& server) const;

    /// The public key that a server's log is signed with, so that what it sealed can be checked without it. It outlives the
    /// login. The one that was kept before; empty: none.
    std::string keep_log_key(const std::string& server, const std::string& key) const;
    /// Of every server.
    std::vector<std::string> log_keys() const;

    const std::string& file() const { return file_; }

private:
    std::string file_;
};

}  // namespace cli
