#pragma once
// The port to the log: everything that happened, in one order, for ever.
//
// One thread appends. Every other function may be called from any thread, at any time.
// Errors: a conflict, a fenced append or a full disk is an answer and changes nothing. Any other failed write or
// fsync is not survivable: the implementation ends the process, as what is durable is then unknown.

#include "events/catalog/envelope.hpp"
#include "events/proof/hash.hpp"

#include <boost/system/result.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events {

/// One event to append. `bytes` are its stored form (codec.hpp) and are only borrowed for the call.
struct entry {
    events::envelope envelope;
    std::string_view bytes;
};

/// The stream is elsewhere than the appender thought. `present` is its version now; what happened in
/// between is read with read_stream(stream, expected + 1).
struct conflict {
    stream_id stream;
    version expected;
    version present;
    bool operator==(const conflict&) const = default;
};

/// The log is elsewhere than the appender thought: another writer has taken over.
struct fenced {
    position expected;
    position present;
    bool operator==(const fenced&) const = default;
};

/// The disk is full. Nothing of the batch is in the log, nor will be; what was there before can be read. Ask again later.
struct no_room {
    bool operator==(const no_room&) const = default;
};

using append_refusal = std::variant<conflict, fenced, no_room>;

/// A command is known by who sent it and the id that they gave it.
struct command_key {
    member_id actor;
    uuid id;
    auto operator<=>(const command_key&) const = default;
};

/// What became of a command.
struct outcome {
    position first;      ///< the first of its events; with none, the last one that its answer rests on (0: none)
    std::uint32_t count; ///< how many there are; they are consecutive. 0: it had nothing to change
    std::uint64_t digest;
    bool operator==(const outcome&) const = default;
};

/// A command that was taken and had nothing to change: it is remembered, as it is to be answered the same when it comes again,
/// whatever has happened meanwhile.
struct idle_command {
    command_key key;
    position rests_on;   ///< outcome::first
    std::uint64_t digest;
    bool operator==(const idle_command&) const = default;
};

/// So many are remembered; the oldest is forgotten for the newest.
inline constexpr std::size_t idle_commands_max = 1'000'000;

enum class direction { forwards, backwards };

/// Called with each event in turn; false stops the reading. `bytes` are valid during the call.
using visitor = std::function<bool(position, std::string_view bytes)>;

/// Thrown by what reads by stream or by command where the index is damaged: it is made anew from the log, while the rest goes on.
class index_broken : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class log {
public:
    virtual ~log() = default;

    /// Appends all entries with one fsync, or none. Each entry's envelope says its position (head + 1 on) and
    /// its version (its stream's + 1): these are the expectations. Events of one command are neighbours in
    /// one batch. Durable when it returns. Throws std::invalid_argument for a stream of no kind, or numbered far
    /// past the highest of its kind: ids are dense. An empty batch succeeds and does nothing.
    ///
    /// `idle` is remembered by the same fsync: all of it and all of the batch, or none. It is beside the events, not among them:
    /// who reads the log, proves it or makes its index anew does not meet it. So it goes with the log's files (into a backup,
    /// and back out of it up to the moment that is restored), but is not known to who has the events alone. Without a batch it
    /// waits for an fsync of its own.
    virtual boost::system::result<position, append_refusal> append(std::span<const entry> batch, std::span<const idle_command> idle) = 0;
    auto append(std::span<const entry> batch) { return append(batch, {}); }

    /// The last durable position; 0 for an empty log.
    virtual position head() const = 0;

    /// Every index has taken in the events up to here; reads by stream and by command see further than this
    /// (they see all that is appended), proofs do not.
    virtual position indexed() const = 0;

    /// Blocks until indexed() is at least `p` or the time is over; says whether it is.
    virtual bool wait_indexed(position p, std::chrono::milliseconds at_most) const = 0;

    /// Blocks until head() is past `p` or the time is over; says whether it is. This is how to tail.
    virtual bool wait_beyond(position p, std::chrono::milliseconds at_most) const = 0;

    /// 0 where there is no such stream.
    virtual version version_of(stream_id stream) const = 0;

    /// How many streams of a kind there are is also the highest number given out, as ids are dense.
    virtual std::uint64_t highest(category kind) const = 0;

    /// Those with events for ever, of the idle ones the newest (idle_commands_max).
    virtual std::optional<outcome> find_command(const command_key& key) const = 0;

    /// From `from` on (forwards: that position and later; backwards: that position and earlier).
    virtual void read_all(position from, direction way, const visitor& visit) const = 0;

    /// From version `from` on, in either direction. Nothing where there is no such stream.
    virtual void read_stream(stream_id stream, version from, direction way, const visitor& visit) const = 0;

    /// One event. False where there is none.
    virtual bool read_one(position p, const visitor& visit) const = 0;

    // Proofs (RFC 9162 §2.1). Sizes are counts of events; none may be above tree_size(). Throws std::out_of_range.
    virtual std::uint64_t tree_size() const = 0;
    virtual proof::hash root(std::uint64_t size) const = 0;
    virtual std::vector<proof::hash> inclusion(position p, std::uint64_t size) const = 0;
    virtual std::vector<proof::hash> consistency(std::uint64_t old_size, std::uint64_t new_size) const = 0;

    // Small named blobs kept beside the log, not in it: snapshots of read models and signed checkpoints. They can
    // be lost without losing anything. Written whole; durable when keep returns. Any thread, one at a time a name.
    // A name is 1 to 80 bytes.
    virtual void keep(std::string_view name, std::string_view blob) = 0;
    virtual std::optional<std::string> kept(std::string_view name) const = 0;
    /// Sorted; those that begin with `prefix`.
    virtual std::vector<std::string> kept_names(std::string_view prefix) const = 0;
};

}  // namespace events
