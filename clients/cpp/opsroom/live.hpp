#pragma once
// The live socket: one for all feeds of a room. Lost, it is opened again, and every feed goes on where it was.
//
// The socket is always read. Who takes too little of one feed has that feed rest, and the others go on; it resumes from the log.
// Before each subscription goes a ping: what comes before its answer is of the subscription before, and is passed over.

#include "opsroom/feed.hpp"
#include "opsroom/wire.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace opsroom {

/// What one reader has not taken yet. Under live::mutex, as is all of a feed.
struct line {
    std::deque<change> changes;
    std::size_t most = 0;
    std::condition_variable news;
};

struct feed_state {
    enum class subscription { none, asked, open, resting };

    std::string name;
    bool whole = true;
    std::size_t untaken_max = 0;

    opsroom::rows rows;
    std::optional<timeline> conversation;
    json data;
    std::string history;
    std::optional<std::uint64_t> position;
    std::optional<problem> ended;  ///< for good
    bool closed = false;
    bool begun = false;            ///< the first answer is here
    subscription is = subscription::none;
    std::uint64_t fence = 0;       ///< while asked: frames are of an older subscription until this ping is answered
    std::set<line*> lines;
    std::uint64_t snapshots = 0;   ///< pages are of this one
    bool reading_on = false;       ///< pages of a long list are still to come
    std::optional<problem> cut_short;  ///< why they did not

    std::string mark() const { return history + ":" + std::to_string(position.value_or(0)); }
    bool is_over() const { return closed || ended.has_value(); }
    void say(const std::string& type, std::shared_ptr<const json> said);
    void wake();
};

class live {
public:
    /// Told on the socket's thread that it is up, or why it is not.
    using on_connection = std::function<void(const problem* lost)>;

    live(std::shared_ptr<wire> over, on_connection told) : wire_(std::move(over)), told_(std::move(told)) {}
    ~live() { close(); }

    std::shared_ptr<feed_state> feed(const std::string& name, const feed_options& how);
    void follow(const std::shared_ptr<feed_state>& feed);
    void leave(const std::shared_ptr<feed_state>& feed);
    /// Its lines are empty: it need not rest any longer.
    void taken(const std::shared_ptr<feed_state>& feed);
    void wait_for(const std::shared_ptr<feed_state>& feed);
    bool is_connected();
    /// Closes all feeds.
    void stop();
    /// And waits for the threads: for a connection that is just being made, twenty seconds at most.
    void close();

    std::mutex mutex;

private:
    using lock = std::unique_lock<std::mutex>;
    using state = std::shared_ptr<feed_state>;

    struct page {
        state feed;
        std::uint64_t of;
        std::string cursor;
    };

    void run();
    std::optional<problem> connection_until_lost();
    std::optional<problem> while_greeted(live_client& socket);
    void read(live_client& socket);
    void flush(live_client& socket);
    std::chrono::milliseconds until_held(lock&);
    void subscribe(const state& feed);
    void say(const json& first, const json& second = {});
    bool is_followed(const state& feed) const;
    void take(json frame);
    void take(const state& feed, json frame);
    void take_snapshot(const state& feed, json frame);
    void take_events(const state& feed, json frame);
    void answered(std::uint64_t ping);
    void end(const state& feed, problem why);
    void read_pages();

    const std::shared_ptr<wire> wire_;
    const on_connection told_;
    std::map<std::string, state> known_;     ///< whoever asks for the same name is given the same
    std::map<std::string, state> followed_;
    std::string history_;
    live_client* socket_ = nullptr;          ///< null: not greeted yet
    std::deque<std::string> outgoing_;
    bool overrun_ = false;                   ///< more than that: the connection is given up
    std::uint64_t pings_ = 0;
    std::map<std::uint64_t, state> fences_;
    state last_answered_;
    std::multimap<std::chrono::steady_clock::time_point, state> held_;  ///< subscribed again then
    std::deque<page> pages_;
    std::condition_variable news_;           ///< of begun, pages_, closing_
    bool closing_ = false;
    std::thread socket_thread_;
    std::thread page_thread_;
};

}  // namespace opsroom
