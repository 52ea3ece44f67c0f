#pragma once
// What the engine is asked, and what it answers.

#include "core/commands.hpp"
#include "core/kernel/refusal.hpp"
#include "events/catalog/envelope.hpp"

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace server::engine {

struct client_command {
    events::uuid id;
    events::member_id actor;                  ///< already authenticated; `the_system` has no actor
    std::optional<events::stream_id> target;  ///< nothing: the command creates
    std::optional<events::version> expect;    ///< the version that the client saw
    core::any_command what;
    std::uint64_t digest = 0;                 ///< of all of the above but the id, so that a retry is known; never 0
    bool follows_from = false;                ///< a policy asks: it follows from the command with this id
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
};

using answer = std::variant<done, refused>;

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
    bool tick = false;                       ///< no command but the clock's hand: what is due by now follows (core/policies)
    std::optional<events::instant> at = {};  ///< when it is asked, where time is only played; nothing: now
};

/// Any thread may give one at any time; what is done is not due again. `from` is told how many events there were.
inline request tick(std::shared_ptr<asker> from = {}) {
    request r;
    r.from = std::move(from);
    r.tick = true;
    return r;
}

struct addressed_answer {
    std::shared_ptr<asker> to;
    events::uuid command;
    answer what;
};

}  // namespace server::engine
