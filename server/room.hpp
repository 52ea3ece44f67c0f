#pragma once
// Everything that runs, put together: log, keys, engine, accounts, shards. One a process.

#include "events/ending/ending.hpp"
#include "server/ops/config.hpp"

#include <memory>

namespace server {

class room {
public:
    /// Opens the data folder. Throws what why_it_ended() makes one line of.
    explicit room(const ops::config& config);
    ~room();

    /// Loads, serves until SIGINT, SIGTERM or SIGHUP, drains, and returns. Throws as above, and events::index_broken where the index
    /// has to be made anew: by opening the room again.
    void run();

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

/// The last line of a process that could not start, or go on, and its exit code.
events::cannot_go_on why_it_ended(const std::exception& failed);

}  // namespace server
