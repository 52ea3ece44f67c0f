#pragma once
// opsroomd's command line: `opsroomd [flags]` serves, `opsroomd config` shows the configuration, `opsroomd schema`, `openapi` and `asyncapi` what
// the API is, `opsroomd tls
// self-signed` makes a certificate, `opsroomd demo` plays the demo year into a folder, `opsroomd recover-admin` makes an
// administrator anew; --help and --version.

#include "server/ops/config.hpp"

#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace server::ops {

/// Something to do instead of serving, on folders that no server runs on.
struct errand {
    enum kind { backup_create, backup_list, backup_verify, restore, accept_clock } is = backup_list;
    std::string folder;                          ///< of backups
    std::string keys;                            ///< where they are, or are to go; empty: in the folder
    std::optional<std::uint64_t> number;         ///< which backup
    std::optional<std::uint64_t> to_position;
    std::string to_time;
    std::vector<std::string> checkpoints;        ///< files
    bool without_keys = false;
    bool quick = false;
    std::string settings;                        ///< as printed, to go into a backup
};

/// Who is to be an administrator.
struct recovery {
    std::string login;
    std::string name;        ///< of somebody who joins by it
    std::string department;  ///< likewise
};

/// A demo year.
struct played_year {
    std::uint64_t seed = 1;
    std::string until;  ///< its last day, as typed; empty: today
};

struct invocation {
    std::optional<effective> serve;  ///< set: go and serve with this
    std::optional<played_year> play;         ///< with `serve`: do not serve, but play the demo year into its folder
    std::optional<recovery> recover_admin;   ///< with `serve`: do not serve, but make an administrator anew
    std::optional<ops::errand> errand = {};  ///< with `serve`: do not serve, but do this
    int exit_code = 0;               ///< otherwise: everything is said and done. 0 done, 2 bad usage or configuration, 1 failed
    enum class shows { nothing, schema, openapi, asyncapi } show = shows::nothing;  ///< likewise; this is still to be shown
    events::language language = events::language::en;                               ///< in this language
};

/// `arguments` without the program's name; `environment` as "NAME=value". Writes answers to `out` and refusals, one
/// line each, to `err`.
invocation read_command_line(const std::vector<std::string>& arguments, const std::vector<std::string>& environment, std::ostream& out,
                             std::ostream& err);

/// Of this program.
std::string_view version();

/// The process's own environment.
std::vector<std::string> process_environment();

}  // namespace server::ops
