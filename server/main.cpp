// opsroomd: reads its command line, opens its room, serves.

#include "events/ending/ending.hpp"
#include "events/log/log.hpp"
#include "server/backup/errands.hpp"
#include "server/backup/restore.hpp"
#include "server/http/api.hpp"
#include "server/ops/command_line.hpp"
#include "server/ops/descriptors.hpp"
#include "server/ops/logging.hpp"
#include "server/ops/privacy.hpp"
#include "server/play.hpp"
#include "server/recover.hpp"
#include "server/room.hpp"
#include "server/wire/schema/schema.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <iostream>

namespace {

void serve(const server::ops::config& config) {
    try {
        server::room(config).run();
    } catch (const events::index_broken& found) {
        // Found while it was loaded: it is marked, and made anew at once.
        server::ops::log_warning("the index is made anew", {{"why", found.what()}});
        server::room(config).run();
    }
}

std::string shown(const server::ops::invocation& asked) {
    using enum server::ops::invocation::shows;
    switch (asked.show) {
        case nothing: return {};
        case schema: return server::wire::schema_as_written() + '\n';
        case openapi: return server::http::openapi_text(asked.language) + '\n';
        case asyncapi: return server::http::asyncapi_text(asked.language) + '\n';
    }
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    server::ops::keep_standard_streams_open();
    std::signal(SIGPIPE, SIG_IGN);
    server::ops::make_files_private();
    const auto environment = server::ops::process_environment();
    const auto asked = server::ops::read_command_line({argv + 1, argv + argc}, environment, std::cout, std::cerr);
    if (!asked.serve) {
        errno = 0;
        std::cout << shown(asked);
        if (std::cout.flush()) return asked.exit_code;
        std::cerr << "opsroomd: 无法写出结果 / the output can't be written" << (errno != 0 ? std::string(": ") + std::strerror(errno) : "") << '\n';
        return 1;
    }
    const auto& config = asked.serve->settings;
    server::ops::start_logging(config.log_level, config.log_format);
    events::speak_at_the_end(server::ops::console_language(environment), [](events::ending code, std::string_view line) {
        server::ops::log_error("the process ends", {{"exit", static_cast<int>(code)}, {"why", line}});
    });
    try {
        // Into a folder of its own making: one that holds anything is somebody's, and is left as it is.
        server::backup::refuse_half_restored(config.data);
        if (asked.play) return server::play_year(config, *asked.play);
        server::ops::make_private(server::ops::election_keys_of(config.data, config.election_keys));
        if (const auto mended = server::ops::make_private(config.data))
            server::ops::log_warning("others could read the data folder: its permissions were mended", {{"folder", config.data}, {"files", mended}});
        if (asked.errand) return server::backup::run(config, *asked.errand);
        if (asked.recover_admin) return server::recover_admin(config, *asked.recover_admin);
        serve(config);
        return static_cast<int>(events::ending::told_to);
    } catch (const std::exception& failed) {
        const auto last = server::why_it_ended(failed);
        events::say_last_line(last.code(), last.line());
        return static_cast<int>(last.code());
    }
}
