#pragma once
// The read models as they were: folded from the log up to a position. The last few that were asked for are kept, and what
// comes after one of them goes on from it.
//
// Any thread; takes as long as reading the log does (a second for some hundreds of thousands of events), so not on a shard's.

#include "core/views/views.hpp"
#include "events/keys/keyring.hpp"
#include "events/log/log.hpp"

#include <list>
#include <memory>
#include <mutex>

namespace server::engine {

class past_views {
public:
    using one = std::shared_ptr<const core::views::views>;

    /// `kept_max`: each takes as much memory as the present ones.
    past_views(const events::log& log, const events::keyring& keys, std::size_t kept_max = 2) : log_(log), keys_(keys), kept_max_(kept_max) {}

    /// With every event up to `which`, which is durable. Throws std::runtime_error where an event can't be read.
    one at(events::position which);

    /// Somebody was erased: nothing that was read before is kept.
    void forget();

private:
    one kept_before(events::position which) const;
    void keep(one made);

    const events::log& log_;
    const events::keyring& keys_;
    std::size_t kept_max_;
    std::mutex making_;          // one is made at a time
    mutable std::mutex guard_;   // of what follows
    std::list<one> kept_;        // the last asked for first
    std::uint64_t forgotten_ = 0;
};

}  // namespace server::engine
