#pragma once
// What a command has at hand while it runs. One thread.

#include "clients/cli/api.hpp"
#include "clients/cli/credentials.hpp"
#include "clients/cli/failure.hpp"
#include "clients/cli/names.hpp"
#include "clients/cli/settings.hpp"

#include <memory>
#include <ostream>
#include <string>

namespace cli {

class context {
public:
    context(const settings& with, std::ostream& out) : with(with), out(out) {}

    const settings& with;
    std::ostream& out;
    const credential_store store;

    std::string say(text t) const { return std::string(t.in(with.language)); }

    /// The server's URL: --server, OPSROOM_SERVER, the last login, or this machine.
    std::string server_url() const;

    /// With the token of OPSROOM_TOKEN or of the login. Throws `failure` (unauthenticated) where there is none.
    api& server();

    /// Without any token, for logging in.
    api stranger() const;

    cli::names& names();

    /// The id that --command-id gives, or a new one.
    std::string command_id() const;

private:
    trust whom(const std::string& stored_ca) const;

    std::unique_ptr<api> server_;
    std::unique_ptr<cli::names> names_;
};

}  // namespace cli
