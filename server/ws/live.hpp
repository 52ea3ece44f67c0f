#pragma once
// One member's live connection, without the socket: lines come in, frames go out through a bounded outbox. A socket, an
// event stream or a test carries it. Everything here runs on its shard's thread.

#include "server/engine/engine.hpp"
#include "server/feeds/hub.hpp"
#include "server/identity/accounts.hpp"
#include "server/wire/messages.hpp"
#include "server/ws/presence.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace server::ws {

struct live_options {
    std::size_t outbox_bytes_max = 1'048'576;   ///< above it, feeds wait
    std::size_t outbox_bytes_low = 262'144;     ///< below it again, they are caught up
    std::size_t outbox_bytes_hard = 16'777'216; ///< above it the connection is closed: it does not take even its answers
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
    wire::ballot_box* polls = nullptr;
};

/// Close codes of RFC 6455 and our own.
enum class close_code : std::uint16_t { normal = 1000, protocol = 1002, not_text = 1003, bad_utf8 = 1007, too_large = 1009, restarting = 1012,
                                        session_ended = 4001, too_slow = 4008 };

class live : public feeds::subscriber, public engine::asker, public std::enable_shared_from_this<live> {
public:
    /// `wake`: there is something to take(). `close`: the connection is to end, once what is in the outbox was sent.
    live(surroundings& around, identity::principal who, std::function<void()> wake, std::function<void(close_code)> close);
    ~live() override;

    /// Sends the hello. With `present` the member counts as online.
    void start(bool present);

    /// One message: lines.
    void received(std::string_view message);

    /// A feed for a connection that can't ask for one itself.
    std::optional<wire::problem> follow(const wire::feed& f, std::optional<events::position> after);

    /// Up to about `bytes_max` of frames, in order; they count as sent.
    std::vector<feeds::frame> take(std::size_t bytes_max);
    bool has_output() const { return !outbox_.empty(); }

    /// The socket is gone: no callback is called from here on.
    void gone();

    const identity::principal& principal() const { return who_; }

    // feeds::subscriber
    events::member_id who() const override { return who_.member; }
    events::language reader() const override { return language_; }
    bool has_room() const override { return outbox_bytes_ < around_.limits.outbox_bytes_max; }
    void send(feeds::frame one) override;
    void end_session() override { finish(close_code::session_ended); }

    // engine::asker
    void answered(const events::uuid& command, const engine::answer& what) override;

    void finish(close_code why);

private:
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
    std::size_t outstanding_ = 0;
    bool present_ = false;
    bool gone_ = false;
    bool starved_ = false;  // somebody found no room since it was last drained
};

}  // namespace server::ws
