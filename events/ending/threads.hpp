#pragma once
// Every thread of the process is started here: what leaves its function ends the process, with a line that says what the
// thread was for, and not with a bare std::terminate. What is wrong with one request or one person is caught where that is
// known; see also ops/chores.hpp.

#include "events/ending/ending.hpp"

#include <thread>
#include <type_traits>
#include <utility>

namespace events {

/// Calls `f`; an exception that leaves it ends the process. `what` has to live on: a literal.
template <class F>
void or_end(const char* what, F&& f) noexcept {
    try {
        std::forward<F>(f)();
    } catch (const std::exception& thrown) {
        end_process(what_ended(thrown, what));
    } catch (...) {
        end_process(ending::unforeseen, {what, what});
    }
}

/// `f` takes a std::stop_token or nothing. Throws std::system_error where the system gives no thread.
template <class F>
std::jthread try_start_thread(const char* what, F f) {
    return std::jthread([what, f = std::move(f)](const std::stop_token& stop) mutable {
        or_end(what, [&] {
            if constexpr (std::is_invocable_v<F&, const std::stop_token&>) f(stop);
            else f();
        });
    });
}

/// The same of what the process can't do without: where the system gives no thread it ends, and says so. By an exception it would wait
/// for those that were started before, and that nobody has told to stop.
template <class F>
std::jthread start_thread(const char* what, F f) {
    std::jthread made;
    or_end(what, [&] { made = try_start_thread(what, std::move(f)); });
    return made;
}

}  // namespace events
