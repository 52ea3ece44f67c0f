#include "server/http/services.hpp"

#include "server/ops/chores.hpp"
#include "server/ops/logging.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <utility>

namespace server::http {

shard::shard(services& s, unsigned i)
    : all(s),
      index(i),
      io(1),
      lines(s.config.message_bytes_max),
      bodies(s.config.body_bytes_max),
      hub(s.read, [this](std::function<void()> what) { boost::asio::post(io, std::move(what)); },
          feeds::hub_options{.subscriptions_max = s.config.subscriptions_max,
                             .failed = [](const std::string& why) { ops::log_error("a feed could not be read", {{"why", why}}); }}),
      around{s.engine, hub, s.presence, s.read, lines, i, {},
             ws::live_options{.outbox_bytes_max = s.config.outbox_bytes,
                              .message_bytes_max = s.config.message_bytes_max,
                              .subscriptions_max = s.config.subscriptions_max,
                              .outstanding_max = s.config.outstanding_max},
             s.backlog, &s.rates, false,
             [this](std::chrono::milliseconds so_long, std::function<void()> what) {
                 const auto timer = std::make_shared<boost::asio::steady_timer>(io, so_long);
                 timer->async_wait([timer, what = std::move(what)](boost::system::error_code stopped) {
                     if (!stopped) what();
                 });
             }} {}

void shard::flush_soon(std::shared_ptr<flushed> one) {
    to_flush_.push_back(std::move(one));
    if (!std::exchange(flushing_, true)) boost::asio::post(io, [this] { flush_some(); });
}

void shard::flush_some() {
    constexpr std::size_t at_once = 32;
    for (std::size_t i = 0; i < at_once && !to_flush_.empty(); ++i) {
        const auto one = std::move(to_flush_.front());
        to_flush_.pop_front();
        try {
            one->flush();
        } catch (const std::exception& why) {  // the others have their turn all the same
            ops::chore_failed("flushing a connection", why);
        }
    }
    flushing_ = !to_flush_.empty();
    if (flushing_) boost::asio::post(io, [this] { flush_some(); });
}

void shard::tick() {
    hub.tick();
    if (std::exchange(around.room_was_short, false)) {
        const auto these = lives;  // looking may end one
        for (auto* live : these)
            if (lives.contains(live)) live->look_again();
    }
    if (all.backlog.is_scarce()) end_stuck();
}

// Those who hold most first, until there is room again for who takes what they are sent.
void shard::end_stuck() {
    constexpr std::chrono::seconds patience{1};
    const auto now = std::chrono::steady_clock::now();
    std::vector<std::pair<std::size_t, ws::live*>> stuck;
    for (auto* live : lives)
        if (const auto since = live->stuck_since(); since && now - *since > patience) stuck.emplace_back(live->outbox_bytes(), live);
    std::sort(stuck.rbegin(), stuck.rend());
    for (const auto& [bytes, live] : stuck) {
        if (!all.backlog.is_scarce()) break;
        if (lives.contains(live)) live->finish(ws::close_code::too_slow);
    }
}

shard::~shard() = default;

}  // namespace server::http
