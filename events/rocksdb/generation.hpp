#pragma once
// The index entries of some ten thousand events next to each other: in memory first, then written to the index
// in one sorted chunk. Not locked: the owner does that while it grows; once frozen it is read from any thread.

#include "events/log/commands.hpp"
#include "events/log/log.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace events::rocks {

class generation {
public:
    /// One stream's events in this generation. Their positions hang together backwards, from `last` on.
    struct run {
        version first;
        std::uint32_t count = 0;
        std::uint32_t last = 0;  ///< the newest is at position generation::first() + last

        version newest() const { return {first.value + count - 1}; }
        bool holds(version v) const { return first <= v && v <= newest(); }
    };

    /// Frozen once it has this many events; the rest of a batch may go beyond.
    static constexpr std::size_t size_wanted = 32UL * 1024;

    explicit generation(position first);

    /// A whole batch, which begins where the generation ends. No command goes on in the next one.
    void add(std::span<const entry> batch);

    position first() const { return {first_}; }
    position last() const { return {first_ + before_.size() - 1}; }
    bool empty() const { return before_.empty(); }
    bool full() const { return before_.size() >= size_wanted; }

    /// Null where it has nothing of the kind.
    const run* find(stream_id stream) const;
    const outcome* find(const command_key& key) const;

    /// Appends to `out` the positions of the versions from..to (both in the run), in the direction asked.
    void positions(const run& of, version from, version to, direction way, std::vector<position>& out) const;

    using stream_runs = boost::unordered_flat_map<stream_id, run, std::hash<stream_id>>;
    using command_outcomes = boost::unordered_flat_map<command_key, outcome, std::hash<command_key>>;
    const stream_runs& streams() const { return streams_; }
    const command_outcomes& commands() const { return commands_; }

private:
    std::uint64_t first_;
    std::vector<std::uint32_t> before_;  ///< by offset from first_: the offset of the stream's event before it
    stream_runs streams_;
    command_outcomes commands_;
};

}  // namespace events::rocks
