#pragma once
// The read models as they were at a position: from the views kept nearest before it (past_snapshots.hpp), or from the beginning of
// the log, and the events since. Readers who ask for the same position at the same time share what is made, and what was made is
// kept for a moment, within a bound of memory: what comes after one of them goes on from it.
//
// What was kept is light: read beside the present. A thread of its own keeps moments as the log grows.
//
// Any thread; takes as long as reading some ten thousands of events does, and where nothing is kept all of the log up to there
// (a second for some hundreds of thousands), so not on a shard's.

#include "core/views/views.hpp"
#include "events/keys/keyring.hpp"
#include "events/log/log.hpp"
#include "server/engine/past_snapshots.hpp"
#include "server/engine/views.hpp"
#include "server/shares/throttle.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

namespace server::engine {

struct past_options {
    /// The views that a light one is read beside. Null: all is folded from the beginning, and nothing kept beside the log.
    const shared_views* present = nullptr;
    std::uint64_t every_events = 32'768;  ///< from one to the next
    past_snapshot_options kept{};
    std::size_t held_max = 4;                               ///< in memory
    std::size_t held_bytes_max = std::size_t{256} << 20;    ///< but for the last one
    std::chrono::seconds held_for{60};                      ///< after it was asked for last
    std::function<bool()> has_room = {};                    ///< on the disk; null: there always is
    past_snapshots::mended mended = {};                       ///< of past snapshots that were thrown away
    std::function<void(std::string_view why)> failed = {};  ///< one could not be kept; said once until one is
};

class past_views {
public:
    using one = std::shared_ptr<const core::views::views>;

    past_views(events::log& log, const events::keyring& keys, past_options how = {});

    /// With every event up to `which`, which is durable. Throws std::runtime_error where an event can't be read.
    one at(events::position which);

    /// Somebody was erased: nothing that was read before is kept in memory.
    void forget();

    /// Lets go of what nobody has asked for in a while.
    void let_go(std::chrono::steady_clock::time_point now);

    /// Keeps the moments that are due. False where it was stopped before that, or could not.
    bool keep_up(const std::stop_token& stop, shares::throttle* throttle = nullptr);
    /// keep_up() and let_go(), by a thread of its own, until stop().
    void start();
    void stop() { thread_ = {}; }

    const past_snapshots& kept() const { return kept_; }
    std::uint64_t made() const { return made_; }  ///< how many were, since the process began
    std::uint64_t folded() const { return folded_; }  ///< how many events that took

private:
    struct held {
        one views;
        std::size_t bytes = 0;
        std::chrono::steady_clock::time_point asked{};
    };
    using making = std::shared_future<one>;

    held make(events::position which);
    held nearest(events::position which);
    void load_members(core::views::views& into, events::position up_to) const;
    void fold(core::views::views& into, events::position up_to, const std::stop_token& stop = {}, shares::throttle* throttle = nullptr);
    core::views::task_row as_it_was(const core::views::views& in, events::task_id which, events::position up_to) const;
    void put_back_outdated(core::views::views& into);

    events::log& log_;
    const events::keyring& keys_;
    past_options how_;
    past_snapshots kept_;
    bool told_ = false;             // of a failure; of the thread below
    std::atomic<std::uint64_t> made_{0}, folded_{0};
    std::mutex making_;             // one is made at a time
    std::mutex guard_;              // of what follows
    std::list<held> held_;          // the last asked for first
    std::map<events::position, std::shared_ptr<making>> under_way_;
    std::uint64_t forgotten_ = 0;
    std::jthread thread_;           // last: it uses all else
};

}  // namespace server::engine
