#pragma once
// How the process ends where it can't go on: one line on standard error that says what is wrong, where and what to do, and
// an exit code of its own. Nothing else ends it but being told to.

#include "events/catalog/value.hpp"

#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace events {

/// The exit codes. `opsroomd --help` lists them, by endings(), and so does server/README.md: what restarts the process may go by them.
enum class ending : int {
    told_to = 0,
    failed = 1,
    bad_usage = 2,
    in_use = 10,
    damaged = 11,
    newer_version = 12,
    no_access = 13,
    disk_full = 14,
    no_address = 15,
    out_of_memory = 16,
    not_durable = 20,
    unforeseen = 21,
};

struct ending_words {
    ending code;
    std::string_view zh, en;
};

/// All of them, by code.
std::span<const ending_words> endings();

/// Thrown where one thing can't be used and whoever opens it can't do without: the line names the file or the position, and
/// the cure.
class cannot_go_on : public std::runtime_error {
public:
    cannot_go_on(ending code, bilingual line) : std::runtime_error(line.en), code_(code), line_(std::move(line)) {}
    ending code() const { return code_; }
    const bilingual& line() const { return line_; }

private:
    ending code_;
    bilingual line_;
};

/// What the exception says, and which code goes with it. `doing`: what was being done, of an exception that says only why.
cannot_go_on what_ended(const std::exception& thrown, std::string_view doing);

/// No disk space: errno ENOSPC or EDQUOT, in whatever exception.
bool is_no_space(const std::exception& thrown);

/// Memory, address space, threads or descriptors that the system does not give just now: says nothing of what was asked for.
bool is_shortage(const std::exception& thrown);

/// Before there are threads: the language of last lines, and who else is told of them (a log line). `also` must not throw. From here on
/// std::terminate ends the process in the same way, whoever's thread it is.
void speak_at_the_end(language in, std::function<void(ending, std::string_view line)> also = {});

/// Writes the line and ends the process at once: no destructor runs, as other threads go on until the end. What was
/// acknowledged is on the disk.
[[noreturn]] void end_process(ending code, const bilingual& line) noexcept;
[[noreturn]] inline void end_process(const cannot_go_on& why) noexcept { end_process(why.code(), why.line()); }

/// The line alone, as end_process() would write it: for main, which returns the code.
void say_last_line(ending code, const bilingual& line) noexcept;

}  // namespace events
