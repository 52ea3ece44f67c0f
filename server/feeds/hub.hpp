#pragma once
// The subscriptions of one shard. Everything here runs on that shard's thread; nothing is locked.
//
// A subscription is at a position: its receiver has everything up to there. While it is live, each batch is sent as
// it is published. When its receiver has no room it falls behind, and is caught up from the log itself once there is
// room again; so a slow client costs a bounded outbox and nothing else. However many are behind, they are caught up one
// after another, a slice at a time: answers, and what happens now, come in between.
//
// `board`, `task`, `channel`, `request`, `project` and `audit` are lossless. The others show the latest: changes within a
// tick are sent as one.

#include "server/engine/committed.hpp"
#include "server/wire/feed.hpp"
#include "server/feeds/frames.hpp"
#include "server/feeds/replay.hpp"
#include "server/feeds/subscriber.hpp"
#include "server/wire/documents.hpp"
#include "server/wire/problem.hpp"

#include <atomic>
#include <deque>
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
    replay_options replay = {};              ///< of what was missed
    std::size_t slice_bytes = 512 * 1024;    ///< sent of it before whatever else there is has its turn
    std::uint64_t board_replay_max = 5'000;  ///< further behind, the board is sent whole
    std::function<void(const std::string&)> failed = {};  ///< told of what the log could not give; on the hub's thread
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

    /// How often the log was read for those who had missed something.
    std::uint64_t log_reads() const { return missed_.reads(); }

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
    struct shot {
        events::position at;
        std::size_t content_hash = 0;
        frame line;
    };
    const shot* shared_board(const subscription& s);
    void send_snapshot(subscription& s, when_to_send when = always);
    void send_or_leave_behind(subscription& s, std::string line);
    bool catch_up_by_a_page(subscription& s);
    void catch_up_soon(subscription& s);
    void catch_up_a_slice();
    void end(subscription& s, const wire::problem& why);
    void end(subscription& s, const std::exception& why);
    struct personal {
        bool active = false;
        frame one;  ///< null where there is nothing of it for them
    };
    void deliver(subscription& s, batch_frames& frames, events::position to, std::unordered_map<std::uint64_t, personal>& made);
    void mark_dirty(const engine::committed& batch);
    void mark_flows(const engine::committed& batch);
    void tick_flows();
    void check_parts(const engine::committed& batch);
    void check_rights(const engine::committed& batch);
    void check_tasks(const engine::committed& batch);
    void check_people(const engine::committed& batch);
    /// Ends what its reader may not see any more, and shows what they may see now to those whose sight has turned.
    void look_anew(const std::function<bool(const core::person&)>& turned);
    subscription* find(subscriber& of, const feed& f);

    const wire::documents& read_;
    std::function<void(std::function<void()>)> later_;
    hub_options how_;
    std::unordered_map<subscriber*, subscriptions_of> by_subscriber_;
    std::unordered_map<feed, std::vector<subscription*>> by_feed_;
    std::atomic<std::size_t> count_{0};
    events::position head_;   // of the last batch that was published here
    replay missed_;
    std::deque<std::pair<subscriber*, feed>> behind_;  // in the order in which they are caught up
    std::size_t sliced_ = 0;                           // bytes of it, in this slice
    bool slicing_ = false;                             // catch_up_a_slice() is on its way

    // The board as it is now, by which rows of it somebody sees: made once for all who see the same.
    std::map<std::vector<std::uint64_t>, shot> boards_;
    events::position boards_at_;
    events::date boards_on_;
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
