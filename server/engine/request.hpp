#pragma once
// What the engine is asked, and what it answers.

#include "core/any_command.hpp"
#include "core/kernel/refusal.hpp"
#include "events/catalog/envelope.hpp"
#include "events/catalog/org.hpp"

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace server::engine {

/// What is left to make of a command: it takes long, so it is made once the rules have let the rest pass, and beside the
/// deciding thread. Until then `what` has something of its form in that place.
struct unmade {
    events::member_id choice;  ///< whom a ballot is for, sealed for the log; 0: the key of an election that is opened
};

struct client_command {
    events::uuid id;
    events::member_id actor;                  ///< already authenticated; `the_system` has no actor
    std::optional<events::stream_id> target;  ///< nothing: the command creates
    std::optional<events::version> expect;    ///< the version that the client saw
    core::any_command what;
    std::uint64_t digest = 0;                 ///< of all of the above but the id, so that a retry is known; never 0 in what is whole
    bool follows_from = false;                ///< a policy asks: it follows from the command with this id
    std::optional<unmade> left = {};          ///< nothing: it is whole
};

/// Commands that are decided one after another, each on what the ones before it have made, and happen all or none: one
/// command in the log, with one id.
struct transaction {
    struct part {
        std::optional<events::stream_id> target;
        std::optional<std::uint32_t> target_made_by;  ///< instead: the part, counted from 0, that makes it
        std::optional<events::version> expect;
        core::any_command what;
        bool refers = false;   ///< among its ids are references (events/codec/references.hpp)
        bool skipped = false;  ///< could not be read: it is not decided, and counts as refused
    };
    events::uuid id;
    events::member_id actor;  ///< already authenticated; never the system
    std::vector<part> parts;
    std::uint64_t digest = 0;  ///< of all of it but the id; never 0
    bool dry_run = false;      ///< nothing happens, whatever is decided
};

/// Done, and durable. `count` is 0 where it had already taken effect under another id.
struct done {
    events::position position;  ///< of its first event; with none, the last one of the stream that it rests on
    events::stream_id stream;
    events::version version;    ///< of the stream, after it
    std::uint32_t count = 0;
};

struct refused {
    core::refusal why;
    std::optional<events::version> present;  ///< with stale_version
    std::string place = {};                  ///< of the field at fault, in the command: "form/title"
    std::string there_are = {};              ///< what could be there instead, where that is a list
    core::particulars more = {};             ///< of this very case
};

/// All of a transaction is done, and durable; or would be, in a dry run.
struct done_together {
    events::position position;               ///< of its first event; with none, the log's last
    std::uint32_t count = 0;                 ///< events, what followed by itself among them; 0: all had taken effect already
    std::vector<events::stream_id> created;  ///< by its own parts, in their order; empty in a dry run
    bool dry_run = false;
};

/// Nothing of a transaction happened.
struct refused_together {
    struct part {
        std::uint32_t index;  ///< from 0
        refused why;
    };
    std::vector<part> parts;  ///< every one that is refused, in their order; never empty
    bool dry_run = false;
};

using answer = std::variant<done, refused, done_together, refused_together>;

inline bool is_refusal(const answer& a) { return std::holds_alternative<refused>(a) || std::holds_alternative<refused_together>(a); }

/// Who is waiting for an answer. Told exactly once per command that submit() took, on its shard's thread.
class asker {
public:
    virtual ~asker() = default;
    virtual void answered(const events::uuid& command, const answer& what) = 0;
};

struct request {
    client_command command;
    std::shared_ptr<asker> from;             ///< may be null: nobody waits
    unsigned shard = 0;                      ///< whose thread `from` lives on
    std::unique_ptr<transaction> together = {};  ///< instead of `command`
    bool tick = false;                       ///< no command but the clock's hand: what is due by now follows (core/policies)
    std::optional<events::instant> slept_since = {};  ///< of a tick: none came since then, and it is long ago
    std::optional<events::org::time_witness> witness = {};  ///< of a tick: who says what time it is, against what is recorded
    std::optional<events::instant> at = {};  ///< when it is asked, where time is only played; nothing: now
};

/// Any thread may give one at any time; what is done is not due again. `from` is told how many events there were.
/// `slept_since`: what was due since then, and people had no chance to do, is made up for first (core/policies/due.hpp).
/// `witness`: who says what time it is; where that is more than a day before what is recorded, the clock is set back by an event.
/// Without one, time that goes back stands still.
inline request tick(std::shared_ptr<asker> from = {}, std::optional<events::instant> slept_since = {},
                    std::optional<events::org::time_witness> witness = {}) {
    request r;
    r.from = std::move(from);
    r.tick = true;
    r.slept_since = slept_since;
    r.witness = witness;
    return r;
}

struct addressed_answer {
    std::shared_ptr<asker> to;
    events::uuid command;
    answer what;
};

}  // namespace server::engine
