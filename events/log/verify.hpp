#pragma once
// Recomputes everything that the log claims of itself, from its bytes alone.

#include "events/log/log.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>

namespace events {

/// What the root over the first `size` events has to be, and who says so: a signed checkpoint, for example.
struct known_root {
    std::uint64_t size = 0;
    proof::hash root{};
    std::string source;
};

/// The first thing that is not as it should be.
struct log_fault {
    enum class kind {
        missing,          ///< no event at the position
        unreadable,       ///< the disk gives none or wrong bytes, from the position on
        undecodable,      ///< the bytes are no event
        misplaced,        ///< the event says another position
        version_gap,      ///< the event does not follow the last one of its stream
        changed,          ///< not the bytes that the Merkle tree was built from
        root_mismatch,    ///< the tree's root is not that of its leaves
        known_root_differs,  ///< a known root is another one: the log was rewritten at or before the position
        known_root_beyond,   ///< a known root is of a longer log: events are missing at the end
    };
    kind what;
    position at;
    std::string detail;  ///< in English; may be empty

    std::string message(language in) const;
};

struct verification {
    position upto;         ///< the head when it began
    proof::hash root{};    ///< over all events up to there, if there is no fault
    std::optional<log_fault> fault;
};

/// Checks positions, envelopes, stream versions and leaf hashes up to the head as it is now, the root of the log's
/// tree, and every known root. Others may read and append meanwhile. `progress` (may be empty) is called now and
/// then on this thread. Takes one thread besides this one. Throws std::system_error or std::bad_alloc where the system gives too little
/// to find out, and index_broken while the log's own tree is being made anew.
verification verify(const log& of, std::span<const known_root> known,
                    const std::function<void(position done, position upto)>& progress);

}  // namespace events
