#include "opsroom/live.hpp"

#include <algorithm>

namespace opsroom {
namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;
using subscription = feed_state::subscription;

/// A connection that held for so long was a good one: the next loss begins with short pauses again.
constexpr auto steady = 5s;
/// Lines that wait to be said; beyond that the connection is dropped, and all is said anew.
constexpr std::size_t outgoing_most = 1024;

/// Of a frame that doesn't name its feed.
std::string feed_of(const json& frame) {
    if (frame.contains("feed")) return text_at(frame, "feed");
    if (text_at(frame, "type") == "presence") return "presence";
    // Where somebody types is told by its kind and number.
    for (const auto& [key, value] : frame.items())
        if (key != "type" && key != "member") return key + "/" + as_text(value);
    return {};
}

problem lost(const live_closed& why) {
    return {"unreachable", why.in(language::zh), why.in(language::en)};
}

}  // namespace

std::shared_ptr<feed_state> live::feed(const std::string& name, const feed_options& how) {
    const lock held(mutex);
    auto& known = known_[name];
    if (known && !known->is_over()) {
        if (!how.since.empty() && how.since != known->mark()) throw mistake(name + " is followed already: close it first");
        return known;
    }
    known = std::make_shared<feed_state>();
    known->name = name;
    known->whole = how.whole;
    known->untaken_max = std::max<std::size_t>(how.untaken_max, 1);
    if (how.since.empty()) return known;
    const auto colon = how.since.rfind(':');
    const auto digits = colon == std::string::npos ? how.since : how.since.substr(colon + 1);
    if (digits.empty() || digits.size() > 19 || digits.find_first_not_of("0123456789") != std::string::npos)
        throw mistake(how.since + " is no mark of a change");
    if (colon != std::string::npos) known->history = how.since.substr(0, colon);
    known->position = std::stoull(digits);
    return known;
}

void live::follow(const state& feed) {
    const lock held(mutex);
    if (closing_) feed->closed = true;
    if (feed->is_over() || is_followed(feed)) return;
    followed_[feed->name] = feed;
    if (!socket_thread_.joinable()) {
        socket_thread_ = std::thread([this] { run(); });
        page_thread_ = std::thread([this] { read_pages(); });
    }
    news_.notify_all();
    subscribe(feed);
}

void live::leave(const state& feed) {
    const lock held(mutex);
    feed->closed = true;
    ++feed->snapshots;
    if (is_followed(feed)) {
        followed_.erase(feed->name);
        say({{"type", "unsubscribe"}, {"feed", feed->name}});
    }
    if (const auto known = known_.find(feed->name); known != known_.end() && known->second == feed) known_.erase(known);
    feed->wake();
    news_.notify_all();
}

void live::taken(const state& feed) {
    if (feed->is != subscription::resting || !std::all_of(feed->lines.begin(), feed->lines.end(), [](const auto* l) { return l->changes.empty(); })) return;
    feed->is = subscription::none;
    if (!feed->is_over()) subscribe(feed);
}

void live::wait_for(const state& feed) {
    follow(feed);
    lock held(mutex);
    news_.wait(held, [&] { return feed->is_over() || (feed->begun && !feed->reading_on); });
    if (feed->ended) throw *feed->ended;
    if (feed->closed) throw problem("closed", "已关闭", "it is closed");
    if (feed->cut_short) throw *feed->cut_short;
}

bool live::is_connected() {
    const lock held(mutex);
    return socket_ != nullptr;
}

void live::stop() {
    const lock held(mutex);
    closing_ = true;
    for (const auto& [name, feed] : known_) {
        feed->closed = true;
        feed->wake();
    }
    followed_.clear();
    if (socket_) socket_->wake();
    news_.notify_all();
}

void live::close() {
    stop();
    for (auto* thread : {&socket_thread_, &page_thread_})
        if (thread->joinable()) thread->join();
}

// On the socket's thread.

void live::run() {
    for (unsigned attempt = 0;; ++attempt) {
        {
            lock held(mutex);
            news_.wait(held, [&] { return closing_ || !followed_.empty(); });
            if (closing_) return;
        }
        const auto began = clock::now();
        const auto why = connection_until_lost();
        lock held(mutex);
        if (closing_ || !why) return;
        held.unlock();
        if (told_) told_(&*why);
        held.lock();
        if (!why->is_passing()) {
            for (const auto& [name, feed] : std::map(followed_)) end(feed, *why);
            attempt = 0;
            continue;
        }
        if (clock::now() - began > steady) attempt = 0;
        if (news_.wait_for(held, pause_before(attempt), [&] { return closing_; })) return;
    }
}

std::optional<problem> live::connection_until_lost() {
    try {
        const auto socket = wire_->live();
        const auto out = while_greeted(*socket);
        return out;
    } catch (const problem& why) {
        return why;
    } catch (const live_closed& why) {
        return lost(why);
    } catch (const std::exception& odd) {
        return odd_answer(0, odd.what());
    }
}

/// Why it was lost; nothing: the room closes.
std::optional<problem> live::while_greeted(live_client& socket) {
    {
        const lock held(mutex);
        history_ = text_at(socket.hello(), "history");
        socket_ = &socket;
        for (const auto& [name, feed] : followed_) subscribe(feed);
    }
    // What was under way on a connection is forgotten with it.
    const auto forget = [this](const void*) {
        const lock held(mutex);
        socket_ = nullptr;
        fences_.clear();
        held_.clear();
        outgoing_.clear();
        overrun_ = false;
        last_answered_.reset();
        for (const auto& [name, feed] : followed_)
            if (feed->is != subscription::resting) feed->is = subscription::none;
    };
    const std::unique_ptr<const void, decltype(forget)> at_the_end(&socket, forget);
    if (told_) told_(nullptr);
    try {
        read(socket);
        return std::nullopt;
    } catch (const live_closed& why) {
        // Whether there is still a login, or why not.
        if (why.code == live_closed::session_ended) wire_->get("session");
        return lost(why);
    }
}

void live::read(live_client& socket) {
    for (;;) {
        std::chrono::milliseconds wait{};
        {
            lock held(mutex);
            if (closing_) return;
            if (overrun_) throw live_closed(0, "要发送的太多", "there is too much to be said");
            wait = until_held(held);
        }
        flush(socket);
        if (const auto text = socket.receive(wait)) {
            auto frame = parse_json(*text);
            const lock held(mutex);
            take(std::move(frame));
        }
    }
}

void live::flush(live_client& socket) {
    for (;;) {
        std::string text;
        {
            const lock held(mutex);
            if (outgoing_.empty()) return;
            text = std::move(outgoing_.front());
            outgoing_.pop_front();
        }
        socket.send(text);
    }
}

/// Feeds that a busy server had no room for are asked for again once their time has come.
std::chrono::milliseconds live::until_held(lock&) {
    while (!held_.empty() && held_.begin()->first <= clock::now()) {
        const auto feed = held_.begin()->second;
        held_.erase(held_.begin());
        if (!feed->is_over() && feed->is == subscription::none) subscribe(feed);
    }
    if (held_.empty()) return 1h;
    return std::chrono::ceil<std::chrono::milliseconds>(held_.begin()->first - clock::now());
}

// Under the mutex.

void live::say(const json& first, const json& second) {
    if (!socket_) return;
    overrun_ = overrun_ || outgoing_.size() >= outgoing_most;
    if (overrun_) return;
    auto text = as_text(first);
    if (!second.is_null()) text += "\n" + as_text(second);
    outgoing_.push_back(std::move(text));
    socket_->wake();
}

void live::subscribe(const state& feed) {
    if (!socket_ || feed->is == subscription::resting || !is_followed(feed)) return;
    feed->is = subscription::asked;
    feed->fence = ++pings_;
    fences_[feed->fence] = feed;
    json asked{{"type", "subscribe"}, {"feed", feed->name}};
    if (feed->position) {
        asked["after"] = *feed->position;
        if (!feed->history.empty()) asked["history"] = feed->history;
    }
    say({{"type", "ping"}, {"n", feed->fence}}, asked);
}

bool live::is_followed(const state& feed) const {
    const auto found = followed_.find(feed->name);
    return found != followed_.end() && found->second == feed;
}

void live::answered(std::uint64_t ping) {
    const auto found = fences_.find(ping);
    if (found == fences_.end()) return;
    const auto feed = found->second;
    fences_.erase(found);
    if (feed->fence != ping || feed->is != subscription::asked) return;
    feed->is = subscription::open;
    last_answered_ = feed;
}

void live::end(const state& feed, problem why) {
    if (is_followed(feed)) followed_.erase(feed->name);
    feed->ended = std::move(why);
    feed->wake();
    news_.notify_all();
}

void live::take(json frame) {
    const auto type = text_at(frame, "type");
    if (type == "pong") return answered(number_at(frame, "n").value_or(0));
    if (type == "error") {
        // A feed's name that means nothing is answered without it: it is that of the last ping that was answered.
        const problem why(at_or_null(frame, "problem"));
        if (why.code() == "bad_feed" && last_answered_) end(last_answered_, why);
        return;
    }
    if (!frame.is_object()) return;
    const auto found = followed_.find(feed_of(frame));
    if (found == followed_.end() || found->second->is != subscription::open) return;
    const auto feed = found->second;
    if (type != "ended") return take(feed, std::move(frame));
    problem why(at_or_null(frame, "problem"));
    if (!why.is_passing()) return end(feed, std::move(why));
    feed->is = subscription::none;
    held_.emplace(clock::now() + std::max<std::chrono::seconds>(why.retry_after(), 1s), feed);
}

void live::take(const state& feed, json frame) {
    const auto type = text_at(frame, "type");
    if (type == "events" && !feed->position) return;
    if (std::any_of(feed->lines.begin(), feed->lines.end(), [](const auto* l) { return l->changes.size() >= l->most; })) {
        // Not taken: it is told again, from the log.
        feed->is = subscription::resting;
        return say({{"type", "unsubscribe"}, {"feed", feed->name}});
    }
    if (type == "snapshot") return take_snapshot(feed, std::move(frame));
    if (type == "events") return take_events(feed, std::move(frame));
    if (type == "subscribed") {
        feed->position = std::max(feed->position.value_or(0), number_at(frame, "position").value_or(0));
        feed->history = history_;
    } else if (type == "presence") {
        feed->data = frame;
    }
    feed->begun = true;
    feed->say(type, std::make_shared<const json>(std::move(frame)));
    news_.notify_all();
}

void live::take_snapshot(const state& feed, json frame) {
    feed->position = number_at(frame, "position");
    feed->history = history_;
    feed->data = at_or_null(frame, "data");
    feed->cut_short.reset();
    feed->reading_on = false;
    ++feed->snapshots;
    const auto& items = at_or_null(feed->data, "items");
    if (items.is_array() && std::all_of(items.begin(), items.end(), [](const json& r) { return number_at(r, "id").has_value(); })) {
        feed->rows.reset(items);
        if (const auto next = text_at(feed->data, "next"); feed->whole && !next.empty()) {
            feed->reading_on = true;
            pages_.push_back({feed, feed->snapshots, next});
        }
    } else if (feed->data.is_object() && feed->data.contains("messages")) {
        if (!feed->conversation) feed->conversation.emplace();
        feed->conversation->reset(feed->data);
    }
    feed->begun = true;
    feed->say("snapshot", std::make_shared<const json>(std::move(frame)));
    news_.notify_all();
}

void live::take_events(const state& feed, json frame) {
    const auto known = *feed->position;
    auto& events = frame["events"];
    if (!events.is_array()) events = json::array();
    const bool had_some = !events.empty();
    for (auto at = events.begin(); at != events.end();)
        at = number_at(*at, "position").value_or(0) > known ? at + 1 : events.erase(at);
    if (had_some && events.empty()) return;
    feed->position = std::max(known, number_at(frame, "position").value_or(0));
    feed->history = history_;
    feed->rows.put(list_at(frame, "rows"));
    feed->rows.drop(list_at(frame, "gone"));
    if (feed->conversation) feed->conversation->fold(events);
    feed->say("events", std::make_shared<const json>(std::move(frame)));
}

// On the pages' thread.

void live::read_pages() {
    lock held(mutex);
    for (;;) {
        news_.wait(held, [&] { return closing_ || !pages_.empty(); });
        if (closing_) return;
        auto [feed, of, cursor] = std::move(pages_.front());
        pages_.pop_front();
        if (feed->snapshots != of) continue;
        // Lists that go by another name than their feed.
        const auto path = feed->name == "board" ? "tasks" : feed->name == "directory" ? "members" : feed->name;
        held.unlock();
        json told;
        std::optional<problem> why;
        try {
            told = wire_->get(path, {{"cursor", cursor}, {"limit", 200}});
        } catch (const problem& no) {
            why = no;
        }
        held.lock();
        if (feed->snapshots != of) continue;  // a new snapshot has begun another
        feed->rows.add(list_at(told, "items"));
        if (const auto next = text_at(told, "next"); !why && !next.empty() && next != cursor) {
            pages_.push_back({feed, of, next});
            continue;
        }
        feed->cut_short = why;
        feed->reading_on = false;
        news_.notify_all();
    }
}

}  // namespace opsroom
