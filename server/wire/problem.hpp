#pragma once
// What a client is told when something can't be done: RFC 9457 problem details, the same over HTTP and over the socket.

#include "core/kernel/refusal.hpp"
#include "events/catalog/id.hpp"
#include "events/catalog/value.hpp"

#include <optional>
#include <string>
#include <vector>

namespace server::wire {

/// A field at fault: where (JSON pointer, RFC 6901), and what would be right.
struct field_fault {
    std::string pointer;
    std::string zh;
    std::string en;
};

struct problem {
    int status = 400;
    core::refusal why;                       ///< static text
    std::vector<field_fault> errors;
    std::optional<events::version> present;  ///< with stale_version
    std::optional<int> retry_after_seconds;
    core::particulars more = {};             ///< said behind its words
};

/// What a rule, the engine or identity refused, with its status. `place`: of the field at fault, where the command is known.
/// `more`: of this very case.
problem from_refusal(const core::refusal& why, std::optional<events::version> present = {}, std::string_view place = {}, core::particulars more = {});

/// The HTTP status that goes with what stands in the way.
int status_of(const core::refusal& why);

/// Appends the JSON object; `title` and `detail` are in the reader's language.
void write_problem(std::string& out, const problem& p, events::language reader);
std::string to_json(const problem& p, events::language reader);

// Those that belong to the wire itself.
namespace problems {
extern const core::refusal malformed_json, bad_fields, unknown_command, unknown_type, bad_feed, unauthenticated, token_expired,
    session_ended, foreign_origin, forbidden, not_found, method_not_allowed, too_large, message_too_large, not_json, too_many, too_many_subscriptions,
    too_many_outstanding, too_many_connections, draining, starting, bad_query, present_only, bad_handshake, malformed_request, too_slow, busy, rate_limited, share_taken, bad_command_id,
    wrong_version, doubled_header, ambiguous_length, unknown_coding, no_host, unknown_expectation, unknown_method, changed_meanwhile, beyond_the_end,
    headers_too_large;
}

problem make(int status, const core::refusal& why);

}  // namespace server::wire
