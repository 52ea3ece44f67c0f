#pragma once
// What handlers work with. Made once in main.cpp; everything in it outlives every request.

#include "events/proof/checkpoint.hpp"
#include "server/blobs/store.hpp"
#include "server/engine/engine.hpp"
#include "server/engine/past_views.hpp"
#include "server/feeds/hub.hpp"
#include "server/http/message.hpp"
#include "server/identity/accounts.hpp"
#include "server/ops/config.hpp"
#include "server/ops/disk.hpp"
#include "server/ops/health.hpp"
#include "server/ops/metrics.hpp"
#include "server/shares/backlog.hpp"
#include "server/shares/lanes.hpp"
#include "server/shares/places.hpp"
#include "server/shares/rates.hpp"
#include "server/wire/documents.hpp"
#include "server/ws/live.hpp"
#include "server/ws/presence.hpp"

#include <boost/asio/io_context.hpp>

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <unordered_set>

namespace server::backup {
class keeper;
}

namespace server::search {
struct texts;
}

namespace server::warehouse {
class keeper;
class pulls;
}

namespace server::http {

/// For the whole process.
struct services {
    const ops::config& config;
    engine::engine& engine;
    wire::documents& read;
    identity::accounts& accounts;
    ws::presence& presence;
    blobs::store& files;
    engine::past_views& past;
    ops::metrics& metrics;
    ops::health& health;
    const events::proof::note_signer& signer;
    shares::lanes& lanes;        ///< for what is slow
    shares::rates& rates;
    shares::backlog& backlog;
    std::function<events::instant()> now;
    search::texts& texts;
    ops::disk& disk;
    std::uint64_t connections_max;                ///< all shards together; no more than there are descriptors for
    std::atomic<std::uint64_t>& connections;
    std::atomic<std::uint64_t>& turned_away;      ///< connections that there was no place for
    shares::places& address_connections;          ///< of each address, by its share; of a trusted proxy there may be as many as there are
    shares::places& person_connections;           ///< of each member, live ones
    backup::keeper* backups = nullptr;            ///< set before the first request
    warehouse::keeper* warehouse = nullptr;       ///< set before the first request
    warehouse::pulls* pulls = nullptr;            ///< set before the first request
};

/// What has something to write, and is told when its turn has come.
class flushed {
public:
    virtual ~flushed() = default;
    virtual void flush() = 0;
};

/// One I/O thread and all that lives on it.
struct shard {
    shard(services& s, unsigned i);
    ~shard();

    services& all;
    unsigned index;
    boost::asio::io_context io;
    wire::parser lines;   ///< of sockets
    wire::parser bodies;  ///< of requests
    feeds::hub hub;
    ws::surroundings around;
    /// Ten times a second: sends the latest of what changed, and ends connections that hold what all need.
    void tick();

    /// Once everything that runs now is done, so that neighbours share a message; few at a time, so that others have their turn.
    void flush_soon(std::shared_ptr<flushed> one);

    std::unordered_set<ws::live*> lives;

    // A connection came, or went.
    void enter() {
        ++connections;
        all.connections.fetch_add(1, std::memory_order_relaxed);
    }
    void leave() {
        --connections;
        all.connections.fetch_sub(1, std::memory_order_relaxed);
    }
    std::size_t connections = 0;  ///< on this thread; services::connections has all

private:
    void end_stuck();
    void flush_some();

    std::deque<std::shared_ptr<flushed>> to_flush_;
    bool flushing_ = false;
};

/// Who asks.
struct caller {
    identity::principal principal;
    events::language language = events::language::en;
};

}  // namespace server::http
