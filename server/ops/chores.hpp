#pragma once
// What is posted to a thread that serves others: a failure ends that one thing, and is a log line. What ends a whole thread
// ends the process (events/ending/threads.hpp).

#include "events/ending/ending.hpp"

#include <exception>
#include <utility>

namespace server::ops {

/// Log line of what failed. Something that nobody can go on after ends the process.
void chore_failed(const char* what, const std::exception& why) noexcept;

/// `f`, to be posted. `what` has to live on: a literal.
template <class F>
auto chore(const char* what, F f) {
    return [what, f = std::move(f)]() mutable {
        try {
            f();
        } catch (const std::exception& why) {
            chore_failed(what, why);
        }
    };
}

/// Runs handlers until there are none: one that throws takes its own request or connection with it, and no other.
template <class Context>
void run_handlers(Context& io) {
    for (;;) {
        try {
            io.run();
            return;
        } catch (const std::exception& why) {
            chore_failed("a handler", why);
        }
    }
}

}  // namespace server::ops
