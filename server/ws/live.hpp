#pragma once
// One member's live connection, without the socket: lines come in, frames go out through a bounded outbox. A socket, an
// event stream or a test carries it. Everything here runs on its shard's thread.

#include "server/engine/engine.hpp"
#include "server/feeds/hub.hpp"
#include "server/identity/accounts.hpp"
#include "server/shares/backlog.hpp"
#include "server/shares/rates.hpp"
#include "server/wire/messages.hpp"
#include "server/ws/presence.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace server::ws {

struct live_options {
    /// What is made for it and not taken. Feeds wait at three quarters of it and are caught up below a quarter; from a quarter on
    /// nothing more that it says is looked at. What is left is for answers that are on their way.
    std::size_t outbox_bytes_max = 1'048'576;
    std::size_t message_bytes_max = 65'536;
    std::size_t subscriptions_max = 64;
    std::size_t outstanding_max = 256;
};

/// What a live connection needs around it. One a shard.
struct surroundings {
    engine::engine& engine;
    feeds::hub& hub;
    ws::presence& presence;
    wire::documents& read;
    wire::parser& parser;
    unsigned shard;
    std::function<void(events::channel_id, events::member_id)> tell_typing;  ///< every shard
    live_options limits;
    shares::backlog& backlog;
    shares::rates* rates = nullptr;  ///< null: nobody is too fast
    bool room_was_short = false;     ///< of somebody who holds little themselves: look_again() at all of them
    /// Runs something on this thread, later.
    std::function<void(std::chrono::milliseconds, std::function<void()>)> after = {};
};

/// Close codes of RFC 6455 and our own.
enum class close_code : std::uint16_t { normal = 1000, protocol = 1002, not_text = 1003, bad_utf8 = 1007, too_large = 1009, failed = 1011, restarting = 1012,
                                        session_ended = 4001, too_slow = 4008 };

class live : public feeds::subscriber, public engine::asker, public std::enable_shared_from_this<live> {
public:
    /// `wake`: there is something to take(). `close`: the connection is to end, once what is in the outbox was sent.
    live(surroundings& around, identity::principal who, std::function<void()> wake, std::function<void(close_code)> close);
    ~live() override;

    /// Sends the hello. With `present` the member counts as online.
    void start(bool present);

    /// One message: lines. What can't be looked at now waits.
    void received(std::string_view message);
    /// Whether to read on from it. Where not, `wake` is called, or something is taken, before that changes.
    bool is_listening() const { return unread_.empty() && !paced_ && !is_congested(); }
    /// It was let down for want of room that others took; perhaps there is some now.
    void look_again();
    /// Since when nothing was taken of what there is; nothing where there is nothing, or it is taken.
    std::optional<std::chrono::steady_clock::time_point> stuck_since() const { return outbox_.empty() ? std::nullopt : std::optional(taken_at_); }
    std::size_t outbox_bytes() const { return outbox_bytes_ + taken_bytes_; }

    /// A feed for a connection that can't ask for one itself.
    /// `after` is of the history named; of another than this log's it says nothing, and a snapshot is sent. An empty name is
    /// of a client that does not know of histories.
    std::optional<wire::problem> follow(const wire::feed& f, std::optional<events::position> after, std::string_view history);

    /// Up to about `bytes_max` of frames, in order; they count as sent, and as held until written() or the next take().
    std::vector<feeds::frame> take(std::size_t bytes_max);
    void written();
    bool has_output() const { return !outbox_.empty(); }

    /// The socket is gone: no callback is called from here on.
    void gone();

    const identity::principal& principal() const { return who_; }

    // feeds::subscriber
    events::member_id who() const override { return who_.member; }
    events::language reader() const override { return language_; }
    bool has_room() const override { return has_room_for(0); }
    bool has_room_for(std::size_t bytes) const override;
    void send(feeds::frame one) override;
    void end_session() override { finish(close_code::session_ended); }

    // engine::asker
    void answered(const events::uuid& command, const engine::answer& what) override;

    void finish(close_code why);

private:
    void look_at_unread();
    bool waits_for_views();
    void go_on_after(std::chrono::milliseconds so_long);
    void each_line(std::string_view& message, std::vector<engine::request>& commands);
    bool is_congested() const;
    /// Whoever says too much at once is not listened to for a while; or, where that were long, told so: then it is how long.
    std::optional<std::chrono::milliseconds> charge(std::string_view message);
    void pace(std::chrono::milliseconds so_long);
    void subscribe(const wire::subscribe& asked);
    void drop_outbox();
    std::size_t share() const { return around_.limits.outbox_bytes_max / 4; }
    void handle(std::string_view line, std::vector<engine::request>& commands);
    void submit(std::vector<engine::request>& commands);
    void say(std::string line) { send(feeds::make_frame(std::move(line))); }

    surroundings& around_;
    identity::principal who_;
    events::language language_;
    std::function<void()> wake_;
    std::function<void(close_code)> close_;
    std::deque<feeds::frame> outbox_;
    std::size_t outbox_bytes_ = 0;
    std::size_t taken_bytes_ = 0;      // and being written now
    std::size_t largest_ = 0;          // of what was sent into an empty outbox: a document can be larger than the bounds
    std::chrono::steady_clock::time_point taken_at_;
    std::shared_ptr<shares::backlog::person> account_;
    std::string unread_;               // lines that wait
    bool paced_ = false;               // for a while
    bool waiting_ = false;             // for its turn, or for the views to have what it was told of
    int turn_left_ = 0;
    int waited_ = 0;                   // so many times
    std::optional<events::position> told_;
    std::optional<int> refusing_;      // what is said now comes too fast: seconds until it would not
    std::size_t outstanding_ = 0;
    bool present_ = false;
    bool gone_ = false;
    bool too_slow_ = false;
    mutable bool starved_ = false;  // somebody found no room since it was last drained
};

}  // namespace server::ws
