#pragma once
// The demo year, played through the engine.

#include "events/proof/tree.hpp"
#include "server/calendar/official.hpp"
#include "server/demo/year/year.hpp"
#include "tests/sim/room.hpp"
#include "tests/support/temp_folder.hpp"

namespace sim {

namespace year = server::demo::year;

/// A year in memory.
struct played {
    events::memory_log log;
    events::memory_keyring keys;
    year::played_clock clock;
    support::temp_folder folder;
    engine::engine room;
    wire::documents read;
    server::ballots::returning_officer polls;

    explicit played(const year::script& s)
        : room(log, keys, [this] { return clock.now(); },
               {[](unsigned, std::vector<engine::addressed_answer>&& all) {
                    for (const auto& a : all) a.to->answered(a.command, a.what);
                },
                [](const engine::committed_batch&) {}},
               {.in_order = true}),
          read(room.views(), log, keys, [this] { return clock.now(); }, s.utc_offset),
          polls(folder.path() / "elections", folder.path() / "apart", read, year::random_of(s)) {
        clock.set(year::span_of(s).first);
        room.load();
        room.start();
        year::play(room, clock, polls, s, server::calendar::official_years());
    }
    ~played() { room.stop(); }

    /// Of all events as their readers see them: what is sealed differs by its keys and nonces, which are nobody's to choose.
    events::proof::hash root_in_the_clear() const {
        events::proof::memory_tiles tiles;
        events::proof::tree tree(tiles);
        log.read_all({1}, events::direction::forwards, [&](events::position, std::string_view bytes) {
            const events::proof::hash one[] = {events::proof::leaf_hash(events::show(bytes, keys))};
            tree.append(one);
            return true;
        });
        return tree.root(log.head().value);
    }
};

inline year::script small(std::uint64_t seed) {
    year::script s;
    s.seed = seed;
    s.tasks = 200;
    s.messages = 1'000;
    return s;
}

}  // namespace sim
