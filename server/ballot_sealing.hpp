#pragma once
// Where commands of elections become whole (engine::unmade): after the rules have let them pass, in a lane of their own, and
// then they are submitted again. Neither the writer nor a shard waits for it.

#include "server/ballots/returning_officer.hpp"
#include "server/engine/engine.hpp"
#include "server/shares/lanes.hpp"

#include <atomic>
#include <functional>

namespace server {

class ballot_sealing {
public:
    /// `on_shard` runs a function on a shard's thread. All of them outlive the lanes' last work.
    ballot_sealing(ballots::returning_officer& officer, shares::lanes& lanes, engine::engine& writer, std::function<void(unsigned, std::function<void()>)> on_shard)
        : officer_(officer), lanes_(lanes), writer_(writer), on_shard_(std::move(on_shard)) {}

    /// Any thread. Whoever asked is told where it can't be made.
    void make_whole(engine::request&& asked);

private:
    void make(engine::request& asked);
    void tell_busy(engine::request& asked);

    ballots::returning_officer& officer_;
    shares::lanes& lanes_;
    engine::engine& writer_;
    std::function<void(unsigned, std::function<void()>)> on_shard_;
};

/// A worker's, once a second: has those counted that are due; most of the time there is nothing to count. `counting`: another
/// worker does.
void count_ballots(ballots::returning_officer& polls, engine::engine& writer, std::atomic<bool>& counting);

}  // namespace server
