#pragma once
// What the index database has not been given yet, and the little that always stays in memory: every stream's
// version and every member's highest command id. The appending thread writes; any thread reads.
//
// Readers look here first and in the database then. That is right at any moment, as a generation is dropped
// from here only once it can be read there.

#include "events/log/expectations.hpp"
#include "events/log/stream_versions.hpp"
#include "events/rocksdb/generation.hpp"

#include <deque>
#include <memory>
#include <optional>
#include <shared_mutex>

namespace events::rocks {

class recent_index {
public:
    /// Starts where the index database ends: at `last`, with these versions.
    recent_index(position last, stream_versions versions);

    // The appending thread.

    /// It alone changes them, so it needs no lock.
    const stream_versions& versions() const { return versions_; }
    /// A batch that `checked` has just let through.
    void take_in(std::span<const entry> batch, const expectations& checked);
    /// Commands that the store has of its own are not here: only that there are ids as high.
    void remember(std::span<const idle_command> idle);
    /// True once the newest generation is large enough to be frozen.
    bool full() const { return newest_->full(); }
    /// Freezes the newest generation and begins another. Null where it is empty.
    std::shared_ptr<const generation> freeze();

    /// The indexing thread: the oldest generation can now be read from the database.
    void drop_oldest();

    // Any thread.

    version version_of(stream_id stream) const;
    std::uint64_t highest(category kind) const;

    /// What is known of a command without looking into the database.
    enum class known { yes, no, ask_database };
    struct command_answer {
        known is;
        outcome what;
    };
    command_answer find(const command_key& key) const;

    /// The highest id that the databases have of `actor` is this: later ones need not be looked up there. Has to be
    /// read from them after the log was opened.
    void learn(member_id actor, const uuid& highest_in_database);
    bool has_learnt(member_id actor) const;

    /// Positions of the stream's versions, beginning with `from` and going on in the direction: some of them, up
    /// to `limit`. Empty where `from` is not in memory but in the database. `from` is a version that there is.
    std::vector<position> positions(stream_id stream, version from, direction way, std::size_t limit) const;

private:
    struct highest_command {
        uuid id;
        bool learnt = false;  ///< else there may be higher ones in the database
    };

    mutable std::shared_mutex guard_;
    stream_versions versions_;
    boost::unordered_flat_map<member_id, highest_command, std::hash<member_id>> commands_;
    std::deque<std::shared_ptr<const generation>> frozen_;  ///< oldest first; few
    std::shared_ptr<generation> newest_;
};

}  // namespace events::rocks
