#pragma once
// What a command has at hand while it runs. One thread.

#include "clients/cli/api.hpp"
#include "clients/cli/credentials.hpp"
#include "clients/cli/failure.hpp"
#include "clients/cli/names.hpp"
#include "clients/cli/settings.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <utility>

namespace cli {

class context {
public:
    context(const settings& with, std::ostream& out) : with(with), out(out) {}

    const settings& with;
    std::ostream& out;
    const credential_store store;

    /// Before the first line of CSV: its mark, where it is to have one.
    std::string mark() const { return with.marked && !std::exchange(marked_, true) ? "\xEF\xBB\xBF" : ""; }

    std::string say(text t) const { return std::string(t.in(with.language)); }

    /// The server's URL: --server, OPSROOM_SERVER, the last login, or this machine.
    std::string server_url() const;

    /// With the token of OPSROOM_TOKEN or of the login. Throws `failure` (unauthenticated) where there is none.
    api& server();

    /// Without any token, for logging in.
    api stranger() const;

    cli::names& names();

    /// The forms with the versions in force, as the server has them.
    const json& forms();

    /// The day that it is in the department, by the server's clock.
    std::chrono::year_month_day today();

    /// The day that was typed ("2026-12-01", "+3d", "明天"), counted from the department's today.
    std::optional<std::chrono::year_month_day> day(std::string_view typed);

    /// The same, however a spreadsheet or a person writes it into a file: "2026/12/1" and "2026年12月1日" too.
    std::optional<std::chrono::year_month_day> day_in_file(std::string_view written);

    /// The id that --command-id gives, or a new one.
    std::string command_id() const;

private:
    mutable bool marked_ = false;

    trust whom(const std::string& stored_ca) const;

    std::unique_ptr<api> server_;
    std::unique_ptr<cli::names> names_;
    std::optional<json> forms_;
    std::optional<std::chrono::year_month_day> today_;
};

}  // namespace cli
