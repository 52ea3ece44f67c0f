// opsroomd: reads its command line, opens its room, serves.

#include "server/ops/command_line.hpp"
#include "server/ops/logging.hpp"
#include "server/play.hpp"
#include "server/room.hpp"

#include <sys/resource.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>

namespace {

/// A connection is a file descriptor.
void allow_many_connections() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    const auto asked = server::ops::read_command_line({argv + 1, argv + argc}, server::ops::process_environment(), std::cout, std::cerr);
    if (!asked.serve) return asked.exit_code;
    const auto& config = asked.serve->settings;
    server::ops::start_logging(config.log_level, config.log_format);
    allow_many_connections();
    try {
        if (asked.play_seed) return server::play_year(config, *asked.play_seed);
        server::room(config).run();
        return 0;
    } catch (const std::exception& failed) {
        std::fprintf(stderr, "opsroomd: %s\n", failed.what());
        return 1;
    }
}
