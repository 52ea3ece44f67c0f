#pragma once
// The subscriptions of one shard. Everything here runs on that shard's thread; nothing is locked.
//
// A subscription is at a position: its receiver has everything up to there. While it is live, each batch is sent as
// it is published. When its receiver has no room it falls behind, and is caught up from the log itself once there is
// room again; so a slow client costs a bounded outbox and nothing else.
//
// `board`, `task`, `channel`, `request`, `project` and `audit` are lossless. The others show the latest: changes within a
// tick are sent as one.

#include "server/engine/committed.hpp"
#include "server/wire/feed.hpp"
#include "server/feeds/frames.hpp"
#include "server/feeds/subscriber.hpp"
#include "server/wire/documents.hpp"
#include "server/wire/problem.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace server::feeds {

struct hub_options {
    std::size_t subscriptions_max = 64;      ///< a subscriber
    std::size_t chunk_events_max = 500;      ///< read from the log at once while catching up
    std::size_t scan_events_max = 20'000;    ///< looked through at once for them
    std::uint64_t board_replay_max = 5'000;  ///< further behind, the board is sent whole
};

class hub {
public:
    /// `later` runs a function soon, on this thread, after what is waiting already.
    hub(const wire::documents& read, std::function<void(std::function<void()>)> later, hub_options how = {});
    ~hub();
    hub(const hub&) = delete;
    hub& operator=(const hub&) = delete;

    /// Sends the snapshot (or, with `after`, what has happened since), then everything that follows.
    std::optional<wire::problem> subscribe(subscriber& to, const feed& f, std::optional<events::position> after);
    void unsubscribe(subscriber& to, const feed& f);

    /// The subscriber is going; nothing is sent to it from here on.
    void remove(subscriber& gone);

    /// It has room again.
    void drained(subscriber& to);

    /// A batch is durable and in the views.
    void publish(const engine::committed_batch& batch);

    /// Ten times a second: sends the latest of what changed.
    void tick();

    void presence(const std::vector<events::member_id>& online);
    void typing(events::channel_id where, events::member_id who);

    /// Any thread: how many there are.
    std::size_t subscriptions() const { return count_.load(std::memory_order_relaxed); }

    /// Whether a batch that is in the views by now is wanted here at all. For whoever put it there.
    ///
    /// subscribe() counts first and looks at the views then; here it is the other way round. With a fence between the
    /// two on either side at least one of them sees the other: either the batch is published here, or the subscription
    /// begins after it. Without, both may look at the past, and the batch would be lost to that subscription.
    bool is_wanted() const {
        std::atomic_thread_fence(std::memory_order_seq_cst);
        return subscriptions() > 0;
    }

private:
    struct subscription;
    using subscriptions_of = std::vector<std::unique_ptr<subscription>>;

    enum when_to_send { always, only_changed };
    void send_snapshot(subscription& s, when_to_send when = always);
    void catch_up(subscription& s);
    void catch_up_soon(subscription& s);
    void end(subscription& s, const wire::problem& why);
    void deliver(subscription& s, batch_frames& frames, events::position to);
    void mark_dirty(const engine::committed& batch);
    void mark_flows(const engine::committed& batch);
    void tick_flows();
    void check_parts(const engine::committed& batch);
    void check_rights(const engine::committed& batch);
    void check_tasks(const engine::committed& batch);
    void check_people(const engine::committed& batch);
    subscription* find(subscriber& of, const feed& f);

    const wire::documents& read_;
    std::function<void(std::function<void()>)> later_;
    hub_options how_;
    std::unordered_map<subscriber*, subscriptions_of> by_subscriber_;
    std::unordered_map<feed, std::vector<subscription*>> by_feed_;
    std::atomic<std::size_t> count_{0};
    events::position head_;   // of the last batch that was published here
    std::shared_ptr<int> alive_ = std::make_shared<int>();

    // What changed since the last tick.
    std::set<std::uint64_t> members_dirty_;
    std::set<std::uint64_t> channels_dirty_;
    wire::leavings left_;
    std::map<feed_kind, std::set<std::uint64_t>> lists_dirty_;  // which rows of which list of a flow
    std::set<feed_kind> lists_anew_;                            // to be looked at as a whole
    std::set<feed> documents_dirty_;
    bool inbox_dirty_ = false;
    events::date today_;
};

}  // namespace server::feeds
