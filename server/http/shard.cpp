#include "server/http/services.hpp"

#include <boost/asio/post.hpp>

namespace server::http {

shard::shard(services& s, unsigned i)
    : all(s),
      index(i),
      io(1),
      lines(s.config.message_bytes_max),
      bodies(s.config.body_bytes_max),
      hub(s.read, [this](std::function<void()> what) { boost::asio::post(io, std::move(what)); },
          feeds::hub_options{.subscriptions_max = s.config.subscriptions_max}),
      around{s.engine, hub, s.presence, s.read, lines, i, {},
             ws::live_options{.message_bytes_max = s.config.message_bytes_max,
                              .subscriptions_max = s.config.subscriptions_max,
                              .outstanding_max = s.config.outstanding_max},
             &s.polls} {}

shard::~shard() = default;

}  // namespace server::http
