#pragma once
// A real server on a fresh folder with people at work in it: who they are, where they talk and what they have to do.

#include "tests/support/server_process.hpp"
#include "tests/support/ws_client.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace bench {

/// What one connection works with.
struct desk {
    std::string token;
    std::uint64_t channel = 0;          ///< joined
    std::vector<std::uint64_t> tasks;   ///< its member's own; no other desk touches them
};

class department {
public:
    /// With nobody held to a rate: what is measured is what the server can do.
    static const std::vector<std::string> unlimited;

    /// Starts opsroomd on `folder`, which is removed first, with these flags beside its own. `desks` of them, a member each,
    /// with so many `tasks`.
    department(const std::filesystem::path& folder, std::size_t desks, std::size_t tasks, const std::vector<std::string>& flags = unlimited);

    support::server_process server;
    std::vector<desk> desks;

    /// Events and fsyncs that /metrics counts so far.
    struct totals {
        double events = 0;
        double batches = 0;
    };
    totals counted() const;
    /// User and system CPU time of the server so far, in seconds.
    double cpu_seconds() const;
    /// A line of the process's /proc/PID/smaps_rollup, in KiB.
    double memory_kib(const std::string& name) const;
};

/// Sends the commands, each a line with an id of its own, and waits for all of the answers, in order of the commands.
/// Throws std::runtime_error where one is refused.
std::vector<nlohmann::json> run_all(support::ws_client& by, const std::vector<nlohmann::json>& commands);

/// {"type":"command",…} without an id.
nlohmann::json asking(std::string_view command, std::string_view target, nlohmann::json data);

/// UUIDv7 of now; ids made by one process never repeat.
std::string fresh_id();

}  // namespace bench
