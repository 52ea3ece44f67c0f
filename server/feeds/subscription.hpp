#pragma once
// One subscription of a hub. Internal to feeds.

#include "server/feeds/hub.hpp"

namespace server::feeds {

struct hub::subscription {
    subscriber* to;
    wire::feed feed;
    events::position at;        // its receiver has everything up to here
    bool live = false;          // and is sent what follows as it comes
    bool catching_up = false;   // catch_up() is on its way
    bool announce = false;      // tell it once it is live: it resumed
    bool stale = false;         // its snapshot has to be sent again, once there is room
    std::set<std::uint64_t> shown;  // rows of a list of a flow's entities that it has
    std::size_t content = 0;    // hash of the last snapshot, so that an inbox that stayed the same is not sent again
};

}  // namespace server::feeds
