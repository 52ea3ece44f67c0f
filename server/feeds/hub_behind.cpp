// The parts of `hub` that bring a subscription to where the others are: snapshots, and what it has missed.

#include "server/feeds/subscription.hpp"
#include "server/wire/messages.hpp"

#include <algorithm>
#include <utility>

namespace server::feeds {

// Null where it has to be made for this one alone.
const hub::shot* hub::shared_board(const subscription& s) {
    constexpr std::size_t kept_max = 16;
    auto seen = read_.sees_of_board(s.to->who());
    if (!seen) return nullptr;
    const auto today = read_.today();
    if (std::exchange(boards_at_, seen->at) != seen->at || std::exchange(boards_on_, today) != today || boards_.size() >= kept_max) boards_.clear();
    if (const auto found = boards_.find(seen->rows); found != boards_.end()) return &found->second;
    auto whole = read_.first_line(s.feed, s.to->who(), s.to->reader());
    auto* made = std::get_if<wire::snapshot>(&whole);
    if (!made || made->at != seen->at) return nullptr;
    return &boards_.emplace(std::move(seen->rows), shot{made->at, made->content_hash, make_frame(std::move(made->line))}).first->second;
}

void hub::send_snapshot(subscription& s, when_to_send when) {
    const auto leave_behind = [&] {
        s.live = false;
        s.stale = true;
    };
    if (!s.to->has_room()) return leave_behind();
    shot now;
    std::set<std::uint64_t> rows;
    try {
        if (const auto* shared = s.feed.kind == feed_kind::board ? shared_board(s) : nullptr) {
            now = *shared;
        } else {
            auto whole = read_.first_line(s.feed, s.to->who(), s.to->reader());
            if (auto* no = std::get_if<wire::problem>(&whole)) {
                end(s, *no);
                return;
            }
            auto& made = std::get<wire::snapshot>(whole);
            now = {made.at, made.content_hash, make_frame(std::move(made.line))};
            rows = std::move(made.rows);
        }
    } catch (const std::runtime_error& why) {
        end(s, why);
        return;
    }
    if (!s.to->has_room_for(now.line->size())) return leave_behind();
    s.at = now.at;
    s.live = true;
    s.stale = false;
    s.announce = false;
    s.shown = std::move(rows);
    if (std::exchange(s.content, now.content_hash) == now.content_hash && when == only_changed) return;
    s.to->send(std::move(now.line));
}

void hub::drained(subscriber& to) {
    const auto mine = by_subscriber_.find(&to);
    if (mine == by_subscriber_.end()) return;
    std::vector<feed> behind;
    for (const auto& s : mine->second)
        if (!s->live) behind.push_back(s->feed);
    for (const auto& f : behind) {
        if (auto* s = find(to, f)) {
            if (s->stale || is_latest_wins(f.kind)) send_snapshot(*s);
            else catch_up_soon(*s);
        }
    }
}

void hub::catch_up_soon(subscription& s) {
    if (s.catching_up || s.live) return;
    s.catching_up = true;
    behind_.emplace_back(s.to, s.feed);
    if (std::exchange(slicing_, true)) return;
    later_([this, alive = std::weak_ptr(alive_)] {
        if (!alive.expired()) catch_up_a_slice();
    });
}

void hub::catch_up_a_slice() {
    slicing_ = false;
    // The subscription may be gone by then.
    auto* s = behind_.empty() ? nullptr : find(*behind_.front().first, behind_.front().second);
    if (!behind_.empty()) behind_.pop_front();
    if (s) {
        s->catching_up = false;
        subscriber& to = *s->to;
        const feed f = s->feed;
        bool more = true;
        for (sliced_ = 0; more && sliced_ < how_.slice_bytes;) {
            more = catch_up_by_a_page(*s);
            if (find(to, f) != s) more = false;  // it went while it was sent to
            if (sliced_ == 0) break;              // nothing of it was theirs: that was work, too
        }
        if (more && !s->catching_up) {
            s->catching_up = true;
            behind_.emplace_front(&to, f);  // one after another, so that few are in the middle of it
        }
    }
    if (behind_.empty() || std::exchange(slicing_, true)) return;
    later_([this, alive = std::weak_ptr(alive_)] {
        if (!alive.expired()) catch_up_a_slice();
    });
}

// Whether there is more to be sent now.
bool hub::catch_up_by_a_page(subscription& s) {
    if (s.live || !s.to->has_room()) return false;
    const auto goal = read_.views().position();
    if (s.feed.kind == feed_kind::board && goal.value - std::min(s.at, goal).value > how_.board_replay_max) {
        send_snapshot(s);
        return false;
    }
    const auto who = read_.person(s.to->who());
    if (!who) return false;
    if (s.at < goal) {
        replay::page* page = nullptr;
        try {
            page = &missed_.next(s.feed, s.at, goal);
        } catch (const std::runtime_error& why) {
            end(s, why);
            return false;
        }
        const auto to = std::max(s.at, page->what.to);
        if (auto one = page->frames->of(s.feed, *who, to)) {
            const auto bytes = one->size();
            if (!s.to->has_room_for(bytes)) return false;  // it is taken up again once it has
            s.at = to;
            sliced_ += bytes;
            subscriber& receiver = *s.to;
            const feed f = s.feed;
            receiver.send(std::move(one));
            if (find(receiver, f) != &s) return false;
        }
        s.at = to;
    }
    if (s.at < goal || s.at < head_) return true;
    s.live = true;
    if (s.announce) {
        s.announce = false;
        s.to->send(make_frame(wire::subscribed_line(s.feed, s.at)));
    }
    return false;
}

}  // namespace server::feeds
