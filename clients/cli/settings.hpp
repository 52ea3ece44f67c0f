#pragma once
// What the options that every command takes came to.

#include "clients/cli/language.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace cli {

enum class format { table, json, ndjson, csv };

struct settings {
    cli::language language = cli::language::en;
    cli::format format = cli::format::table;
    bool color = false;      ///< of stdout
    bool marked = false;     ///< CSV begins with a byte order mark, by which spreadsheets know UTF-8
    bool quiet = false;      ///< no confirmations and no progress
    std::string server;      ///< empty: from the environment or the stored login
    std::string ca;          ///< a file of certificates to trust, beside the system's
    bool insecure = false;   ///< take any certificate
    std::optional<std::uint64_t> expect;  ///< the version that was seen
    std::string command_id;  ///< empty: a new one

    bool zh() const { return language == cli::language::zh; }
};

}  // namespace cli
