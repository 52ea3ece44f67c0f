#pragma once
// Log lines on standard error, one an event: JSON for machines, or text for a terminal.
//
// {"time":"2026-11-23T08:00:00.000000Z","level":"info","what":"listening","port":8080}
//
// Never a secret, never personal text: log ids and counts. Fields whose name says otherwise (password, secret,
// token, cookie, authorization, text, name, login) are withheld, as a last line of defence.
// A line is bounded (2 KiB a value). Any thread; a line is written whole.

#include "server/ops/config.hpp"

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <variant>

namespace server::ops {

/// Borrowed for the call.
struct field {
    std::string_view name;
    std::variant<std::string_view, std::int64_t, std::uint64_t, double, bool> value;

    field(std::string_view n, std::string_view v) : name(n), value(v) {}
    field(std::string_view n, const char* v) : name(n), value(std::string_view(v)) {}
    field(std::string_view n, bool v) : name(n), value(v) {}
    field(std::string_view n, double v) : name(n), value(v) {}
    template <std::signed_integral T>
    field(std::string_view n, T v) : name(n),
                                     value(static_cast<std::int64_t>(v)) {}
    template <std::unsigned_integral T>
    requires(!std::same_as<T, bool>) field(std::string_view n, T v) : name(n), value(static_cast<std::uint64_t>(v)) {}
};
using fields = std::initializer_list<field>;

/// Before the first line and before there are threads. Without it: info, JSON.
void start_logging(log_level least, log_format how);

/// Whether a line of this level is written at all.
bool logs(log_level level);

/// `what` is a short fixed phrase, so that lines can be counted by it.
void log(log_level level, std::string_view what, fields about = {});

inline void log_debug(std::string_view what, fields about = {}) { log(log_level::debug, what, about); }
inline void log_info(std::string_view what, fields about = {}) { log(log_level::info, what, about); }
inline void log_warning(std::string_view what, fields about = {}) { log(log_level::warning, what, about); }
inline void log_error(std::string_view what, fields about = {}) { log(log_level::error, what, about); }

/// The line without its end, as log() writes it.
std::string log_line(log_format how, events::instant when, log_level level, std::string_view what, fields about);

}  // namespace server::ops
