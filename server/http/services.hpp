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
#include "server/ops/health.hpp"
#include "server/ops/metrics.hpp"
#include "server/search/texts.hpp"
#include "server/wire/documents.hpp"
#include "server/ws/live.hpp"
#include "server/ws/presence.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>

#include <functional>
#include <memory>
#include <unordered_set>

namespace server::http {

/// For the whole process.
struct services {
    const ops::config& config;
    engine::engine& engine;
    wire::documents& read;
    identity::accounts& accounts;
    ws::presence& presence;
    blobs::store& files;
    wire::ballot_box& polls;
    engine::past_views& past;
    ops::metrics& metrics;
    ops::health& health;
    const events::proof::note_signer& signer;
    boost::asio::thread_pool& workers;  ///< for what is slow: hashing passwords, verifying the log
    std::function<events::instant()> now;
    search::texts& texts;
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
    std::unordered_set<ws::live*> lives;
    std::size_t connections = 0;
};

/// Who asks.
struct caller {
    identity::principal principal;
    events::language language = events::language::en;
};

}  // namespace server::http
