#pragma once
// A subscriber that keeps what it was sent, and a hub on the test's own thread.

#include "server/feeds/hub.hpp"
#include "tests/sim/room.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <set>
#include <thread>

namespace sim {

namespace feeds = server::feeds;
using json = nlohmann::json;
using wire::feed;
using wire::feed_kind;

class watcher final : public feeds::subscriber {
public:
    explicit watcher(std::uint64_t who, std::size_t room = SIZE_MAX) : who_{who}, room_(room) {}

    events::member_id who() const override { return who_; }
    events::language reader() const override { return events::language::en; }
    bool has_room() const override { return unread_ < room_; }
    void send(feeds::frame one) override {
        ++unread_;
        lines.push_back(json::parse(*one));
        if (on_send) on_send();
    }
    void end_session() override { ended = true; }

    /// Reads what it was sent so far. True if that made room.
    bool drain() { return std::exchange(unread_, 0) >= room_; }

    /// Lines of a type, of a feed.
    std::vector<json> of(const std::string& type, const std::string& feed = "") const {
        std::vector<json> some;
        for (const auto& l : lines)
            if (l.at("type") == type && (feed.empty() || l.value("feed", "") == feed)) some.push_back(l);
        return some;
    }
    /// The positions of the events of a feed, in the order in which they came.
    std::vector<std::uint64_t> positions(const std::string& feed) const {
        std::vector<std::uint64_t> all;
        for (const auto& l : of("events", feed))
            for (const auto& e : l.at("events")) all.push_back(e.at("position"));
        return all;
    }

    std::vector<json> lines;
    std::set<std::string> following;  ///< for a test to note what it subscribed
    bool ended = false;
    std::function<void()> on_send;

private:
    events::member_id who_;
    std::size_t room_;
    std::size_t unread_ = 0;
};

/// A hub with its shard's thread played by the test's.
class shard {
public:
    explicit shard(room& in, feeds::hub_options how = {})
        : in_(in), hub(in.read, [this](std::function<void()> f) { later_.push_back(std::move(f)); }, how) {}

    /// Runs what was put off.
    void run_later() {
        while (!later_.empty()) {
            auto f = std::move(later_.front());
            later_.pop_front();
            f();
        }
    }
    /// The first of it; false where there is nothing.
    bool run_one() {
        if (later_.empty()) return false;
        auto f = std::move(later_.front());
        later_.pop_front();
        f();
        return true;
    }
    /// Publishes what came by now, and leaves what follows from it for later.
    void publish_only() {
        in_.settle();
        for (const auto& b : in_.published()) {
            seen_ = b->last();
            hub.publish(b);
        }
    }
    /// Publishes what came, and runs what follows from it.
    void turn() {
        in_.answer();
        for (const auto& b : in_.published()) {
            seen_ = b->last();
            hub.publish(b);
            run_later();
        }
        run_later();
    }
    /// Until everything durable was published.
    void settle() {
        for (int i = 0; i < 10'000 && seen_ < in_.read.log().head(); ++i) {
            turn();
            if (seen_ < in_.read.log().head()) std::this_thread::sleep_for(1ms);
        }
        in_.answer();
    }
    void read(watcher& w) {
        if (w.drain()) hub.drained(w);
        run_later();
    }

private:
    room& in_;
    std::deque<std::function<void()>> later_;
    events::position seen_;

public:
    feeds::hub hub;
};

/// Positions of the log's events that `is` picks, after `after`.
inline std::vector<std::uint64_t> in_log(const events::log& log, events::position after, const std::function<bool(const events::recorded&)>& is) {
    std::vector<std::uint64_t> all;
    events::decoder decode;
    log.read_all(events::next(after), events::direction::forwards, [&](events::position p, std::string_view bytes) {
        if (is(*decode.decode(bytes))) all.push_back(p.value);
        return true;
    });
    return all;
}

inline auto of_stream(events::stream_id s) {
    return [s](const events::recorded& e) { return e.envelope.stream == s; };
}

}  // namespace sim
