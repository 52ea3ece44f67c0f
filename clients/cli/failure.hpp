#pragma once
// What goes wrong, as a person and a script are told: one line on stderr and an exit code by kind.

#include "clients/cli/language.hpp"
#include "opsroom/problem.hpp"

#include <stdexcept>
#include <string>

namespace cli {

enum class exit_code : int {
    ok = 0,
    internal = 1,
    usage = 2,
    unauthenticated = 3,
    forbidden = 4,
    not_found = 5,
    conflict = 6,     ///< also a stale version
    invalid = 7,
    unavailable = 8,  ///< not reachable, draining, or too busy
};

/// The kind that a HTTP status belongs to. Statuses of success are `ok`.
exit_code exit_code_of(unsigned http_status);

/// Ends the command. Thrown anywhere, caught once in `run`.
class failure : public std::runtime_error {
public:
    failure(exit_code kind, std::string zh, std::string en)
        : std::runtime_error(en), kind_(kind), zh_(std::move(zh)), en_(std::move(en)) {}

    /// From a problem object of the server (RFC 9457). What is not one makes an internal failure.
    static failure from_problem(const json& problem);
    /// From what the client library throws: the server's problem, or its own.
    static failure of(const problem& why);

    exit_code kind() const { return kind_; }
    const std::string& in(language l) const { return l == language::zh ? zh_ : en_; }

    /// The problem's `code` and `status`; empty and 0 where the server did not speak.
    const std::string& code() const { return code_; }
    unsigned status() const { return status_; }

private:
    exit_code kind_;
    std::string zh_;
    std::string en_;
    std::string code_;
    unsigned status_ = 0;
};

/// What `ask` answers; what the client library throws, as `failure`.
template <class Ask>
auto as_failures(Ask&& ask) {
    try {
        return ask();
    } catch (const problem& why) {
        throw failure::of(why);
    }
}

}  // namespace cli
