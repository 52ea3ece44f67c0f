#include "opsroom/feed.hpp"

#include "opsroom/live.hpp"

#include <algorithm>

namespace opsroom {

namespace {

using lock = std::unique_lock<std::mutex>;

/// How a feed stands that goes on already.
json as_it_stands(const feed_state& feed) {
    auto data = feed.data;
    if (data.is_object() && data.contains("items")) {
        data["items"] = json::array();
        for (const auto& [id, row] : feed.rows.by_id()) data["items"].push_back(row);
    }
    if (feed.conversation && data.is_object()) {
        data["messages"] = json::array();
        for (const auto& [number, message] : feed.conversation->messages()) data["messages"].push_back(message);
    }
    return {{"type", "snapshot"}, {"feed", feed.name}, {"position", feed.position.value_or(0)}, {"data", std::move(data)}};
}

change change_of(const feed_state& feed, std::string type, std::shared_ptr<const json> said) {
    return {feed.name, std::move(type), feed.position.value_or(0), feed.mark(), std::move(said)};
}

}  // namespace

const json& change::rows() const { return type == "snapshot" ? list_at(data(), "items") : list_at(*said, "rows"); }

void feed_state::say(const std::string& type, std::shared_ptr<const json> said) {
    for (auto* each : lines) {
        each->changes.push_back(change_of(*this, type, said));
        each->news.notify_one();
    }
}

void feed_state::wake() {
    for (auto* each : lines) each->news.notify_one();
}

feed::feed(std::shared_ptr<feed_state> state, std::shared_ptr<live> of) : state_(std::move(state)), live_(std::move(of)) {}

const feed& feed::ready() const {
    live_->wait_for(state_);
    return *this;
}

const std::string& feed::name() const { return state_->name; }

std::vector<json> feed::rows() const {
    const lock held(live_->mutex);
    std::vector<json> out;
    for (const auto& [id, row] : state_->rows.by_id()) out.push_back(row);
    return out;
}

std::optional<json> feed::row(std::uint64_t id) const {
    const lock held(live_->mutex);
    const auto found = state_->rows.by_id().find(id);
    return found == state_->rows.by_id().end() ? std::nullopt : std::optional(found->second);
}

timeline feed::conversation() const {
    const lock held(live_->mutex);
    return state_->conversation.value_or(timeline());
}

json feed::data() const {
    const lock held(live_->mutex);
    return state_->data;
}

std::string feed::mark() const {
    const lock held(live_->mutex);
    return state_->mark();
}

std::string feed::history() const {
    const lock held(live_->mutex);
    return state_->history;
}

bool feed::is_resting() const {
    const lock held(live_->mutex);
    return state_->is == feed_state::subscription::resting;
}

void feed::close() const { live_->leave(state_); }

struct reader::impl {
    std::shared_ptr<live> of;
    std::vector<std::shared_ptr<feed_state>> feeds;
    line untaken;

    ~impl() {
        const lock held(of->mutex);
        for (const auto& feed : feeds) {
            feed->lines.erase(&untaken);
            of->taken(feed);
        }
    }

    bool has_news() const {
        const auto ended = [](const auto& feed) { return feed->ended.has_value(); };
        const auto closed = [](const auto& feed) { return feed->closed; };
        return !untaken.changes.empty() || std::any_of(feeds.begin(), feeds.end(), ended) || std::all_of(feeds.begin(), feeds.end(), closed);
    }

    std::optional<change> take() {
        if (untaken.changes.empty()) {
            for (const auto& feed : feeds)
                if (feed->ended) throw problem(*feed->ended);
            return std::nullopt;
        }
        auto out = std::move(untaken.changes.front());
        untaken.changes.pop_front();
        if (untaken.changes.empty())
            for (const auto& feed : feeds) of->taken(feed);
        return out;
    }
};

reader::reader(std::vector<feed> of) {
    if (of.empty()) throw mistake("a reader needs a feed");
    impl_ = std::make_unique<impl>();
    impl_->of = of.front().live_;
    for (const auto& each : of) {
        if (each.live_ != impl_->of) throw mistake(each.name() + " is of another room");
        impl_->feeds.push_back(each.state_);
    }
    {
        const lock held(impl_->of->mutex);
        for (const auto& feed : impl_->feeds) {
            impl_->untaken.most = impl_->untaken.most == 0 ? feed->untaken_max : std::min(impl_->untaken.most, feed->untaken_max);
            feed->lines.insert(&impl_->untaken);
            if (!feed->data.is_null() || !feed->rows.by_id().empty())
                impl_->untaken.changes.push_back(change_of(*feed, "snapshot", std::make_shared<const json>(as_it_stands(*feed))));
        }
    }
    for (const auto& feed : impl_->feeds) impl_->of->follow(feed);
}

reader::~reader() = default;
reader::reader(reader&&) noexcept = default;
reader& reader::operator=(reader&&) noexcept = default;

std::optional<change> reader::next() {
    lock held(impl_->of->mutex);
    impl_->untaken.news.wait(held, [&] { return impl_->has_news(); });
    return impl_->take();
}

std::optional<change> reader::next(std::chrono::milliseconds at_most) {
    lock held(impl_->of->mutex);
    if (!impl_->untaken.news.wait_for(held, at_most, [&] { return impl_->has_news(); })) return std::nullopt;
    return impl_->take();
}

}  // namespace opsroom
