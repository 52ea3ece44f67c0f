#pragma once
// What feeds have missed, read from the log once for all who ask for the same within a moment. After a restart everybody
// comes back at the same time and has missed the same.
//
// On its shard's thread alone. Pages hold what was said in the clear: forget() them when any of it is taken back.

#include "server/feeds/catch_up.hpp"
#include "server/feeds/frames.hpp"

#include <cstddef>
#include <list>
#include <memory>
#include <unordered_map>

namespace server::feeds {

struct replay_options {
    std::size_t page_events_max = 200;       ///< read from the log at once
    std::size_t page_bytes_max = 256 * 1024; ///< of their shown form
    std::size_t scan_events_max = 4'000;     ///< looked through at once for them
    std::size_t kept_bytes_max = 16UL << 20;
    unsigned kept_ticks = 30;                ///< a page that nobody asked for so long goes
};

class replay {
public:
    replay(const wire::documents& read, replay_options how) : read_(read), how_(how) {}

    struct page {
        chunk what;
        std::unique_ptr<batch_frames> frames;  ///< of what.events
    };

    /// Events of `f` after `after` and not after `goal`. Good until anything else is called here.
    page& next(const feed& f, events::position after, events::position goal);

    /// Something was taken back: nothing that was read before is shown.
    void forget();
    void tick();

    std::size_t pages() const { return all_.size(); }
    /// How often the log was read.
    std::uint64_t reads() const { return reads_; }

private:
    struct place {
        wire::feed feed;
        events::position after;
        bool operator==(const place&) const = default;
    };
    struct place_hash {
        std::size_t operator()(const place& p) const noexcept { return std::hash<wire::feed>{}(p.feed) * 1'099'511'628'211ull ^ p.after.value; }
    };
    struct kept {
        place where;
        page what;
        std::size_t bytes = 0;
        unsigned used = 0;  // at which tick
    };
    void let_go_of_last();

    const wire::documents& read_;
    replay_options how_;
    std::list<kept> all_;  // the last asked for first
    std::unordered_map<place, std::list<kept>::iterator, place_hash> by_place_;
    std::size_t bytes_ = 0;
    unsigned now_ = 0;
    std::uint64_t reads_ = 0;
};

}  // namespace server::feeds
