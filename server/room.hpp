#pragma once
// Everything that runs, put together: log, keys, engine, accounts, shards. One a process.

#include "server/ops/config.hpp"

#include <memory>

namespace server {

class room {
public:
    /// Opens the data folder. Throws std::runtime_error with one line that says what to do.
    explicit room(const ops::config& config);
    ~room();

    /// Loads, serves until SIGINT or SIGTERM, drains, and returns.
    void run();

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace server
